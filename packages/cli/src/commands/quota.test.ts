import { expect, it } from 'vitest';
import { spaceOf } from './quota.ts';

it('a total of zero is unknown, not a full drive', () => {
  expect(spaceOf({ total: 0, remaining: 0, used: 0 })).toEqual({ free: 'unknown', quota: 'unknown' });
});

it('a full drive has nothing free', () => {
  expect(spaceOf({ total: 1024, remaining: 0 })).toEqual({ free: '0.0B', quota: '1.0K' });
});

it('what the service leaves out is unknown', () => {
  expect(spaceOf({ total: 1024 })).toEqual({ free: 'unknown', quota: '1.0K' });
  expect(spaceOf({})).toEqual({ free: 'unknown', quota: 'unknown' });
});
