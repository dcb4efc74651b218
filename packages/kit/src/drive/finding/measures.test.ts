import { describe, expect, it } from 'vitest';
import { parseMoment, parseSizeRange } from './measures.ts';

describe('measures', () => {
  it.each([
    ['+10K', { least: 10240, most: Number.POSITIVE_INFINITY }],
    ['-1M', { least: 0, most: 1 << 20 }],
    ['1..1.5k', { least: 1, most: 1536 }],
    ['..5', { least: 0, most: 5 }],
    ['7', { least: 7, most: 7 }],
  ])('%s', (typed, range) => {
    expect(parseSizeRange(typed)).toEqual(range);
  });

  it.each([
    ['7d', '2026-01-08T00:00:00Z'],
    ['90min', '2026-01-14T22:30:00Z'],
    ['2026-01-02', '2026-01-02T00:00:00Z'],
    ['2026-01-02 03:04', '2026-01-02T03:04:00Z'],
    ['2026-01-02T03:04+01:00', '2026-01-02T02:04:00Z'],
  ])('%s', (typed, moment) => {
    expect(parseMoment(typed, Date.parse('2026-01-15T00:00:00Z'))).toBe(Date.parse(moment));
  });

  it.each(['', 'x', '7', '2026-99-99', '-1d'])('%j is not a time', (typed) => {
    expect(() => parseMoment(typed, 0)).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});
