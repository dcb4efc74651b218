import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const now = Date.UTC(2026, 10, 23, 12, 0, 0);

describe('Retry-After', () => {
  test.each([
    ['0', 0],
    ['41', 41_000],
    ['2.128', 2128],
    [' 7 ', 7000],
    ['Mon, 23 Nov 2026 12:00:30 GMT', 30_000],
    ['Monday, 23-Nov-26 12:00:30 GMT', 30_000],
    ['Mon, 23 Nov 2026 11:59:00 GMT', 0],
    ['999999999', 86_400_000],
  ])('%j is %i ms', (value, ms) => expect(retryAfterMs({ 'retry-after': value }, now)).toBe(ms));

  test.each(['', '-5', 'soon', '1e3', '2026-11-23', '1,5', 'Mon, nonsense', 'NaN', 'Infinity'])(
    '%j is ignored',
    (value) => expect(retryAfterMs({ 'retry-after': value }, now)).toBeUndefined(),
  );

  test('a date is relative to the clock of the server that sent it', () => {
    const headers = { 'retry-after': 'Mon, 23 Nov 2026 13:00:10 GMT', date: 'Mon, 23 Nov 2026 13:00:00 GMT' };
    expect(retryAfterMs(headers, now)).toBe(10_000);
  });

  test('a missing header is undefined', () => expect(retryAfterMs({}, now)).toBeUndefined());

  test('seconds and dates agree, to the second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 86_000 }), (seconds) => {
        const date = new Date(now + seconds * 1000).toUTCString();
        expect(retryAfterMs({ 'retry-after': date }, now)).toBe(
          retryAfterMs({ 'retry-after': String(seconds) }, now),
        );
      }),
    );
  });

  test('the result is always undefined or a whole number of milliseconds of at most a day', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.double().map(String),
          fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
        ),
        (value) => {
          const ms = retryAfterMs({ 'retry-after': value }, now);
          expect(ms === undefined || (Number.isInteger(ms) && ms >= 0 && ms <= 86_400_000)).toBe(true);
        },
      ),
    );
  });
});
