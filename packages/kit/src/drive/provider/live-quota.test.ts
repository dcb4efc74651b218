import { expect, it } from 'vitest';
import { liveQuota } from './live-quota.ts';

it('what is used is the difference of both numbers, and never negative', () => {
  expect(liveQuota({ quota: 100, available: 40 })).toEqual({ total: 100, remaining: 40, used: 60 });
  expect(liveQuota({ quota: 100, available: 140 })).toEqual({ total: 100, remaining: 140, used: 0 });
});

it.each([undefined, null, '100', -1, Number.NaN, 1e300, {}])(
  '%j is left out, and so is what is used',
  (odd) => {
    expect(liveQuota({ quota: odd, available: 40 })).toEqual({ remaining: 40 });
    expect(liveQuota({ quota: 100, available: odd })).toEqual({ total: 100 });
  },
);
