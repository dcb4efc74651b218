/** The real clock, for every runtime with timers. All other code receives a Clock. */
import type { Clock } from '../clock.ts';

/** The longest delay of a timer: 2^31 - 1 ms (WHATWG HTML, timers); longer sleeps consist of several. */
const longestTimer = 0x7fff_ffff;

/** The system's clock and timers. A sleep keeps a Node process alive, as a pending response does. */
export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(ms, { signal } = {}) {
    for (let left = ms; left > longestTimer; left -= longestTimer) await timer(longestTimer, signal);
    await timer(ms > longestTimer ? ms % longestTimer : ms, signal);
  },
};

function timer(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const onAbort = () => {
      clearTimeout(handle);
      reject(signal?.reason as Error);
    };
    const handle = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
