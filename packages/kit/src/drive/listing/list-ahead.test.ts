/** How far ahead folders are listed, over lists that record their requests. */
import { expect, it } from 'vitest';
import type { DriveItem } from '../../graph/types/index.ts';
import { type ListPage, listAhead } from './list-ahead.ts';

const folder = (id: string): DriveItem => ({ id, name: id, folder: {} });
const child = (id: string): DriveItem => ({ id, name: id, file: {} });

/** Lists of three pages of one child each; `asked` contains the requested pages. */
function pages() {
  const asked: string[] = [];
  async function* list({ id }: DriveItem): AsyncGenerator<ListPage> {
    for (const page of [1, 2, 3]) {
      asked.push(`${id}${page}`);
      yield [child(`${id}${page}`)];
    }
  }
  return { asked, list };
}
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

it('reads a list page by page: requests the page after the current one, and no other', async () => {
  const { asked, list } = pages();
  const seen: string[] = [];
  for await (const page of listAhead(list, { concurrency: 2 }).take(folder('a'))) {
    await settled();
    seen.push(...page.map(({ name }) => name));
    expect(asked).toHaveLength(Math.min(3, seen.length + 1));
  }
  expect(seen).toEqual(['a1', 'a2', 'a3']);
});

it('requests only the first page of a folder that waits for its turn', async () => {
  const { asked, list } = pages();
  const ahead = listAhead(list, { concurrency: 2 });
  ahead.offer([folder('a'), folder('b')]);
  await settled();
  expect(asked).toEqual(['a1', 'b1']);
});

it('starts no more lists than may wait, and continues when one is taken', async () => {
  const { asked, list } = pages();
  const ahead = listAhead(list, { concurrency: 1 });
  ahead.offer(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(folder));
  await settled();
  expect(asked).toEqual(['a1', 'b1', 'c1', 'd1', 'e1']);
  await ahead.take(folder('a')).next();
  await settled();
  expect(asked.filter((page) => page.endsWith('1'))).toEqual(['a1', 'b1', 'c1', 'd1', 'e1', 'f1']);
});

it('throws an error to the caller that takes the list, wherever it occurs, but not to one that stopped before', async () => {
  async function* broken(): AsyncGenerator<ListPage> {
    yield [child('x')];
    throw new Error('the line broke');
  }
  const ahead = listAhead(broken, { concurrency: 1 });
  const taken = ahead.take(folder('a'));
  expect((await taken.next()).value).toEqual([child('x')]);
  await expect(taken.next()).rejects.toThrow('the line broke');
  const other = ahead.take(folder('b'));
  await other.next();
  await other.return();
  await settled();
});
