/** Places of items. */

import type { Records } from '../../storage/storage.ts';
import type { DriveRecord } from '../drives/drive-record.ts';
import type { Place } from './item-json.ts';
import type { ItemRecord } from './item-record.ts';
import { ancestors } from './tree.ts';

/** The place of an item. */
export function placeOf(records: Records, drive: DriveRecord, item: ItemRecord): Place {
  return placeBelow(drive, ancestors(records, item));
}

/** The place of the children of `folder`. */
export function placeIn(records: Records, drive: DriveRecord, folder: ItemRecord): Place {
  return placeBelow(drive, [...ancestors(records, folder), folder]);
}

interface CachedPlace {
  readonly place: Place;
  /** The records that the place was built from. */
  readonly chain: readonly ItemRecord[];
}

/** Cached per folder, for as long as the folder and its ancestors do not change. */
const cache = new WeakMap<ItemRecord, CachedPlace>();

function placeBelow(drive: DriveRecord, chain: readonly ItemRecord[]): Place {
  const parent = chain.at(-1);
  const last = parent && cache.get(parent);
  if (last?.place.drive === drive && isSame(last.chain, chain)) return last.place;
  const place: Place = { drive, parent, path: chain.slice(1).map((step) => step.name) };
  if (parent !== undefined) cache.set(parent, { place, chain });
  return place;
}

function isSame(left: readonly ItemRecord[], right: readonly ItemRecord[]): boolean {
  return left.length === right.length && left.every((record, at) => record === right[at]);
}

/** Cached for a page of items, so that siblings share one lookup. For read-only transactions. */
export function placesOf(records: Records, drive: DriveRecord): (item: ItemRecord) => Place {
  const placesByFolder = new Map<number, Place>();
  return (item) => {
    const place = placesByFolder.get(item.parent) ?? placeOf(records, drive, item);
    placesByFolder.set(item.parent, place);
    return place;
  };
}
