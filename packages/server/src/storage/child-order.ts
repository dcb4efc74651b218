/** The orders of a listing, spelled out once for both storages and for the cursor in a skip token. */

import type { ItemRecord } from '../files/items/item-record.ts';
import { compareCodePoints } from './code-point-order.ts';
import type { ChildCursor, ChildOrder } from './storage.ts';

/** The column that an order sorts by. */
function orderValue(item: ItemRecord, order: ChildOrder): string | number {
  switch (order) {
    case 'wire':
    case 'name':
      return item.folded;
    case 'size':
      return item.size;
    case 'modified':
      return item.modified;
    case 'created':
      return item.data.created;
  }
}

/** The place of an item in a listing. */
export function cursorOf(item: ItemRecord, order: ChildOrder): ChildCursor {
  return { rank: item.rank, value: orderValue(item, order), key: item.key };
}

/** Compares two places; ties end with the key, so that a listing has no doubt about where it goes on. */
export function compareCursors(left: ChildCursor, right: ChildCursor, order: ChildOrder): number {
  if (order === 'wire' && left.rank !== right.rank) return left.rank - right.rank;
  return compareValues(left.value, right.value) || left.key - right.key;
}

function compareValues(left: string | number, right: string | number): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return compareCodePoints(String(left), String(right));
}
