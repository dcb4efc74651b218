import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DriveItem } from '../../../graph/types/index.ts';
import { foldName } from '../../address/item-names.ts';
import { pairs } from './pairs.ts';

const file = (name: string): DriveItem => ({ id: `f-${name}`, name, file: {} });
const folder = (name: string): DriveItem => ({ id: `d-${name}`, name, folder: {} });

type IsSelected = (name: string) => Promise<boolean>;

async function paired(names: readonly string[], ...input: readonly (DriveItem[] | IsSelected)[]) {
  const result: (string | undefined)[][] = [];
  const list = (async function* () {
    for (const page of input) if (typeof page !== 'function') yield page;
  })();
  const isSelected = input.find((value) => typeof value === 'function');
  for await (const { name, item, rival } of pairs([...names], list, { isSelected }))
    result.push([name, item?.id, rival]);
  return result;
}

it('existing files come in the order of the list, all others in the order of their names', async () => {
  expect(await paired(['a', 'b', 'c', 'd'], [file('c'), folder('b')], [file('other'), file('a')])).toEqual([
    ['c', 'f-c', undefined],
    ['a', 'f-a', undefined],
    ['b', 'd-b', undefined],
    ['d', undefined, undefined],
  ]);
});

it('of names that differ only in case or composition, the exact name or else the first gets the item', async () => {
  expect(await paired(['Ä', 'B', 'b'], [file('a\u0308'), file('b')])).toEqual([
    ['Ä', 'f-a\u0308', undefined],
    ['B', undefined, 'b'],
    ['b', 'f-b', undefined],
  ]);
  expect(await paired(['B', 'b'])).toEqual([
    ['B', undefined, undefined],
    ['b', undefined, 'B'],
  ]);
});

it('a name that is not uploaded anyway does not collide', async () => {
  const result = await paired(['B', 'b'], [file('x')], async (name) => name !== 'B');
  expect(result).toEqual([
    ['B', undefined, undefined],
    ['b', undefined, undefined],
  ]);
});

it('an item that is listed twice, because it moved in the meantime, is paired once', async () => {
  expect(await paired(['a'], [file('a')], [file('a')])).toEqual([['a', 'f-a', undefined]]);
});

it('without local names the folder is not listed', async () => {
  const list = (async function* (): AsyncGenerator<DriveItem[]> {
    throw new Error('listed');
  })();
  for await (const pair of pairs([], list)) expect(pair).toBeUndefined();
});

it('every name is paired once, no item twice, and each with an item of its name or with a rival', async () => {
  const name = fc.constantFrom('a', 'A', 'b', 'B', 'ä', 'a\u0308', 'Ä', 'c c', 'é', 'z');
  const item = fc.tuple(name, fc.boolean()).map(([text, isFile]) => (isFile ? file(text) : folder(text)));
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(name), fc.array(fc.array(item)), async (names, pages) => {
      const result = await paired(names, ...pages);
      expect(result.map(([local]) => local).sort()).toEqual([...names].sort());
      const ids = result.flatMap(([, id]) => id ?? []);
      expect(new Set(ids).size).toBe(ids.length);
      for (const [local = '', id, rival] of result) {
        if (id !== undefined) expect(foldName(id.slice(2))).toBe(foldName(local));
        const others = names.filter((other) => other !== local && foldName(other) === foldName(local));
        if (rival !== undefined) expect(others).toContain(rival);
        const items = pages.flat().filter((listed) => foldName(listed.name) === foldName(local));
        if (others.length === 0) expect(id === undefined).toBe(items.length === 0);
      }
    }),
  );
});
