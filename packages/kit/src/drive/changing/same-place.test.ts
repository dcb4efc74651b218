import { expect, it } from 'vitest';
import type { DriveItem } from '../../graph/types/index.ts';
import { isSamePlace, isWithin } from './same-place.ts';

const item = (id: string, name: string, parent?: string, parentId?: string): DriveItem =>
  ({
    id,
    name,
    parentReference: { ...(parent === undefined ? {} : { path: `/drive/root:${parent}` }), id: parentId },
  }) as DriveItem;

it('an item is within itself, whatever its paths', () => {
  expect(isWithin(item('1', 'a'), item('1', 'b'))).toBe(true);
});

it('a folder is within each of its ancestors, in any case and normalization', () => {
  const ancestor = item('1', 'Caf\u00e9', '/top');
  expect(isWithin(item('2', 'x', '/TOP/Cafe\u0301'), ancestor)).toBe(true);
  expect(isWithin(item('3', 'y', '/top/caf%C3%A9/x'), ancestor)).toBe(true);
});

it('a sibling whose name starts with the name of the item is not within it', () => {
  expect(isWithin(item('2', 'Docs2', ''), item('1', 'Docs', ''))).toBe(false);
});

it('without paths only the id decides', () => {
  expect(isWithin(item('2', 'x'), item('1', 'a'))).toBe(false);
});

it('the place is the same only in the same folder under an equal name', () => {
  const folder = item('9', 'folder');
  expect(isSamePlace(item('1', 'a.txt', '', '9'), folder, 'A.TXT')).toBe(true);
  expect(isSamePlace(item('1', 'a.txt', '', '8'), folder, 'a.txt')).toBe(false);
  expect(isSamePlace(item('1', 'a.txt', '', '9'), folder, 'b.txt')).toBe(false);
});
