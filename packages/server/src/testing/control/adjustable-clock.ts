/**
 * A clock that a test may push: running with an offset, or stopped and moved by hand. Tokens expire, sessions end and
 * copies finish when it says so, without anybody waiting.
 */
import type { Clock } from 'onedrive-kit/platform';

export interface AdjustableClock extends Clock {
  /** Does time stand still until it is moved? */
  readonly stopped: boolean;
  /** Stops at the present moment; harmless when stopped. */
  stop(): void;
  /** Runs on from the moment at which it stands. */
  start(): void;
  /** Moves on by `ms` milliseconds, at least 0, and wakes who is due. */
  advance(ms: number): void;
}

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

/** Time of `inner`, adjustable. */
export function adjustableClock(inner: Clock): AdjustableClock {
  let offset = 0;
  let frozen: number | undefined;
  const sleepers = new Set<Sleeper>();
  const now = () => frozen ?? inner.now() + offset;
  /** Everyone looks again whether it is time; the soonest first. */
  const wakeAll = () => {
    for (const sleeper of [...sleepers].sort((one, other) => one.due - other.due)) sleeper.wake();
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

/** Sleeps until pushed, until `running` (undefined: time stands still) has gone `ms` on, or until aborted. */
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
