import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ended, newPacing, type PaceOutcome, type Pacing, started, waitToStart } from './pacing.ts';

const busy = (state: Pacing, count: number): Pacing =>
  count === 0 ? state : busy(started(state), count - 1);

describe('pacing', () => {
  test('starts as many requests at once as the window allows', () => {
    const state = busy(newPacing({ start: 3 }), 3);
    expect(waitToStart(busy(newPacing({ start: 3 }), 2), 0)).toBe(0);
    expect(waitToStart(state, 0)).toBeUndefined();
    expect(waitToStart(ended(state, { kind: 'other' }, 0, 1), 1)).toBe(0);
  });

  test('a round of successes in a full window widens it by one', () => {
    let state = busy(newPacing({ start: 4 }), 4);
    for (let done = 0; done < 5; done++) state = started(ended(state, { kind: 'success' }, 0, 1));
    expect(Math.floor(state.window)).toBe(5);
  });

  test('a window that is not full does not grow', () => {
    const state = ended(busy(newPacing({ start: 4 }), 1), { kind: 'success' }, 0, 1);
    expect(state.window).toBe(4);
  });

  test('throttling halves the window, and every request waits for the requested time', () => {
    const state = ended(busy(newPacing({ start: 8 }), 3), { kind: 'throttled', retryAfterMs: 5000 }, 90, 100);
    expect(state.window).toBe(4);
    expect(waitToStart(state, 100)).toBe(5000);
    expect(waitToStart(state, 5099)).toBe(1);
    expect(waitToStart(state, 5100)).toBe(0);
  });

  test('responses to requests that started before the last halving do not halve again', () => {
    let state = busy(newPacing({ start: 8 }), 8);
    for (let at = 0; at < 4; at++)
      state = ended(state, { kind: 'throttled', retryAfterMs: 1000 }, 50, 100 + at);
    expect(state.window).toBe(4);
    expect(ended(state, { kind: 'throttled', retryAfterMs: 1000 }, 101, 200).window).toBe(2);
  });

  test('without a Retry-After the pauses double until a success', () => {
    const limits = { basePauseMs: 1000, maxPauseMs: 3000 };
    const none: PaceOutcome = { kind: 'throttled', retryAfterMs: undefined };
    let state = busy(newPacing(limits), 5);
    const pauses = [1, 2, 3].map((round) => {
      state = ended(state, none, 0, round * 100_000);
      return waitToStart(state, round * 100_000);
    });
    expect(pauses).toEqual([1000, 2000, 3000]);
    state = ended(state, { kind: 'success' }, 0, 400_000);
    expect(waitToStart(ended(state, none, 0, 500_000), 500_000)).toBe(1000);
  });

  const steps = fc.array(
    fc.record({
      ms: fc.integer({ min: 0, max: 5000 }),
      outcome: fc.oneof(
        fc.constantFrom<PaceOutcome>({ kind: 'success' }, { kind: 'other' }),
        fc
          .option(fc.integer({ min: 0, max: 20_000 }), { nil: undefined })
          .map((retryAfterMs): PaceOutcome => ({ kind: 'throttled', retryAfterMs })),
      ),
      start: fc.boolean(),
    }),
    { maxLength: 200 },
  );

  test('no request starts during a pause or beyond the window, the window stays within its limits, and progress is always made', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 16 }), (plan, max) => {
        let state = newPacing({ max });
        let now = 0;
        let notBefore = 0;
        const under: number[] = [];
        for (const { ms, outcome, start } of plan) {
          now += ms;
          if (start && waitToStart(state, now) === 0) {
            expect(now).toBeGreaterThanOrEqual(notBefore);
            state = started(state);
            under.push(now);
          } else if (under.length > 0) {
            state = ended(state, outcome, under.shift()!, now);
            if (outcome.kind === 'throttled')
              notBefore = Math.max(notBefore, now + (outcome.retryAfterMs ?? 0));
          }
          expect(state.inFlight).toBe(under.length);
          expect(state.inFlight).toBeLessThanOrEqual(max);
          expect(state.window >= 1 && state.window <= max).toBe(true);
        }
        const rest = under.reduce((left) => ended(left, { kind: 'success' }, now, now), state);
        expect(waitToStart(rest, now + 60_000)).toBe(0);
      }),
    );
  });
});
