import { expect, test } from 'vitest';
import { abortable } from './abortable.ts';

async function* countText(limit: number, closed: () => void): AsyncGenerator<number> {
  try {
    for (let at = 0; at < limit; at++) yield at;
  } finally {
    closed();
  }
}

test('all chunks come in order', async () => {
  const got: number[] = [];
  for await (const at of abortable(
    countText(3, () => {}),
    new AbortController().signal,
  ))
    got.push(at);
  expect(got).toEqual([0, 1, 2]);
});

test('an abort is reported while waiting for a chunk that never arrives', async () => {
  const controller = new AbortController();
  const silent = {
    [Symbol.asyncIterator]: () => ({ next: () => new Promise<IteratorResult<number>>(() => {}) }),
  };
  const next = abortable(silent, controller.signal).next();
  const reason = new Error('stop');
  controller.abort(reason);
  await expect(next).rejects.toBe(reason);
});

test('a reader that leaves early closes the stream', async () => {
  let closed = false;
  const chunks = abortable(
    countText(3, () => (closed = true)),
    new AbortController().signal,
  );
  for await (const at of chunks) if (at === 0) break;
  await Promise.resolve();
  expect(closed).toBe(true);
});
