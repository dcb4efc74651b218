/** Where items stand. */

import type { Records } from '../../storage/storage.ts';
import type { DriveRecord } from '../drives/drive-record.ts';
import type { Place } from './item-json.ts';
import type { ItemRecord } from './item-record.ts';
import { ancestors } from './tree.ts';

/** Where an item stands. */
export function placeOf(records: Records, drive: DriveRecord, item: ItemRecord): Place {
  return placeBelow(drive, ancestors(records, item));
}

/** The place of everything directly in `folder`. */
export function placeIn(records: Records, drive: DriveRecord, folder: ItemRecord): Place {
  return placeBelow(drive, [...ancestors(records, folder), folder]);
}

interface Known {
  readonly place: Place;
  /** The records that it was made of. */
  readonly chain: readonly ItemRecord[];
}

/** One place for everything in a folder, as long as the folder and those above it are what they were. */
const known = new WeakMap<ItemRecord, Known>();

function placeBelow(drive: DriveRecord, chain: readonly ItemRecord[]): Place {
  const parent = chain.at(-1);
  const last = parent && known.get(parent);
  if (last?.place.drive === drive && isSame(last.chain, chain)) return last.place;
  const place: Place = { drive, parent, path: chain.slice(1).map((step) => step.name) };
  if (parent !== undefined) known.set(parent, { place, chain });
  return place;
}

function isSame(left: readonly ItemRecord[], right: readonly ItemRecord[]): boolean {
  return left.length === right.length && left.every((record, at) => record === right[at]);
}

/** The same for a page of items: what siblings share is looked up once. For transactions that only read. */
export function placesOf(records: Records, drive: DriveRecord): (item: ItemRecord) => Place {
  const known = new Map<number, Place>();
  return (item) => {
    const place = known.get(item.parent) ?? placeOf(records, drive, item);
    known.set(item.parent, place);
    return place;
  };
}
