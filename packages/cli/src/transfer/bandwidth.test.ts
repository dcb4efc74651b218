import fc from 'fast-check';
import { isOneDriveError } from 'onedrive-kit/errors';
import { describe, expect, it, test } from 'vitest';
import { bandwidthOf } from './bandwidth.ts';

const sizes: Readonly<Record<string, number>> = { B: 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };

/** Values for one direction, and the bytes per second that they mean. */
const rate = fc.oneof(
  fc.constantFrom('off', 'OFF', '0', '0M').map((text) => ({ text, bytes: undefined })),
  fc
    .record({
      amount: fc.integer({ min: 1, max: 99_999 }).map((n) => n / 10),
      unit: fc.constantFrom('B', 'K', 'M', 'G', 'T'),
      small: fc.boolean(),
      long: fc.constantFrom('', 'i', 'iB'),
    })
    .map(({ amount, unit, small, long }) => ({
      text: `${amount}${small ? unit.toLowerCase() : unit}${unit === 'B' ? '' : long}`,
      bytes: amount * (sizes[unit] ?? Number.NaN),
    })),
  fc.integer({ min: 1, max: 99_999 }).map((n) => ({ text: String(n), bytes: n * 1024 })),
);

describe('--bwlimit', () => {
  test('one rate is for both ways together', () => {
    fc.assert(
      fc.property(rate, ({ text, bytes }) => {
        expect(bandwidthOf(text)).toEqual({ up: bytes, down: bytes, together: true });
      }),
    );
  });

  test('two rates are for up and for down, each on its own', () => {
    fc.assert(
      fc.property(rate, rate, (up, down) => {
        const read = bandwidthOf(`${up.text}:${down.text}`);
        expect(read).toEqual({ up: up.bytes, down: down.bytes, together: false });
      }),
    );
  });

  test('whatever is typed is a rate above 0, none, or an error of usage', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d.:kKmMiBof]{0,8}$/)), (text) => {
        try {
          const { up = 1, down = 1 } = bandwidthOf(text);
          expect(up > 0 && down > 0 && Number.isFinite(up + down)).toBe(true);
        } catch (error) {
          expect(isOneDriveError(error) && error.code).toBe('usage');
        }
      }),
    );
  });

  it.each(['', ':', '1M:', ':1M', '1k:2k:3k', '-1M', '1e9', '5 M', '1KB', 'fast', '.5M', '08:00,512k'])(
    'refuses %j',
    (text) => {
      expect(() => bandwidthOf(text)).toThrow(/Invalid --bwlimit/);
    },
  );
});
