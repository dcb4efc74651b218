/**
 * A clock that tests control: it runs with an offset, or is stopped and advanced explicitly. Tokens expire, sessions
 * end and copies finish without real waiting.
 */
import type { Clock } from 'onedrive-kit/platform';

export interface AdjustableClock extends Clock {
  /** Whether the clock moves only when it is advanced. */
  readonly stopped: boolean;
  /** Stops at the current time. No effect if already stopped. */
  stop(): void;
  /** Resumes from the time at which it stopped. */
  start(): void;
  /** Advances by `ms` milliseconds, at least 0, and wakes the sleepers that are due. */
  advance(ms: number): void;
}

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

/** An adjustable clock over `inner`. */
export function adjustableClock(inner: Clock): AdjustableClock {
  let offset = 0;
  let frozen: number | undefined;
  const sleepers = new Set<Sleeper>();
  const now = () => frozen ?? inner.now() + offset;
  /** All sleepers check the time again, the earliest due first. */
  const wakeAll = () => {
    for (const sleeper of [...sleepers].sort((left, right) => left.due - right.due)) sleeper.wake();
  };
  return {
    now,
    get stopped() {
      return frozen !== undefined;
    },
    stop() {
      frozen = now();
    },
    start() {
      if (frozen === undefined) return;
      offset = frozen - inner.now();
      frozen = undefined;
      wakeAll();
    },
    advance(ms) {
      if (frozen === undefined) offset += ms;
      else frozen += ms;
      wakeAll();
    },
    async sleep(ms, { signal } = {}) {
      const due = now() + Math.max(0, ms);
      signal?.throwIfAborted();
      while (now() < due)
        await nap(sleepers, due, frozen === undefined ? inner : undefined, due - now(), signal);
    },
  };
}

/** Sleeps until woken, until `running` (undefined: the clock is stopped) has advanced by `ms`, or until aborted. */
async function nap(
  sleepers: Set<Sleeper>,
  due: number,
  running: Clock | undefined,
  ms: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const over = new AbortController();
  await new Promise<void>((resolve) => {
    const sleeper: Sleeper = { due, wake: resolve };
    sleepers.add(sleeper);
    over.signal.addEventListener('abort', () => sleepers.delete(sleeper));
    signal?.addEventListener('abort', () => resolve(), { once: true, signal: over.signal });
    running?.sleep(ms, { signal: over.signal }).then(resolve, () => undefined);
  });
  over.abort();
  signal?.throwIfAborted();
}
