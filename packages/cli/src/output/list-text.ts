/** The text of lists without bullets: one entry per line, or one line of columns per object. */
import type { ListForm } from '../definition/list-form.ts';
import { printable } from './printable.ts';
import { cellText, rowsOf } from './rows.ts';
import { isStyled, paint, type Terminal } from './styled.ts';
import { table } from './table.ts';

interface ListScreen {
  readonly isTTY: boolean;
  readonly terminal: Terminal;
  readonly lists?: ListForm | undefined;
}

/** The text; undefined if the value is not a list that can be printed in this form. Pure. */
export function listText(value: unknown, { isTTY, terminal, lists }: ListScreen): string | undefined {
  if (lists === undefined || !Array.isArray(value)) return undefined;
  const entries: readonly unknown[] = value;
  if (entries.every(isLine)) return entries.map((entry) => `${lineOf(entry, terminal)}\n`).join('');
  if (lists === 'lines' || !entries.every(isRow)) return undefined;
  const rows = rowsOf(entries, columnsOf(entries));
  if (isTTY) return table(rows, terminal);
  // Tabs between columns, for cut and awk.
  return rows.rows.map((row) => `${row.map((cell) => printable(cellText(cell))).join('\t')}\n`).join('');
}

const isLine = (entry: unknown): boolean => typeof entry !== 'object' || entry === null || isStyled(entry);

function lineOf(entry: unknown, terminal: Terminal): string {
  if (isStyled(entry)) return paint(entry, terminal);
  return printable(typeof entry === 'string' ? entry : JSON.stringify(entry));
}

/** An object whose values are all texts, numbers and the like. */
function isRow(entry: unknown): entry is Readonly<Record<string, unknown>> {
  return (
    typeof entry === 'object' && entry !== null && !Array.isArray(entry) && Object.values(entry).every(isLine)
  );
}

function columnsOf(entries: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  return [...new Set(entries.flatMap((entry) => Object.keys(entry)))];
}
