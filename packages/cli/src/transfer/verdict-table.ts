/** The verdicts of a transfer as a table, for a terminal. Pure. */
import type { OmittedEvent, TransferEvent, TransferSummary } from 'onedrive-kit/drive';
import { countText } from '../output/count-text.ts';
import { humanSize } from '../output/size.ts';

type Verdict = keyof TransferSummary['verdicts'];

/** Bytes by verdict, which the summary does not have. */
export interface VerdictSizes {
  add(event: TransferEvent): void;
  of(verdict: Verdict): number;
}

export function verdictSizes(): VerdictSizes {
  const sizes = new Map<Verdict, number>();
  return {
    add(event) {
      if (event.type === 'done') sizes.set(event.verdict, (sizes.get(event.verdict) ?? 0) + event.size);
    },
    of: (verdict) => sizes.get(verdict) ?? 0,
  };
}

const labels: Readonly<Record<Verdict, string>> = {
  verified: 'verified by hash',
  'size-only': 'size compared only',
  rewritten: 'rewritten by the service',
  mismatch: 'kept with a wrong size or hash',
};

/** One row for each result that occurred, and the total if there are several. */
export function verdictTable(summary: TransferSummary, sizes: VerdictSizes): readonly string[] {
  const verdicts = (Object.keys(labels) as Verdict[]).map(
    (verdict) => [labels[verdict], summary.verdicts[verdict], humanSize(sizes.of(verdict))] as const,
  );
  const reasons = Object.entries(summary.omissions) as [OmittedEvent['reason'], number][];
  const rows = [
    ...verdicts,
    ['skipped: already there', summary.skipped, ''] as const,
    ...reasons.map(([reason, count]) => [`omitted: ${reason}`, count, ''] as const),
    ['failed', summary.failed, ''] as const,
  ].filter(([, count]) => count > 0);
  const widest = Math.max(...rows.map(([label]) => label.length), 0);
  return rows.map(([label, count, size]) =>
    `  ${label.padEnd(widest)}  ${countText(count, 'file').padStart(12)}  ${size.padStart(8)}`.trimEnd(),
  );
}

/** `12 files uploaded (4.5M in 2.0s, 2.2M/s)`. */
export function totalText({ files, bytes, elapsed }: TransferSummary, verb: string): string {
  const seconds = elapsed / 1000;
  const rate = seconds > 0 ? `, ${humanSize(bytes / seconds)}/s` : '';
  return `${countText(files, 'file')} ${verb} (${humanSize(bytes)} in ${seconds.toFixed(1)}s${rate})`;
}
