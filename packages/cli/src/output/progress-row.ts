/** Draws one row of progress: a name, a bar and figures, in the width of the terminal. Pure. */
import { displayWidth, fitted } from './display-width.ts';
import { humanSize } from './size.ts';

export interface ProgressRow {
  readonly label: string;
  /** 0 to 1; undefined if the total is unknown. */
  readonly fraction: number | undefined;
  readonly figures: string;
}

export interface RowStyle {
  readonly columns: number;
  readonly colors: boolean;
}

/** Columns of a bar; without room for the smallest, there is none. */
const minBar = 8;
const maxBar = 30;
const minLabel = 8;

/** `report.docx   ━━━━━━────  42%  1.2G/2.9G`. It never reaches the last column, where terminals wrap. */
export function progressRow(
  { label, fraction, figures }: ProgressRow,
  { columns, colors }: RowStyle,
): string {
  const percent = fraction === undefined ? '' : `${String(Math.floor(fraction * 100)).padStart(3)}%`;
  const right = [percent, figures].filter((text) => text !== '').join('  ');
  const room = columns - 1 - displayWidth(right) - 2;
  if (room < minLabel) return fitted(right, Math.max(1, Math.min(columns - 1, displayWidth(right))));
  const bar =
    fraction === undefined ? 0 : Math.min(maxBar, room - Math.max(minLabel, Math.ceil(room / 2)) - 2);
  if (bar < minBar) return `${fitted(label, Math.min(room, labelColumns(columns)))}  ${right}`;
  const name = Math.min(room - bar - 2, labelColumns(columns));
  return `${fitted(label, name)}  ${drawBar(fraction ?? 0, bar, colors)}  ${right}`;
}

/** The same for all rows, so that the bars stand below each other. */
const labelColumns = (columns: number): number => Math.max(minLabel, Math.floor(columns * 0.35));

/** https://en.wikipedia.org/wiki/ANSI_escape_code#SGR: green for what is done, dim for the rest. */
function drawBar(fraction: number, width: number, colors: boolean): string {
  const done = Math.round(Math.min(1, Math.max(0, fraction)) * width);
  const [full, rest] = ['━'.repeat(done), '─'.repeat(width - done)];
  return colors ? `\u001b[32m${full}\u001b[0m\u001b[2m${rest}\u001b[0m` : full + rest;
}

/** `1.2G/2.9G`, or `1.2G` if the total is unknown. */
export function sizeText(loaded: number, total: number | undefined): string {
  return total === undefined ? humanSize(loaded) : `${humanSize(loaded)}/${humanSize(total)}`;
}

/** `21s`, `3m 5s`, `2h 10m`. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  if (hours > 0) return `${hours}h ${minutes}m`;
  return minutes > 0 ? `${minutes}m ${whole % 60}s` : `${whole}s`;
}
