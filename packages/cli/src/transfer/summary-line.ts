/** Summarizes transfers in one line. */
import type { TransferSummary } from 'onedrive-kit/drive';
import { totalText } from './verdict-table.ts';

/** `12 files uploaded (4.5M in 2.0s, 2.2M/s): 11 verified, 1 size only; 3 skipped, 1 failed`. */
export function summaryLine(sum: TransferSummary, verb: string): string {
  const counts: [number, string][] = [
    [sum.verdicts.verified, 'verified'],
    [sum.verdicts['size-only'], 'size only'],
    [sum.verdicts.rewritten, 'rewritten by the service'],
    [sum.verdicts.mismatch, 'kept with a wrong size or hash'],
  ];
  const verdicts = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const others = [
    ...(sum.skipped > 0 ? [`${sum.skipped} skipped`] : []),
    ...(sum.omitted > 0 ? [`${sum.omitted} omitted${byReason(sum)}`] : []),
    ...(sum.failed > 0 ? [`${sum.failed} failed`] : []),
  ];
  const head = totalText(sum, verb);
  return [`${head}${verdicts.length > 0 ? `: ${verdicts.join(', ')}` : ''}`, ...others].join('; ');
}

/** ` (2 symlink, 1 package)` */
function byReason({ omissions }: TransferSummary): string {
  const parts = Object.entries(omissions).map(([reason, count]) => `${count} ${reason}`);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}
