import { expect, test } from 'vitest';
import type { DriveItem } from '../../graph/types/index.ts';
import { asTheyCome, byName, type DeltaOrder } from './delta-order.ts';

const folder = (id: string, name: string, parent: string): DriveItem => ({
  ...file(id, name, parent),
  folder: {},
});
const file = (id: string, name: string, parent: string): DriveItem => ({
  id,
  name,
  parentReference: { id: parent },
});

const start: DriveItem = { id: 'S', name: 'start', folder: {}, parentReference: { id: 'above' } };

function pathsOf(order: DeltaOrder, pages: readonly (readonly DriveItem[])[]): string[][] {
  const given = pages.map((page) => {
    page.forEach(order.take);
    return [...order.ready()];
  });
  return [...given, [...order.rest()]].map((entries) => entries.map(({ path }) => path.join('/')));
}

const pages = [
  [start, folder('F', 'folder', 'S'), file('b', 'b', 'F')],
  [file('z', 'z', 'late'), file('a', 'a', 'F'), folder('late', 'later', 'S')],
];

test('by name, nothing is returned before the last page, and siblings are sorted', () => {
  expect(pathsOf(byName('S', 9), pages)).toEqual([
    [],
    [],
    ['folder', 'folder/a', 'folder/b', 'later', 'later/z'],
  ]);
});

test('by arrival, entries are returned with their page, after their parent folders', () => {
  expect(pathsOf(asTheyCome('S', 9), pages)).toEqual([
    ['folder', 'folder/b'],
    ['folder/a', 'later', 'later/z'],
    [],
  ]);
});

test('by name, the last occurrence of an item is returned; by arrival, the first one', () => {
  const told = [[file('x', 'old', 'S')], [file('x', 'new', 'S')]];
  expect(pathsOf(byName('S', 9), told).flat()).toEqual(['new']);
  expect(pathsOf(asTheyCome('S', 9), told).flat()).toEqual(['old']);
});

test.each([byName, asTheyCome])(
  '%o returns nothing below the maximum depth or outside the folder',
  (make) => {
    expect(pathsOf(make('S', 1), [...pages, [file('o', 'outside', 'elsewhere')]]).flat()).toEqual([
      'folder',
      'later',
    ]);
  },
);

test.each([byName, asTheyCome])('%o has the parent folders of an entry', (make) => {
  const order = make('S', 9);
  const entries = pages.flatMap((page) => {
    page.forEach(order.take);
    return [...order.ready()];
  });
  const all = [...entries, ...order.rest()];
  const above = all.filter(({ item }) => item.id === 'z').map(order.above);
  expect(above).toEqual([['S', 'late']]);
});

test('an item that is dropped before it was returned is not returned', () => {
  const order = byName('S', 9);
  order.take(file('x', 'x', 'S'));
  order.drop('x');
  expect([...order.rest()]).toEqual([]);
});
