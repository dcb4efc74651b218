/** Work that goes on after an answer: started here, waited for at the end, and told to stop. */
import type { Background } from './world.ts';

/** Nothing running yet. */
export function background(): Background {
  const running = new Set<Promise<void>>();
  const stop = new AbortController();
  return {
    start(task) {
      const work = task(stop.signal)
        .catch(() => {
          // A task reports its failure where a client looks for it (a monitor); nobody listens here.
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
