import { describe, expect, it } from 'vitest';
import type { Item } from './item.ts';
import { filtered, merged, sorted } from './order.ts';

const item = (name: string, more: Partial<Item> = {}): Item => ({ id: name, name, size: 0, ...more });
const folder = { folder: { childCount: 0 } };
const names = (items: readonly Item[]) => items.map(({ name }) => name);

describe('sorting', () => {
  it('compares numbers in names as numbers, and ignores case', () => {
    const items = ['file 10', 'File 9', 'b', 'A'].map((name) => item(name));
    expect(names(sorted(items, 'name', false))).toEqual(['A', 'b', 'File 9', 'file 10']);
  });

  it('keeps folders first in either direction; a notebook is a file', () => {
    const items = [
      item('b', folder),
      item('a'),
      item('c', folder),
      item('n', { ...folder, package: { type: 'oneNote' } }),
    ];
    expect(names(sorted(items, 'name', false))).toEqual(['b', 'c', 'a', 'n']);
    expect(names(sorted(items, 'name', true))).toEqual(['c', 'b', 'n', 'a']);
  });

  it('sorts by size, by time and by kind, then by name', () => {
    const items = [
      item('a.txt', { size: 2, lastModifiedDateTime: '2026-01-02T00:00:00Z' }),
      item('c.png', { size: 2, lastModifiedDateTime: '2026-01-01T00:00:00Z' }),
      item('b.png', { size: 1, lastModifiedDateTime: '2026-01-03T00:00:00Z' }),
    ];
    expect(names(sorted(items, 'size', false))).toEqual(['b.png', 'a.txt', 'c.png']);
    expect(names(sorted(items, 'modified', true))).toEqual(['b.png', 'a.txt', 'c.png']);
    expect(names(sorted(items, 'kind', false))).toEqual(['b.png', 'c.png', 'a.txt']);
  });
});

it('merging a page gives the same order as sorting everything', () => {
  const items = Array.from({ length: 60 }, (_, index) =>
    item(`n${(index * 37) % 61}`, { size: (index * 7) % 5, ...(index % 9 === 0 ? folder : {}) }),
  );
  for (const key of ['name', 'size'] as const)
    for (const descending of [false, true]) {
      const first = sorted(items.slice(0, 40), key, descending);
      const all = merged(first, items.slice(40), key, descending);
      expect(names(all)).toEqual(names(sorted(items, key, descending)));
    }
});

describe('filtering', () => {
  const items = ['Report 2025.pdf', 'report 2026.pdf', 'photo (1).png', 'a+b.txt'].map((name) => item(name));

  it.each([
    ['', 4],
    ['report', 2],
    ['2026 REPORT', 1],
    ['*.png', 1],
    ['photo?(1).*', 1],
    ['a+b', 1],
    ['a+*', 1],
    ['.*', 0],
  ])('"%s" matches %i items', (filter, count) => expect(filtered(items, filter)).toHaveLength(count));
});
