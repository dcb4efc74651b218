import { expect, test } from 'vitest';
import { drop, lend } from './spent-chunks.ts';

const mebibyte = 1024 * 1024;

test('what was lent is freed at once, and only once', () => {
  const chunk = new Uint8Array(mebibyte);
  lend(chunk);
  drop([chunk]);
  expect(chunk.buffer.byteLength).toBe(0);
  expect(() => drop([chunk])).not.toThrow();
});

test('what nobody lent stays, and so does what is only a part of something', () => {
  const own = new Uint8Array(mebibyte).fill(1);
  const lent = new Uint8Array(mebibyte).fill(2);
  const part = lent.subarray(0, mebibyte / 2);
  const beside = new Uint8Array(new ArrayBuffer(2 * mebibyte), 0, mebibyte).fill(3);
  lend(lent);
  lend(beside);
  drop([own, part, beside]);
  expect([own.at(-1), part.at(-1), lent.at(-1), beside.at(-1)]).toEqual([1, 2, 2, 3]);
});

test('several go together', () => {
  const chunks = Array.from({ length: 16 }, () => new Uint8Array(64 * 1024));
  for (const chunk of chunks) lend(chunk);
  drop(chunks);
  expect(chunks.map(({ byteLength }) => byteLength)).toEqual(chunks.map(() => 0));
});
