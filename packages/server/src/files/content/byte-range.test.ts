import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRange } from './byte-range.ts';

test.each([
  [undefined, 10, undefined],
  ['bytes=0-4', 10, { start: 0, end: 5 }],
  ['bytes=4-', 10, { start: 4, end: 10 }],
  ['bytes=4-99', 10, { start: 4, end: 10 }],
  ['bytes=-3', 10, { start: 7, end: 10 }],
  ['bytes=-99', 10, { start: 0, end: 10 }],
  ['bytes=10-', 10, 'unsatisfiable'],
  ['bytes=-0', 10, 'unsatisfiable'],
  ['bytes=0-', 0, 'unsatisfiable'],
  ['bytes=5-4', 10, undefined],
  ['bytes=0-1,3-4', 10, undefined],
  ['bytes=-', 10, undefined],
  ['items=0-4', 10, undefined],
  ['bytes=a-b', 10, undefined],
] as const)('%s of %d bytes', (header, size, wanted) => {
  expect(readRange(header, size)).toEqual(wanted);
});

test('a range lies within the file, and is the requested one', () => {
  fc.assert(
    fc.property(fc.nat(100), fc.nat(120), fc.nat(120), (size, first, length) => {
      const range = readRange(`bytes=${first}-${first + length}`, size);
      if (first >= size) expect(range).toBe('unsatisfiable');
      else expect(range).toEqual({ start: first, end: Math.min(first + length + 1, size) });
    }),
  );
});
