/** Mutual exclusion between the tasks of one process, in first-come order. */
import type { Lock } from '../lock.ts';

/** Creates a lock in memory: two `memoryLock()`s are independent. */
export function memoryLock(): Lock {
  const queues = new Map<string, (() => void)[]>();
  return {
    async acquire(name, { signal } = {}) {
      signal?.throwIfAborted();
      const waiting = queues.get(name);
      if (waiting) await turnIn(waiting, signal);
      else queues.set(name, []);
      return releaseOnce(() => {
        const next = queues.get(name)?.shift();
        if (next) next();
        else queues.delete(name);
      });
    },
  };
}

function turnIn(waiting: (() => void)[], signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const wake = () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    };
    const onAbort = () => {
      waiting.splice(waiting.indexOf(wake), 1);
      reject(signal?.reason as Error);
    };
    waiting.push(wake);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

function releaseOnce(release: () => void): () => Promise<void> {
  let held = true;
  return async () => {
    if (held) release();
    held = false;
  };
}
