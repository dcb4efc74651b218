import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byteRange } from './byte-range.ts';

test.each([
  ['0-3', { start: 0, end: 4 }],
  ['8-', { start: 8, end: 10 }],
  ['-2', { start: 8, end: 10 }],
  ['-20', { start: 0, end: 10 }],
  ['5-500', { start: 5, end: 10 }],
  ['bytes=0-0', { start: 0, end: 1 }],
])('%s of ten bytes is %j', (typed, range) => {
  expect(byteRange(typed, 10)).toEqual(range);
});

test.each(['', '-', 'x', '5', '5-2', '1-2,4-5', '--5'])(
  '"%s" is refused as a wrong command line',
  (typed) => {
    expect(() => byteRange(typed, 10)).toThrow(expect.objectContaining({ code: 'usage' }));
  },
);

test.each(['10-', '10-20', '-0'])('%s holds nothing of ten bytes', (typed) => {
  expect(() => byteRange(typed, 10)).toThrow(expect.objectContaining({ code: 'range' }));
});

test('a range lies within the file and is never empty', () => {
  const number = fc.option(fc.nat(50), { nil: '' });
  fc.assert(
    fc.property(number, number, fc.nat(40), (first, last, size) => {
      let range: { start: number; end: number };
      try {
        range = byteRange(`${first}-${last}`, size);
      } catch {
        return;
      }
      expect(range.start).toBeGreaterThanOrEqual(0);
      expect(range.end).toBeGreaterThan(range.start);
      expect(range.end).toBeLessThanOrEqual(size);
    }),
  );
});
