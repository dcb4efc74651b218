/** Work that continues after the response: it is started here, awaited on close, and stopped through an AbortSignal. */
import type { Background } from './world.ts';

/** A new, empty set of tasks. */
export function background(): Background {
  const running = new Set<Promise<void>>();
  const stop = new AbortController();
  return {
    start(task) {
      const work = task(stop.signal)
        .catch(() => {
          // A task reports its failure where clients look for it (its monitor URL), so it is ignored here.
        })
        .finally(() => running.delete(work));
      running.add(work);
    },
    async close() {
      stop.abort(new Error('The embedded OneDrive is closing.'));
      await Promise.all(running);
    },
  };
}
