import { expect, it } from 'vitest';
import { follow, moveTo, nothing, selectAll, toggle } from './selection.ts';

const items = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
const ids = ({ ids }: { readonly ids: ReadonlySet<string> }) => [...ids].sort().join('');

it('a move replaces the selection, and stays within the list', () => {
  const moved = moveTo(moveTo(nothing, items, 1, 'replace'), items, 99, 'replace');
  expect([ids(moved), moved.cursor]).toEqual(['d', 3]);
  expect(moveTo(moved, items, -5, 'replace').cursor).toBe(0);
  expect(moveTo(moved, [], 0, 'replace')).toEqual(nothing);
});

it('Shift selects from the anchor in either direction', () => {
  const start = moveTo(nothing, items, 2, 'replace');
  const down = moveTo(start, items, 3, 'extend');
  expect(ids(down)).toBe('cd');
  expect(ids(moveTo(down, items, 0, 'extend'))).toBe('abc');
});

it('Ctrl moves the cursor without a selection, and a toggle adds and removes', () => {
  const moved = moveTo(moveTo(nothing, items, 0, 'replace'), items, 2, 'keep');
  const added = toggle(moved, items, 2);
  expect([ids(moved), ids(added), ids(toggle(added, items, 0))]).toEqual(['a', 'ac', 'c']);
});

it('all items can be selected', () => expect(ids(selectAll(nothing, items))).toBe('abcd'));

it('after a change of the list the cursor stays on its item, and what is gone is not selected', () => {
  const before = { ...selectAll(nothing, items), cursor: 2 };
  const after = follow(before, items, [{ id: 'c' }, { id: 'x' }]);
  expect([ids(after), after.cursor]).toEqual(['c', 0]);
  expect(follow(before, items, [{ id: 'x' }]).cursor).toBe(0);
});
