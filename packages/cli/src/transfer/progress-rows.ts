/** The rows of a running transfer: one for each active file and one for the total; or all in one line. Pure. */
import { countText } from '../output/count-text.ts';
import { displayWidth } from '../output/display-width.ts';
import { printable } from '../output/printable.ts';
import { durationText, progressRow, type RowStyle, sizeText } from '../output/progress-row.ts';
import { humanSize } from '../output/size.ts';
import type { ActiveFile, TransferTotals } from './transfer-state.ts';

/** Maximum number of files with a row. */
const maxFiles = 8;

/** @param single a transfer of one file, whose row is the total. */
export function progressRows(
  active: readonly ActiveFile[],
  totals: TransferTotals,
  { single, ...style }: RowStyle & { readonly single: boolean },
): readonly string[] {
  const rows = active.slice(0, maxFiles).map((file) => fileRow(file, single ? totals : undefined, style));
  if (single) return rows;
  const more = active.length - rows.length;
  return [...rows, ...(more > 0 ? [`and ${countText(more, 'more file')}`] : []), ...totalRows(totals, style)];
}

function fileRow(
  { path, loaded, total }: ActiveFile,
  totals: TransferTotals | undefined,
  style: RowStyle,
): string {
  const pace =
    totals === undefined ? [] : paceWords({ ...totals, secondsLeft: left(loaded, total, totals.rate) });
  return progressRow(
    {
      label: printable(path),
      fraction: fractionOf(loaded, total),
      figures: fitting([sizeText(loaded, total), ...pace], style.columns - 16),
    },
    style,
  );
}

/** Two rows on a narrow terminal: the bar, and the figures that do not fit beside it. */
function totalRows(totals: TransferTotals, style: RowStyle): readonly string[] {
  const { files, knownFiles, bytes, knownBytes, listing } = totals;
  const label = `${files}/${knownFiles}${listing ? '+' : ''} files`;
  const size = sizeText(bytes, knownBytes);
  const pace = [...paceWords(totals), ...(listing ? ['listing'] : [])];
  const fraction = fractionOf(bytes, knownBytes);
  const wide = [size, ...pace].join('  ');
  if (displayWidth(wide) <= style.columns - 30)
    return [progressRow({ label, fraction, figures: wide }, style)];
  return [
    progressRow({ label, fraction, figures: size }, style),
    ...(pace.length === 0 ? [] : [fitting(pace, style.columns - 1)]),
  ];
}

/** One line for output that is not a terminal. */
export function progressText(totals: TransferTotals): string {
  const { files, knownFiles, bytes, knownBytes, listing } = totals;
  const percent = fractionOf(bytes, knownBytes);
  const parts = [
    `${files} of ${knownFiles}${listing ? ' or more' : ''} files`,
    `${humanSize(bytes)} of ${humanSize(knownBytes)}${percent === undefined ? '' : ` (${Math.floor(percent * 100)}%)`}`,
    ...paceWords(totals),
    ...(listing ? ['still listing'] : []),
  ];
  return parts.join(', ');
}

function paceWords({ rate, secondsLeft, listing }: TransferTotals): readonly string[] {
  return [
    ...(rate === undefined ? [] : [`${humanSize(rate)}/s`]),
    ...(secondsLeft === undefined ? [] : [`${durationText(secondsLeft)}${listing ? '+' : ''} left`]),
  ];
}

function left(loaded: number, total: number | undefined, rate: number | undefined): number | undefined {
  return total === undefined || rate === undefined || rate === 0 ? undefined : (total - loaded) / rate;
}

function fractionOf(part: number, whole: number | undefined): number | undefined {
  return whole === undefined || whole === 0 ? undefined : Math.min(1, part / whole);
}

/** As many of the words as fit, the first ones first. */
function fitting(words: readonly string[], columns: number): string {
  const [first = '', ...rest] = words;
  return rest.reduce(
    (text, word) => (displayWidth(`${text}  ${word}`) <= columns ? `${text}  ${word}` : text),
    first,
  );
}
