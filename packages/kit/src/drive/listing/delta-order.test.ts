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

test('by name, nothing is given before the last page, and siblings come in order', () => {
  expect(pathsOf(byName('S', 9), pages)).toEqual([
    [],
    [],
    ['folder', 'folder/a', 'folder/b', 'later', 'later/z'],
  ]);
});

test('as they come, entries are given with the page, and after the folders that they are in', () => {
  expect(pathsOf(asTheyCome('S', 9), pages)).toEqual([
    ['folder', 'folder/b'],
    ['folder/a', 'later', 'later/z'],
    [],
  ]);
});

test('the last word on an item counts by name, the first one as they come', () => {
  const told = [[file('x', 'old', 'S')], [file('x', 'new', 'S')]];
  expect(pathsOf(byName('S', 9), told).flat()).toEqual(['new']);
  expect(pathsOf(asTheyCome('S', 9), told).flat()).toEqual(['old']);
});

test.each([byName, asTheyCome])('%o gives nothing below the depth, nor what is outside', (make) => {
  expect(pathsOf(make('S', 1), [...pages, [file('o', 'outside', 'elsewhere')]]).flat()).toEqual([
    'folder',
    'later',
  ]);
});

test.each([byName, asTheyCome])('%o knows the folders above an entry', (make) => {
  const order = make('S', 9);
  const entries = pages.flatMap((page) => {
    page.forEach(order.take);
    return [...order.ready()];
  });
  const all = [...entries, ...order.rest()];
  const above = all.filter(({ item }) => item.id === 'z').map(order.above);
  expect(above).toEqual([['S', 'late']]);
});

test('an item that is dropped before anything is given is not given', () => {
  const order = byName('S', 9);
  order.take(file('x', 'x', 'S'));
  order.drop('x');
  expect([...order.rest()]).toEqual([]);
});
