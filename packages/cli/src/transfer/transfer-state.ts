/** The state of a running transfer, computed from its events: active files, totals, rate and time left. Pure but for its own state. */
import type { TransferEvent } from 'onedrive-kit/drive';

export interface ActiveFile {
  readonly path: string;
  readonly loaded: number;
  readonly total: number | undefined;
}

export interface TransferTotals {
  /** Files finished, failed ones included. */
  readonly files: number;
  /** Files to transfer, as far as the source has been read. */
  readonly knownFiles: number;
  readonly bytes: number;
  readonly knownBytes: number;
  /** Whether the source is still being read. */
  readonly listing: boolean;
  /** Bytes per second in the last seconds; undefined until there is a measurement. */
  readonly rate: number | undefined;
  /** Seconds until everything known is transferred. */
  readonly secondsLeft: number | undefined;
}

export interface TransferState {
  apply(event: TransferEvent, now: number): void;
  active(): readonly ActiveFile[];
  totals(now: number): TransferTotals;
}

/** The window of the rate: long enough to be steady, short enough to follow the network. */
const rateWindowMs = 15_000;

interface OpenFile {
  readonly path: string;
  loaded: number;
  total: number | undefined;
  /** Whether a progress event has set the starting point, which is not 0 for a resumed transfer. */
  measured: boolean;
}

interface Sample {
  readonly at: number;
  readonly moved: number;
}

interface Tally {
  readonly active: Map<string, OpenFile>;
  readonly planned: Map<string, number>;
  readonly sum: { files: number; knownFiles: number; bytes: number; knownBytes: number; listing: boolean };
  /** Bytes that this run has transferred: those of an earlier one would make the rate too high. */
  moved: number;
}

export function transferState(startedAt: number): TransferState {
  const sum = { files: 0, knownFiles: 0, bytes: 0, knownBytes: 0, listing: true };
  const tally: Tally = { active: new Map(), planned: new Map(), sum, moved: 0 };
  const samples: Sample[] = [{ at: startedAt, moved: 0 }];
  return {
    apply(event, now) {
      addEvent(tally, event);
      samples.push({ at: now, moved: tally.moved });
      while (samples.length > 2 && now - (samples[1]?.at ?? now) > rateWindowMs) samples.shift();
    },
    active: () => [...tally.active.values()],
    totals(now) {
      const bytes = [...tally.active.values()].reduce((all, { loaded }) => all + loaded, sum.bytes);
      const rate = rateOf(samples[0], now, tally.moved);
      const left = Math.max(0, sum.knownBytes - bytes);
      const secondsLeft = rate === undefined || rate === 0 || sum.knownBytes === 0 ? undefined : left / rate;
      return { ...sum, bytes, rate, secondsLeft };
    },
  };
}

function addEvent(tally: Tally, event: TransferEvent): void {
  const { active, planned, sum } = tally;
  switch (event.type) {
    case 'planned':
      planned.set(event.path, event.size);
      sum.knownFiles += 1;
      sum.knownBytes += event.size;
      return;
    case 'listed':
      sum.listing = false;
      return;
    case 'started':
      active.set(event.path, { path: event.path, loaded: 0, total: event.size, measured: false });
      return;
    case 'progress': {
      addProgress(tally, event);
      return;
    }
    case 'done':
      sum.bytes += event.size;
      {
        finish(tally, event.path, event.size);
        return;
      }
    case 'failed':
      if (!active.has(event.path) && !planned.has(event.path)) return;
      sum.knownBytes -= planned.get(event.path) ?? 0;
      {
        finish(tally, event.path, 0);
        return;
      }
    default:
  }
}

function addProgress(
  tally: Tally,
  { path, loaded, total }: Extract<TransferEvent, { type: 'progress' }>,
): void {
  const file = tally.active.get(path);
  if (file === undefined) return;
  if (file.measured) tally.moved += Math.max(0, loaded - file.loaded);
  file.measured = true;
  file.loaded = loaded;
  file.total = total ?? file.total;
}

function finish(tally: Tally, path: string, bytes: number): void {
  tally.moved += Math.max(0, bytes - (tally.active.get(path)?.loaded ?? 0));
  tally.active.delete(path);
  tally.planned.delete(path);
  tally.sum.files += 1;
}

function rateOf(first: Sample | undefined, now: number, moved: number): number | undefined {
  const elapsed = (now - (first?.at ?? now)) / 1000;
  return elapsed > 0 && moved > 0 ? (moved - (first?.moved ?? 0)) / elapsed : undefined;
}
