/** Finds the item of an address, within one transaction. */

import { itemNotFound } from '../../core/service-error.ts';
import { findShare } from '../../sharing/shares.ts';
import type { Records } from '../../storage/storage.ts';
import type { DriveRecord } from '../drives/drive-record.ts';
import { knownSpecialFolder } from '../folders/special-folder.ts';
import type { ItemSelector } from './drive-address.ts';
import type { ItemRecord } from './item-record.ts';
import { childNamed, isFolder } from './tree.ts';

/** How far an address could be followed: the last existing item, and the remaining names. */
export interface Resolution {
  readonly item: ItemRecord;
  readonly missing: readonly string[];
}

/**
 * Follows the path of `selector` to the last existing item.
 * @throws ServiceError 404 if the start does not exist, or the path leads through a file.
 */
export function reach(records: Records, drive: DriveRecord, selector: ItemSelector): Resolution {
  let item = startItem(records, drive, selector);
  for (let at = 0; at < selector.path.length; at++) {
    if (!isFolder(item)) throw itemNotFound('The path leads through an item that is not a folder.');
    const next = childNamed(records, item, selector.path[at] ?? '');
    if (next === undefined) return { item, missing: selector.path.slice(at) };
    item = next;
  }
  return { item, missing: [] };
}

/** The item of an address. @throws ServiceError 404 if it does not exist. */
export function findItem(records: Records, drive: DriveRecord, selector: ItemSelector): ItemRecord {
  const { item, missing } = reach(records, drive, selector);
  if (missing.length > 0) throw itemNotFound();
  return item;
}

/** The root item of a drive. */
export function rootOf(records: Records, drive: DriveRecord): ItemRecord {
  const root = records.item(drive.root);
  if (root === undefined) throw itemNotFound('The drive has no root.');
  return root;
}

function startItem(records: Records, drive: DriveRecord, selector: ItemSelector): ItemRecord {
  const { start } = selector;
  switch (start.by) {
    case 'root':
      return rootOf(records, drive);
    case 'id':
      return itemById(records, drive, start.id);
    case 'special':
      return specialFolder(records, drive, start.name);
    case 'list-item':
      return itemByKey(records, drive, start.id);
    case 'share':
      return findShare(records, start.token, 0).item;
  }
}

/** The item with that id in a drive, unless it is deleted. @throws ServiceError 404. */
export function itemById(records: Records, drive: DriveRecord, id: string): ItemRecord {
  const item = records.itemById(drive.number, id);
  if (item === undefined || item.bin !== 0) throw itemNotFound();
  return item;
}

/** The item with that list item id, which is the storage's key, unless it is deleted. @throws ServiceError 404. */
function itemByKey(records: Records, drive: DriveRecord, id: string): ItemRecord {
  const item = /^\d{1,15}$/.test(id) ? records.item(Number(id)) : undefined;
  if (item === undefined || item.bin !== 0 || item.drive !== drive.number) throw itemNotFound();
  return item;
}

function specialFolder(records: Records, drive: DriveRecord, name: string): ItemRecord {
  const item = knownSpecialFolder(records, drive, name);
  if (item === undefined) throw itemNotFound(`The special folder ${name} does not exist.`);
  return item;
}
