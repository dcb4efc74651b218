/**
 * Comma-separated values according to RFC 4180, except that lines end with a line feed only, which shell tools expect.
 * Control characters are escaped for a terminal, and left unchanged for files and pipes.
 */
import { printable } from './printable.ts';
import { cellText, type Rows } from './rows.ts';

/** The text, with a header line. */
export function csv({ columns, rows }: Rows, { escape }: { readonly escape: boolean }): string {
  const safe = escape ? printable : (text: string) => text;
  const line = (cells: readonly unknown[]): string =>
    `${cells.map((cell) => quoted(safe(cellText(cell)))).join(',')}\n`;
  return line(columns) + rows.map(line).join('');
}

function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
