/**
 * A progress bar on stderr: on a terminal only, and only for transfers that last a while. It redraws itself in place and is
 * erased at the end.
 */
import type { Clock } from 'onedrive-kit/platform';
import type { Output } from '../streams.ts';
import { printable } from './printable.ts';
import { durationText, progressRow, sizeText } from './progress-row.ts';
import { humanSize } from './size.ts';

/** Time in milliseconds before the bar appears, and between redraws. */
const delayMs = 1000;
const intervalMs = 100;

export interface Progress {
  /** @param loaded bytes. @param total bytes; undefined if unknown. */
  update(loaded: number, total: number | undefined): void;
  /** Erases the bar. */
  end(): Promise<void>;
}

export interface ProgressOptions {
  readonly stderr: Output;
  readonly clock: Clock;
  /** `--quiet`. */
  readonly quiet: boolean;
  readonly label: string;
}

/** A bar that redraws itself on updates; without a terminal it does nothing. */
export function progressBar({ stderr, clock, quiet, label }: ProgressOptions): Progress {
  if (quiet || !stderr.isTTY) return { update: () => {}, end: async () => {} };
  const started = clock.now();
  let drawn = 0;
  let last: Promise<unknown> = Promise.resolve();
  const draw = (text: string): void => {
    last = stderr.write(`\r\u001b[K${text}`).catch(() => undefined);
  };
  return {
    update(loaded, total) {
      const now = clock.now();
      if (now - started < delayMs || now - drawn < intervalMs) return;
      drawn = now;
      draw(progressLine(label, loaded, total, { elapsed: now - started, columns: stderr.columns ?? 80 }));
    },
    async end() {
      if (drawn > 0) draw('');
      await last;
    },
  };
}

interface Pace {
  /** Milliseconds. */
  readonly elapsed: number;
  readonly columns: number;
}

/** `big.iso  ━━━──  42%  1.2G/2.9G  80.1M/s  21s left`, in the width of the terminal. */
export function progressLine(label: string, loaded: number, total: number | undefined, pace: Pace): string {
  const known = total === 0 ? undefined : total;
  const rate = loaded / (pace.elapsed / 1000);
  const left = known !== undefined && rate > 0 ? [`${durationText((known - loaded) / rate)} left`] : [];
  const figures = [sizeText(loaded, known), `${humanSize(rate)}/s`, ...left].join('  ');
  const fraction = known === undefined ? undefined : loaded / known;
  return progressRow(
    { label: printable(label), fraction, figures },
    { columns: pace.columns, colors: false },
  );
}
