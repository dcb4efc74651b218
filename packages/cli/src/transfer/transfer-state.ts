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

export function transferState(startedAt: number): TransferState {
  const active = new Map<string, { path: string; loaded: number; total: number | undefined; base: number }>();
  const planned = new Map<string, number>();
  const sum = { files: 0, knownFiles: 0, bytes: 0, knownBytes: 0, listing: true };
  /** Bytes that this run has transferred: those of an earlier one would make the rate too high. */
  let moved = 0;
  const samples: { readonly at: number; readonly moved: number }[] = [{ at: startedAt, moved: 0 }];
  const finish = (path: string, bytes: number) => {
    const file = active.get(path);
    moved += Math.max(0, bytes - (file?.loaded ?? file?.base ?? 0));
    active.delete(path);
    planned.delete(path);
    sum.files += 1;
  };
  return {
    apply(event, now) {
      switch (event.type) {
        case 'planned':
          planned.set(event.path, event.size);
          sum.knownFiles += 1;
          sum.knownBytes += event.size;
          break;
        case 'listed':
          sum.listing = false;
          break;
        case 'started':
          active.set(event.path, { path: event.path, loaded: 0, total: event.size, base: -1 });
          break;
        case 'progress': {
          const file = active.get(event.path);
          if (file === undefined) break;
          if (file.base === -1) file.base = event.loaded;
          else moved += Math.max(0, event.loaded - file.loaded);
          file.loaded = event.loaded;
          file.total = event.total ?? file.total;
          break;
        }
        case 'done':
          finish(event.path, event.size);
          sum.bytes += event.size;
          break;
        case 'failed':
          if (!active.has(event.path) && !planned.has(event.path)) break;
          sum.knownBytes -= planned.get(event.path) ?? 0;
          finish(event.path, active.get(event.path)?.loaded ?? 0);
          break;
        default:
          break;
      }
      samples.push({ at: now, moved });
      while (samples.length > 2 && now - (samples[1]?.at ?? now) > rateWindowMs) samples.shift();
    },
    active: () => [...active.values()],
    totals(now) {
      const bytes = [...active.values()].reduce((all, { loaded }) => all + loaded, sum.bytes);
      const first = samples[0];
      const elapsed = (now - (first?.at ?? now)) / 1000;
      const rate = elapsed > 0 && moved > 0 ? (moved - (first?.moved ?? 0)) / elapsed : undefined;
      const left = Math.max(0, sum.knownBytes - bytes);
      const secondsLeft = rate === undefined || rate === 0 || sum.knownBytes === 0 ? undefined : left / rate;
      return { ...sum, bytes, rate, secondsLeft };
    },
  };
}
