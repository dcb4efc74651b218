import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fault, FaultPlan } from './fault.ts';
import { decideFaults, initialFaultState } from './fault-plan.ts';

const broken: Fault = { kind: 'reset' };
const get = (path: string) => ({ method: 'GET', path, text: path });

/** The numbers, from 1, of the requests to which the plan applies a fault. */
function struck(plan: FaultPlan, requests: readonly ReturnType<typeof get>[]): number[] {
  let state = initialFaultState(plan);
  return requests.flatMap((request, at) => {
    const decision = decideFaults(plan, state, request);
    state = decision.state;
    return decision.faults.length > 0 ? [at + 1] : [];
  });
}

const ten = Array.from({ length: 10 }, () => get('/v1.0/me/drive'));

describe('a fault plan', () => {
  it.each([
    [3, [3]],
    [
      [2, 5],
      [2, 5],
    ],
    [{ from: 9 }, [9, 10]],
    [{ from: 4, to: 5 }, [4, 5]],
    [{ every: 4 }, [4, 8]],
    [undefined, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
  ] as const)('applies to the requests that nth %j selects', (nth, expected) => {
    const rule = nth === undefined ? { fault: broken } : { nth, fault: broken };
    expect(struck({ rules: [rule] }, ten)).toEqual(expected);
  });

  it('applies no more often than times allows', () => {
    expect(struck({ rules: [{ times: 2, fault: broken }] }, ten)).toEqual([1, 2]);
  });

  it('counts only the requests that match its method, path and item', () => {
    const plan = {
      rules: [{ match: { method: 'get', path: '/v1.0/*/content', item: 'b.txt' }, nth: 2, fault: broken }],
    };
    const requests = [
      '/v1.0/x/content',
      '/v1.0/b.txt/content',
      '/up/b.txt/content',
      '/v1.0/y/b.txt:/content',
    ].map(get);
    expect(struck(plan, requests)).toEqual([4]);
  });

  it('draws the same chances from the same seed', () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (seed, chance) => {
        const plan = { seed, rules: [{ chance, fault: broken }] };
        expect(struck(plan, ten)).toEqual(struck(plan, ten));
      }),
    );
  });

  it('applies about as often as its chance requires', () => {
    const many = Array.from({ length: 4000 }, () => get('/'));
    const hits = struck({ seed: 7, rules: [{ chance: 0.25, fault: broken }] }, many).length;
    expect(hits).toBeGreaterThan(900);
    expect(hits).toBeLessThan(1100);
  });

  it('orders the faults of several rules as the plan does', () => {
    const plan: FaultPlan = { rules: [{ fault: { kind: 'delay', ms: 5 } }, { fault: broken }] };
    expect(decideFaults(plan, initialFaultState(plan), get('/')).faults.map((fault) => fault.kind)).toEqual([
      'delay',
      'reset',
    ]);
  });
});
