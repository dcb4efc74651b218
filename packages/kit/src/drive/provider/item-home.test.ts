import { expect, test } from 'vitest';
import { itemAt, itemById } from '../../graph/item-ref-forms.ts';
import { homeOf, refOf, withHome } from './item-home.ts';

const item = { id: 'i1', name: 'a.txt' };

test('a copy of an item of another drive still names that drive', () => {
  const copy = { ...withHome(item, itemById('folder', 'other')) };
  expect(homeOf(copy)).toBe('other');
  expect(refOf(copy).anchor).toMatchObject({ kind: 'id', id: 'i1', drive: 'other' });
  expect(JSON.parse(JSON.stringify(copy))).toEqual({ ...item, homeDriveId: 'other' });
});

test('an item of the drive that was asked stays as it is', () => {
  expect(withHome(item, itemAt('Docs'))).toBe(item);
  expect(homeOf(item)).toBeUndefined();
});
