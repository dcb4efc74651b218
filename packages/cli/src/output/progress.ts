/**
 * A progress bar on stderr: on a terminal only, and only for transfers that last a while. It redraws itself in place and is
 * erased at the end.
 */
import type { Clock } from 'onedrive-kit/platform';
import type { Output } from '../streams.ts';
import { printable } from './printable.ts';
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

/** `big.iso  42%  1.2G of 2.9G  80.1M/s  21s left`, shortened to the width of the terminal. */
export function progressLine(label: string, loaded: number, total: number | undefined, pace: Pace): string {
  const rate = loaded / (pace.elapsed / 1000);
  const parts = [`${humanSize(rate)}/s`];
  if (total === undefined || total === 0) parts.unshift(humanSize(loaded));
  else {
    parts.unshift(`${Math.floor((loaded / total) * 100)}%`, `${humanSize(loaded)} of ${humanSize(total)}`);
    if (rate > 0) parts.push(`${duration((total - loaded) / rate)} left`);
  }
  const figures = parts.join('  ');
  const room = pace.columns - figures.length - 3;
  return room < 4 ? figures.slice(0, pace.columns - 1) : `${shorten(printable(label), room)}  ${figures}`;
}

function shorten(text: string, room: number): string {
  const letters = Array.from(text);
  return letters.length <= room ? text : `…${letters.slice(letters.length - room + 1).join('')}`;
}

function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  if (hours > 0) return `${hours}h ${minutes}m`;
  return minutes > 0 ? `${minutes}m ${whole % 60}s` : `${whole}s`;
}
