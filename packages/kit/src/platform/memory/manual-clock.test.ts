import { describe, expect, test } from 'vitest';
import { manualClock } from './manual-clock.ts';

describe('manual clock', () => {
  test('wakes sleepers in order, at their times', async () => {
    const clock = manualClock(1000);
    const woken: [string, number][] = [];
    const sleeper = async (name: string, ms: number) => {
      await clock.sleep(ms);
      woken.push([name, clock.now()]);
    };
    const all = Promise.all([sleeper('c', 30), sleeper('a', 10), sleeper('b', 20), sleeper('b too', 20)]);
    await clock.advance(25);
    expect(woken).toEqual([
      ['a', 1010],
      ['b', 1020],
      ['b too', 1020],
    ]);
    expect(clock.now()).toBe(1025);
    await clock.advance(5);
    await all;
    expect(woken.at(-1)).toEqual(['c', 1030]);
  });

  test('wakes a sleeper again that sleeps again within the same advance', async () => {
    const clock = manualClock(0);
    let beats = 0;
    const beating = (async () => {
      for (;;) {
        await clock.sleep(10);
        beats++;
      }
    })();
    beating.catch(() => undefined);
    await clock.advance(100);
    expect(beats).toBe(10);
  });

  test('runUntil jumps from sleeper to sleeper and returns the result of the work', async () => {
    const clock = manualClock(0);
    const work = async () => {
      await clock.sleep(60_000);
      await clock.sleep(60_000);
      return 'done';
    };
    expect(await clock.runUntil(work())).toBe('done');
    expect(clock.now()).toBe(120_000);
    await expect(clock.runUntil(Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  test('an abort wakes a sleeper with its reason and removes it', async () => {
    const clock = manualClock(0);
    const abort = new AbortController();
    const sleeping = clock.sleep(10, { signal: abort.signal });
    const reason = new Error('enough');
    abort.abort(reason);
    await expect(sleeping).rejects.toBe(reason);
    expect(clock.sleepers()).toEqual([]);
    await expect(clock.sleep(10, { signal: abort.signal })).rejects.toBe(reason);
  });
});
