import fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterAnswer, contentRange, nextFragment, parseReceived, startOf } from './offsets.ts';

/**
 * A server that stores the new bytes of a fragment, rejects gaps, and sometimes loses bytes or its response.
 */
function fakeServer(total: number) {
  const bytes: number[] = [];
  return {
    bytes,
    take(start: number, end: number, at: (index: number) => number): number {
      if (start <= bytes.length) for (let index = bytes.length; index < end; index++) bytes.push(at(index));
      return Math.min(bytes.length, total);
    },
    forget(count: number) {
      bytes.length = Math.max(0, bytes.length - count);
    },
  };
}

test('every byte arrives once and in order, whatever the fragment size and however often the server loses bytes', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 64 }),
      fc.array(fc.nat({ max: 40 }), { maxLength: 4 }),
      (total, size, lapses) => {
        const server = fakeServer(total);
        let progress = startOf(total);
        for (let round = 0; ; round++) {
          const fragment = nextFragment(progress, size);
          if (!fragment) break;
          const lapse = lapses[round];
          if (lapse !== undefined) server.forget(lapse);
          const said = server.take(fragment.start, fragment.end, (index) => index);
          progress = afterAnswer(progress, fragment, said);
        }
        expect(server.bytes).toEqual(Array.from({ length: total }, (_, index) => index));
      },
    ),
  );
});

test('fragments without gaps or overlap cover a file if no response has an offset', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 999 }), (total, size) => {
      let progress = startOf(total);
      let end = 0;
      for (let fragment = nextFragment(progress, size); fragment; fragment = nextFragment(progress, size)) {
        expect(fragment.start).toBe(end);
        expect(fragment.end - fragment.start).toBeLessThanOrEqual(size);
        end = fragment.end;
        progress = afterAnswer(progress, fragment, undefined);
      }
      expect(end).toBe(total);
    }),
  );
});

test('a zero-byte file is never uploaded with BITS', () => {
  expect(() => startOf(0)).toThrow(expect.objectContaining({ code: 'usage' }));
});

test('an offset outside the file ends the upload', () => {
  const progress = startOf(10);
  const fragment = { start: 0, end: 5, total: 10 };
  expect(() => afterAnswer(progress, fragment, 11)).toThrow(expect.objectContaining({ code: 'protocol' }));
});

test('a server that makes no progress is abandoned', () => {
  let progress = startOf(10);
  const answer = () => {
    for (let round = 0; round < 100; round++)
      progress = afterAnswer(progress, { start: 0, end: 5, total: 10 }, 0);
  };
  expect(answer).toThrow(expect.objectContaining({ code: 'protocol' }));
});

test('a content range contains the last byte, not the one after it', () => {
  expect(contentRange({ start: 0, end: 10, total: 25 })).toBe('bytes 0-9/25');
});

test('an offset is a plain number and nothing else', () => {
  expect(parseReceived(' 42 ')).toBe(42);
  for (const odd of [undefined, '', '0-41', '-1', '1e3', '9'.repeat(16)])
    expect(parseReceived(odd)).toBeUndefined();
});
