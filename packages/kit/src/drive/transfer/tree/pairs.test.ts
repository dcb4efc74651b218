import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DriveItem } from '../../../graph/types/index.ts';
import { foldName } from '../../address/item-names.ts';
import { pairs } from './pairs.ts';

const file = (name: string): DriveItem => ({ id: `f-${name}`, name, file: {} });
const folder = (name: string): DriveItem => ({ id: `d-${name}`, name, folder: {} });

type Wanted = (name: string) => Promise<boolean>;

async function paired(names: readonly string[], ...given: readonly (DriveItem[] | Wanted)[]) {
  const met: (string | undefined)[][] = [];
  const list = (async function* () {
    for (const page of given) if (typeof page !== 'function') yield page;
  })();
  const isWanted = given.find((one) => typeof one === 'function');
  for await (const { name, there, rival } of pairs([...names], list, { isWanted }))
    met.push([name, there?.id, rival]);
  return met;
}

it('files that are there come as the list brings them, all others in the order of the names', async () => {
  expect(await paired(['a', 'b', 'c', 'd'], [file('c'), folder('b')], [file('other'), file('a')])).toEqual([
    ['c', 'f-c', undefined],
    ['a', 'f-a', undefined],
    ['b', 'd-b', undefined],
    ['d', undefined, undefined],
  ]);
});

it('of names that differ only in case or composition, the exact one or the first one has the item', async () => {
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

it('a name that is not uploaded anyway takes part in no collision', async () => {
  const met = await paired(['B', 'b'], [file('x')], async (name) => name !== 'B');
  expect(met).toEqual([
    ['B', undefined, undefined],
    ['b', undefined, undefined],
  ]);
});

it('an item that the list tells of twice, because it moved meanwhile, is met once', async () => {
  expect(await paired(['a'], [file('a')], [file('a')])).toEqual([['a', 'f-a', undefined]]);
});

it('where there are no names nothing is listed', async () => {
  const list = (async function* (): AsyncGenerator<DriveItem[]> {
    throw new Error('listed');
  })();
  for await (const one of pairs([], list)) expect(one).toBeUndefined();
});

it('every name is met once, no item twice, and each with an item of its name or with a rival', async () => {
  const name = fc.constantFrom('a', 'A', 'b', 'B', 'ä', 'a\u0308', 'Ä', 'c c', 'é', 'z');
  const item = fc.tuple(name, fc.boolean()).map(([one, isFile]) => (isFile ? file(one) : folder(one)));
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(name), fc.array(fc.array(item)), async (names, pages) => {
      const met = await paired(names, ...pages);
      expect(met.map(([one]) => one).sort()).toEqual([...names].sort());
      const ids = met.flatMap(([, id]) => id ?? []);
      expect(new Set(ids).size).toBe(ids.length);
      for (const [one = '', id, rival] of met) {
        if (id !== undefined) expect(foldName(id.slice(2))).toBe(foldName(one));
        const others = names.filter((other) => other !== one && foldName(other) === foldName(one));
        if (rival !== undefined) expect(others).toContain(rival);
        const items = pages.flat().filter((there) => foldName(there.name) === foldName(one));
        if (others.length === 0) expect(id === undefined).toBe(items.length === 0);
      }
    }),
  );
});
