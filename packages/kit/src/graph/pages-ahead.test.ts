import { expect, test } from 'vitest';
import { pagesAhead } from './pages-ahead.ts';

test('the next page is requested before the reader is done with this one, and every page is returned once', async () => {
  const events: string[] = [];
  async function* pages() {
    for (const page of ['a', 'b', 'c']) {
      events.push(`ask ${page}`);
      yield page;
    }
  }
  for await (const page of pagesAhead(pages())) {
    await Promise.resolve();
    events.push(`read ${page}`);
  }
  expect(events).toEqual(['ask a', 'ask b', 'read a', 'ask c', 'read b', 'read c']);
});

test('the error of a page is thrown when that page is read', async () => {
  async function* pages() {
    yield 'a';
    throw new Error('lost');
  }
  const read: string[] = [];
  const reading = (async () => {
    for await (const page of pagesAhead(pages())) read.push(page);
  })();
  await expect(reading).rejects.toThrow('lost');
  expect(read).toEqual(['a']);
});

test('a reader that stops early closes the list', async () => {
  let closed = false;
  async function* pages() {
    try {
      for (;;) yield 'page';
    } finally {
      closed = true;
    }
  }
  const read: string[] = [];
  for await (const page of pagesAhead(pages())) if (read.push(page) === 1) break;
  await new Promise((resolve) => setImmediate(resolve));
  expect(closed).toBe(true);
});
