/** Renders a text table: columns as wide as their longest cell, numbers right-aligned, text escaped for the terminal. */
import { displayWidth } from './display-width.ts';
import { printable } from './printable.ts';
import { cellText, type Rows } from './rows.ts';
import { isStyled, paint, styled, type Terminal } from './styled.ts';

/** The text; with headings in bold if the terminal supports it. */
export function table({ columns, rows }: Rows, terminal: Terminal): string {
  const shown = rows.map((row) => row.map((value) => printable(cellText(value))));
  const heading = columns.map(printable);
  const widths = columns.map((_, at) =>
    shown.reduce(
      (most, cells) => Math.max(most, displayWidth(cells[at] ?? '')),
      displayWidth(heading[at] ?? ''),
    ),
  );
  const right = columns.map((_, at) => rows.length > 0 && rows.every((row) => isFigure(row[at])));
  const line = (cells: readonly string[], values: readonly unknown[]): string =>
    cells
      .map((text, at) => {
        const pad = ' '.repeat((widths[at] ?? 0) - displayWidth(text));
        const value = values[at];
        const painted = isStyled(value) ? paint(value, terminal) : text;
        return right[at] === true ? pad + painted : painted + pad;
      })
      .join('  ')
      .trimEnd();
  const titles = heading.map((text) => styled(text, 'heading'));
  const lines = [line(heading, titles), ...rows.map((row, at) => line(shown[at] ?? [], row))];
  return lines.map((text) => `${text}\n`).join('');
}

/** A number, a size such as `24.9G`, or nothing. */
function isFigure(value: unknown): boolean {
  if (value === undefined || typeof value === 'number') return true;
  return typeof value === 'string' && /^\d+(\.\d+)?[BKMGTP%]?$/.test(value);
}
