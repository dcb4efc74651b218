import { manualClock } from 'onedrive-kit/platform';
import { describe, expect, it } from 'vitest';
import { adjustableClock } from './adjustable-clock.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('an adjustable clock', () => {
  it('runs with the inner clock, plus the time by which it was advanced', async () => {
    const inner = manualClock(1000);
    const clock = adjustableClock(inner);
    clock.advance(500);
    await inner.advance(20);
    expect(clock.now()).toBe(1520);
  });

  it('does not move while stopped, and resumes from there', async () => {
    const inner = manualClock(1000);
    const clock = adjustableClock(inner);
    clock.stop();
    await inner.advance(9000);
    expect(clock.now()).toBe(1000);
    clock.advance(5);
    clock.start();
    await inner.advance(1);
    expect(clock.now()).toBe(1006);
  });

  it('wakes sleepers when it is advanced past their time, stopped or not', async () => {
    const clock = adjustableClock(manualClock(0));
    clock.stop();
    const woken: string[] = [];
    void clock.sleep(100).then(() => woken.push('100'));
    void clock.sleep(50).then(() => woken.push('50'));
    clock.advance(60);
    await turn();
    expect(woken).toEqual(['50']);
    clock.advance(40);
    await turn();
    expect(woken).toEqual(['50', '100']);
  });

  it('wakes sleepers with the inner clock', async () => {
    const inner = manualClock(0);
    const clock = adjustableClock(inner);
    let woken = false;
    void clock.sleep(100).then(() => {
      woken = true;
    });
    await inner.advance(99);
    expect(woken).toBe(false);
    await inner.advance(1);
    await turn();
    expect(woken).toBe(true);
  });

  it('wakes calls that slept while it was stopped after the rest of their time, once it runs again', async () => {
    const inner = manualClock(0);
    const clock = adjustableClock(inner);
    clock.stop();
    let woken = false;
    void clock.sleep(100).then(() => {
      woken = true;
    });
    await turn();
    clock.start();
    await turn();
    await inner.advance(100);
    await turn();
    expect(woken).toBe(true);
  });

  it('throws the reason when a sleeper is aborted', async () => {
    const clock = adjustableClock(manualClock(0));
    clock.stop();
    const controller = new AbortController();
    const asleep = clock.sleep(100, { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(asleep).rejects.toThrow('enough');
  });
});
