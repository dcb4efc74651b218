import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DriveItem } from '../../../graph/types/index.ts';
import { foldName } from '../../address/item-names.ts';
import { pairs } from './pairs.ts';

const file = (name: string): DriveItem => ({ id: `f-${name}`, name, file: {} });
const folder = (name: string): DriveItem => ({ id: `d-${name}`, name, folder: {} });

async function paired(names: readonly string[], ...pages: readonly DriveItem[][]) {
  const met: (string | undefined)[][] = [];
  const list = (async function* () {
    yield* pages;
  })();
  for await (const { name, there } of pairs([...names], list)) met.push([name, there?.id]);
  return met;
}

it('files that are there come as the list brings them, all others in the order of the names', async () => {
  expect(await paired(['a', 'b', 'c', 'd'], [file('c'), folder('b')], [file('other'), file('a')])).toEqual([
    ['c', 'f-c'],
    ['a', 'f-a'],
    ['b', 'd-b'],
    ['d', undefined],
  ]);
});

it('names that differ only in case or in their composition are those of one item', async () => {
  expect(await paired(['Ä', 'B', 'b'], [file('a\u0308'), file('b')])).toEqual([
    ['Ä', 'f-a\u0308'],
    ['B', 'f-b'],
    ['b', 'f-b'],
  ]);
});

it('an item that the list tells of twice, because it moved meanwhile, is met once', async () => {
  expect(await paired(['a'], [file('a')], [file('a')])).toEqual([['a', 'f-a']]);
});

it('where there are no names nothing is listed', async () => {
  const list = (async function* (): AsyncGenerator<DriveItem[]> {
    throw new Error('listed');
  })();
  for await (const one of pairs([], list)) expect(one).toBeUndefined();
});

it('every name is met once, with the first file that has it, or else with a folder', async () => {
  const name = fc.constantFrom('a', 'A', 'b', 'B', 'ä', 'a\u0308', 'Ä', 'c c', 'é', 'z');
  const item = fc.tuple(name, fc.boolean()).map(([one, isFile]) => (isFile ? file(one) : folder(one)));
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(name), fc.array(fc.array(item)), async (names, pages) => {
      const met = await paired(names, ...pages);
      expect(met.map(([one]) => one).sort()).toEqual([...names].sort());
      const same = (one: string) => pages.flat().filter((there) => foldName(there.name) === foldName(one));
      for (const [one = '', id] of met) {
        const there = same(one);
        const expected = there.find(({ id: known }) => known.startsWith('f-')) ?? there.at(-1);
        expect(id).toBe(expected?.id);
      }
    }),
  );
});
