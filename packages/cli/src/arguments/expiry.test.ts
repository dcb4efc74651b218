import { expect, it } from 'vitest';
import { expiryOf } from './expiry.ts';

const now = Date.UTC(2026, 0, 15);

it('an expiry given as an age lies ahead, never in the past', () => {
  expect(expiryOf('7d', now)).toEqual({ expirationDateTime: '2026-01-22T00:00:00.000Z' });
});

it('an expiry given as a date is that date', () => {
  expect(expiryOf('2026-12-31', now)).toEqual({ expirationDateTime: '2026-12-31T00:00:00.000Z' });
  expect(expiryOf(undefined, now)).toEqual({});
});
