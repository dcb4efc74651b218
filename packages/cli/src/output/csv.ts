/**
 * Comma-separated values after RFC 4180, with the line feed alone at the end of a line, as the tools of a shell want
 * it. A file or a pipe gets every name as it is; a terminal gets it escaped.
 */
import { printable } from './printable.ts';
import { cellText, type Rows } from './rows.ts';

/** The text, with a heading. */
export function csv({ columns, rows }: Rows, { escape }: { readonly escape: boolean }): string {
  const safe = escape ? printable : (text: string) => text;
  const line = (cells: readonly unknown[]): string =>
    `${cells.map((one) => quoted(safe(cellText(one)))).join(',')}\n`;
  return line(columns) + rows.map(line).join('');
}

function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
