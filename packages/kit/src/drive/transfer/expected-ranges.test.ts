import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstExpected } from './expected-ranges.ts';

describe('expected ranges', () => {
  it.each([
    [['0-'], 10, { start: 0, end: 10 }],
    [['26-'], 100, { start: 26, end: 100 }],
    [['12-20', '5-7'], 100, { start: 5, end: 8 }],
    [[], 10, { start: 10, end: 10 }],
    [['10-'], 10, { start: 10, end: 10 }],
    [['11-'], 10, undefined],
    [['x'], 10, undefined],
    [['7-5'], 10, undefined],
  ])('%j of %i bytes start with %j', (ranges, total, span) => {
    expect(firstExpected(ranges, total)).toEqual(span);
  });

  it('the lowest missing byte is chosen, whatever the order', () => {
    const spans = fc.uniqueArray(fc.nat({ max: 98 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(spans, (starts) => {
        expect(
          firstExpected(
            starts.map((at) => `${at}-${at + 1}`),
            100,
          )?.start,
        ).toBe(Math.min(...starts));
      }),
    );
  });
});
