/**
 * A clock that moves only on request: tests and simulations never sleep, and the same run has the same times.
 */
import type { Clock } from '../clock.ts';
import { eventLoopTurn } from '../web/event-loop-turn.ts';

export interface ManualClock extends Clock {
  /**
   * Moves the time forward by `ms`, wakes sleepers in order and lets the work of each one run before the
   * next.
   */
  advance(ms: number): Promise<void>;
  /**
   * Runs `work` to its end: whenever nothing is ready to run, the time jumps to the next sleeper.
   * @returns the result of `work`; rejects with its error.
   * @throws Error if nothing is ready, there are no sleepers and `work` is not done: it waits for something
   * else.
   */
  runUntil<T>(work: Promise<T>): Promise<T>;
  /** When each sleeper wakes, in milliseconds since the epoch, soonest first. */
  sleepers(): readonly number[];
}

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

/** Turns of the event loop without any sleeper after which `runUntil` gives up; real I/O takes far fewer. */
const patience = 20_000;

/**
 * Creates a clock that stands still until it is moved.
 * @param start in milliseconds since the epoch. Default: 2026-01-01T00:00:00Z.
 */
export function manualClock(start = Date.UTC(2026, 0, 1)): ManualClock {
  let time = start;
  const sleeping: Sleeper[] = [];
  const wakeNext = () => {
    const next = sleeping.shift();
    if (!next) return false;
    time = Math.max(time, next.due);
    next.wake();
    return true;
  };
  return {
    now: () => time,
    sleep: (ms, { signal } = {}) => sleep(sleeping, time + Math.max(0, ms), signal),
    async advance(ms) {
      const end = time + ms;
      await eventLoopTurn();
      while ((sleeping[0]?.due ?? Infinity) <= end) {
        wakeNext();
        await eventLoopTurn();
      }
      time = end;
    },
    async runUntil(work) {
      const state = { done: false };
      const over = () => (state.done = true);
      work.then(over, over);
      await eventLoopTurn();
      for (let idle = 0; !state.done; idle++) {
        if (wakeNext()) idle = 0;
        if (idle > patience)
          throw new Error('No progress: the work waits for something other than this clock.');
        await eventLoopTurn();
      }
      return work;
    },
    sleepers: () => sleeping.map(({ due }) => due),
  };
}

function sleep(sleeping: Sleeper[], due: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const onAbort = () => {
      sleeping.splice(sleeping.indexOf(sleeper), 1);
      reject(signal?.reason);
    };
    const sleeper: Sleeper = {
      due,
      wake: () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      },
    };
    // After all sleepers with an earlier or the same time: first in, first out.
    const before = sleeping.findLastIndex((other) => other.due <= due);
    sleeping.splice(before + 1, 0, sleeper);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
