import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BudgetState, spend, worstOf } from './budget.ts';
import { resourceUnits } from './resource-units.ts';

describe('the cost of a request', () => {
  it.each([
    ['GET', '/v1.0/me/drive/items/1', '', 1],
    ['GET', '/v1.0/me/drive/items/1/content', '', 1],
    ['GET', '/v1.0/me/drive/root/children', '', 2],
    ['GET', "/v1.0/me/drive/root/search(q='a')", '', 2],
    ['GET', '/v1.0/me/drive/root/delta', '', 2],
    ['GET', '/v1.0/me/drive/root/delta', '?token=abc', 1],
    ['GET', "/v1.0/me/drive/root/delta(token='abc')", '', 1],
    ['PUT', '/v1.0/me/drive/root:/a:/content', '', 2],
    ['DELETE', '/v1.0/me/drive/items/1', '', 2],
    ['POST', '/v1.0/me/drive/items/1/createLink', '', 5],
    ['GET', '/v1.0/me/drive/items/1', '?$expand=permissions', 5],
    ['GET', '/_control/health', '', 0],
    ['PUT', '/up/abc', '', 0],
    ['POST', '/v1.0/$batch', '', 0],
  ] as const)('%s %s%s costs %d', (method, path, search, units) => {
    expect(resourceUnits(method, path, search)).toBe(units);
  });
});

const rules = { units: 100, window: 60_000 };

describe('a budget of resource units', () => {
  it('reports the remaining units from 80 % of the budget on, and no headers below', () => {
    expect(spend(rules, { start: 0, used: 77 }, 2, 1000).headers).toEqual({});
    expect(spend(rules, { start: 0, used: 78 }, 2, 1000).headers).toEqual({
      'RateLimit-Limit': '100',
      'RateLimit-Remaining': '20',
      'RateLimit-Reset': '59',
    });
  });

  it('refuses requests over the budget and returns when to retry', () => {
    const verdict = spend(rules, { start: 0, used: 99 }, 2, 50_500);
    expect([verdict.throttled, verdict.headers['Retry-After'], verdict.state.used]).toEqual([
      true,
      '10',
      101,
    ]);
  });

  it('resets when the window has ended', () => {
    expect(spend(rules, { start: 0, used: 500 }, 2, 60_000)).toMatchObject({
      throttled: false,
      state: { start: 60_000, used: 2 },
    });
  });

  it('never serves more than the budget in one window', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(1, 2, 5), fc.nat(59_999))), (calls) => {
        let state: BudgetState | undefined = { start: 0, used: 0 };
        let served = 0;
        for (const [cost, now] of calls.sort((left, right) => left[1] - right[1])) {
          const verdict = spend(rules, state, cost, now);
          if (!verdict.throttled) served += cost;
          state = verdict.state;
        }
        expect(served).toBeLessThanOrEqual(rules.units);
      }),
    );
  });
});

describe('several budgets together', () => {
  const minute = { units: 10, window: 60_000 };
  const day = { units: 15, window: 86_400_000 };
  const verdict = (minuteUsed: number, dayUsed: number) =>
    worstOf([
      spend(minute, { start: 0, used: minuteUsed }, 2, 1000),
      spend(day, { start: 0, used: dayUsed }, 2, 1000),
    ]);

  it('refuse what one of them refuses, until the last of them resets', () => {
    expect(verdict(9, 0)).toMatchObject({ throttled: true, headers: { 'Retry-After': '59' } });
    expect(verdict(9, 14)).toMatchObject({ throttled: true, headers: { 'Retry-After': '86399' } });
    expect(verdict(0, 0)).toEqual({ throttled: false, headers: {} });
  });

  it('report the one with the least left', () => {
    expect(verdict(7, 12).headers['RateLimit-Limit']).toBe('10');
    expect(verdict(6, 13).headers['RateLimit-Limit']).toBe('15');
  });
});
