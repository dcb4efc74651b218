/** Lays out names in columns, filled from top to bottom, like `ls -C`. Pure. */
import { displayWidth } from './display-width.ts';
import { printable } from './printable.ts';
import { paint, type Styled, type Terminal } from './styled.ts';

/** Columns between two names. */
const gap = 2;

/** The lines; each is at most `width` columns wide, unless a single name is wider. */
export function gridText(
  names: readonly Styled[],
  { width, terminal }: { readonly width: number; readonly terminal: Terminal },
): string {
  const widths = names.map(({ text }) => displayWidth(printable(text)));
  const rows = rowCount(widths, width);
  const lines = Array.from({ length: rows }, (_, row) => {
    let line = '';
    for (let at = row; at < names.length; at += rows) {
      const name = names[at];
      const column = Math.floor(at / rows);
      const pad = at + rows < names.length ? columnWidth(widths, rows, column) - (widths[at] ?? 0) + gap : 0;
      line += (name === undefined ? '' : paint(name, terminal)) + ' '.repeat(pad);
    }
    return `${line}\n`;
  });
  return lines.join('');
}

/** The smallest number of rows whose columns fit. */
function rowCount(widths: readonly number[], width: number): number {
  for (let rows = 1; rows < widths.length; rows++) {
    const columns = Math.ceil(widths.length / rows);
    let total = gap * (columns - 1);
    for (let column = 0; column < columns; column++) total += columnWidth(widths, rows, column);
    if (total <= width) return rows;
  }
  return widths.length;
}

function columnWidth(widths: readonly number[], rows: number, column: number): number {
  return widths.slice(column * rows, (column + 1) * rows).reduce((most, one) => Math.max(most, one), 0);
}
