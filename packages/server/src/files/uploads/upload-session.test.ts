import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkFragment, expectedRanges, type Progress, readFragment } from './upload-session.ts';

const rules = { fragmentLimit: 60 * 2 ** 20, fileLimit: 2 ** 40, strictFragments: false };
const refusal = (check: () => void): string => {
  try {
    check();
    return 'accepted';
  } catch (error) {
    const { status, inner } = error as { status: number; inner: readonly string[] };
    return `${status} ${inner[0] ?? ''}`.trim();
  }
};

describe('a Content-Range', () => {
  test.each([
    ['bytes 0-9/10', 10, 'accepted'],
    ['bytes 0-9/10', undefined, '411'],
    [undefined, 10, '400 invalidParameterFormat'],
    ['bytes 0-9/*', 10, '400 invalidParameterFormat'],
    ['bytes 5-4/10', 0, '400 invalidParameterFormat'],
    ['bytes 0-10/10', 11, '400 invalidParameterFormat'],
    ['bytes 0-9/10', 9, '400 fragmentLengthMismatch'],
    ['bytes 0--1/0', 0, '400 invalidParameterFormat'],
  ])('%s with %s bytes: %s', (header, length, wanted) => {
    expect(refusal(() => readFragment(header, length))).toBe(wanted);
  });
});

describe('a fragment', () => {
  const half: Progress = { received: 50, total: 100 };
  test.each([
    ['the next fragment', { first: 50, last: 99, total: 100 }, rules, 'accepted'],
    ['a fragment that was received', { first: 0, last: 49, total: 100 }, rules, '416 fragmentOverlap'],
    [
      'a fragment that was received in part',
      { first: 40, last: 60, total: 100 },
      rules,
      '416 fragmentOverlap',
    ],
    ['a fragment after a gap', { first: 60, last: 99, total: 100 }, rules, '416 fragmentOutOfOrder'],
    ['another total', { first: 50, last: 99, total: 101 }, rules, '400 fragmentLengthMismatch'],
    [
      'a fragment that is too large',
      { first: 50, last: 99, total: 100 },
      { ...rules, fragmentLimit: 49 },
      '413 maxFragmentLengthExceeded',
    ],
    [
      'a file that is too large',
      { first: 50, last: 99, total: 100 },
      { ...rules, fileLimit: 99 },
      '413 maxFileSizeExceeded',
    ],
    [
      'a fragment of odd size, strict',
      { first: 50, last: 98, total: 100 },
      { ...rules, strictFragments: true },
      '400 invalidFragmentLength',
    ],
    [
      'a last fragment of odd size, strict',
      { first: 50, last: 99, total: 100 },
      { ...rules, strictFragments: true },
      'accepted',
    ],
  ] as const)('%s', (_name, fragment, given, wanted) => {
    expect(refusal(() => checkFragment(half, fragment, given))).toBe(wanted);
  });

  test('for any sequence of fragments, the accepted ones cover the file exactly once', () => {
    const total = 40;
    const fragment = fc
      .tuple(fc.nat(total - 1), fc.nat(total - 1))
      .map(([a, b]) => ({ first: Math.min(a, b), last: Math.max(a, b), total }));
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 60 }), (fragments) => {
        let progress: Progress = { received: 0, total: undefined };
        const written: number[] = [];
        for (const next of [...fragments, { first: 0, last: total - 1, total }]) {
          if (refusal(() => checkFragment(progress, next, rules)) !== 'accepted') continue;
          for (let at = next.first; at <= next.last; at++) written.push(at);
          progress = { received: next.last + 1, total: next.total };
        }
        expect(written).toEqual(Array.from({ length: progress.received }, (_, at) => at));
        expect(expectedRanges(progress)).toEqual(
          progress.received === total ? [] : [`${progress.received}-`],
        );
      }),
    );
  });
});
