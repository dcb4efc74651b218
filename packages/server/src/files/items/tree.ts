/** Traverses the tree of a drive, over the records of one transaction. */

import type { Records } from '../../storage/storage.ts';
import type { ItemRecord } from './item-record.ts';
import { foldName } from './name-folding.ts';

/** The items from the root down to the parent of `item`; empty for a root. */
export function ancestors(records: Records, item: Pick<ItemRecord, 'parent'>): readonly ItemRecord[] {
  const chain: ItemRecord[] = [];
  for (let key = item.parent; key !== 0; ) {
    const parent = records.item(key);
    if (parent === undefined) break;
    chain.push(parent);
    key = parent.parent;
  }
  return chain.reverse();
}

/** Decoded names of the path from the root to `item` itself. */
export function pathNames(records: Records, item: ItemRecord): readonly string[] {
  const chain = [...ancestors(records, item), item];
  return chain.slice(1).map((step) => step.name);
}

/** The child of a folder with that name, compared case-insensitively, unless it is deleted. */
export function childNamed(records: Records, parent: ItemRecord, name: string): ItemRecord | undefined {
  return records.child(parent.key, foldName(name));
}

/**
 * Adds to the size and updates the cTag of a folder and its ancestors: the content of a folder is everything below it.
 * @param newChildren how much the number of the folder's own children changes.
 */
export function addToAncestors(records: Records, parent: number, bytes: number, newChildren = 0): void {
  for (let key = parent; key !== 0; ) {
    const folder = records.item(key);
    if (folder === undefined) return;
    const counts = {
      size: folder.size + bytes,
      children: key === parent ? folder.children + newChildren : folder.children,
      contentVersion: folder.contentVersion + 1,
    };
    records.putItem(Object.assign({}, folder, counts)); // In V8 a spread before properties takes ten times as long.
    key = folder.parent;
  }
}

/** Adds to the number of children. */
export function countChild(records: Records, parent: number, change: 1 | -1): void {
  const folder = records.item(parent);
  if (folder !== undefined) records.putItem({ ...folder, children: folder.children + change });
}

export const isFolder = (item: ItemRecord): boolean =>
  item.data.kind === 'folder' || item.data.kind === 'root';
