import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseByteRange, spanOf } from './byte-range.ts';

describe('byte ranges', () => {
  it.each([
    ['0-499', 1000, [0, 500]],
    ['500-', 1000, [500, 1000]],
    ['-500', 1000, [500, 1000]],
    ['-5000', 1000, [0, 1000]],
    ['0-5000', 1000, [0, 1000]],
    ['999-999', 1000, [999, 1000]],
  ])('%s of %i', (text, size, [start, end]) => {
    expect(spanOf(parseByteRange(text), size)).toEqual({ start, end });
  });

  it.each(['', '-', '5', '9-5', 'a-b', '1-2-3', '1.5-2'])('%j is not a range', (text) => {
    expect(() => parseByteRange(text)).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it.each([
    ['1000-', 1000],
    ['-0', 10],
    ['0-', 0],
  ])('%s of %i bytes is an empty range', (text, size) => {
    expect(() => spanOf(parseByteRange(text), size)).toThrow(expect.objectContaining({ code: 'range' }));
  });

  it('a span is within the file', () => {
    const range = fc.oneof(
      fc.record({ suffix: fc.nat() }),
      fc.tuple(fc.nat(), fc.nat()).map(([first, length]) => ({ first, last: first + length })),
    );
    fc.assert(
      fc.property(range, fc.nat(), (byteRange, size) => {
        let span: { start: number; end: number };
        try {
          span = spanOf(byteRange, size);
        } catch {
          return;
        }
        expect(0 <= span.start && span.start < span.end && span.end <= size).toBe(true);
      }),
    );
  });
});
