import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pagedByOffset } from './page.ts';

async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const element of list) found.push(element);
  return found;
}

test('a list returns the objects of its range, each once and in order, whatever the page size', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: 60 }),
      fc.nat({ max: 70 }),
      fc.option(fc.nat({ max: 70 }), { nil: undefined }),
      fc.integer({ min: 1, max: 20 }),
      async (size, offset, limit, pageSize) => {
        const elements = Array.from({ length: size }, (_, index) => ({ id: String(index) }));
        const calls: number[] = [];
        const list = pagedByOffset(
          async (from, count) => {
            calls.push(count);
            return { data: elements.slice(from, from + count) };
          },
          { offset, limit, pageSize },
        );
        const wanted = elements.slice(offset, limit === undefined ? undefined : offset + limit);
        expect(await all(list)).toEqual(wanted);
        expect(calls.length).toBeLessThanOrEqual(Math.floor(wanted.length / pageSize) + 1);
      },
    ),
  );
});

test('a page that is longer than requested is an error', async () => {
  const list = pagedByOffset(async () => ({ data: [1, 2, 3] }), { pageSize: 2 });
  await expect(all(list)).rejects.toMatchObject({ code: 'protocol' });
});

test.each([[null], ['x'], [[]]])('a list that contains %j is not a page', async (one) => {
  const list = pagedByOffset(async () => ({ data: [one] as unknown as object[] }));
  await expect(all(list)).rejects.toMatchObject({ code: 'protocol' });
});

test('a server that ignores the offset returns the same objects again, which ends the list', async () => {
  let pages = 0;
  const list = pagedByOffset(async () => ({ data: [{ id: `${(pages += 1) && 'a'}` }] }), { pageSize: 1 });
  await expect(all(list)).rejects.toMatchObject({ code: 'protocol' });
  expect(pages).toBeLessThan(100);
});

test('a response without a list is an error', async () => {
  const list = pagedByOffset(async () => ({ data: 'nonsense' as unknown as number[] }));
  await expect(all(list)).rejects.toMatchObject({ code: 'protocol' });
});

test('no request is sent before the first object is read', () => {
  let asked = 0;
  pagedByOffset(async () => {
    asked++;
    return { data: [] };
  });
  expect(asked).toBe(0);
});
