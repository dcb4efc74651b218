/** Where items stand. */
import type { DriveRecord } from '../storage/records/drive-record.ts';
import type { ItemRecord } from '../storage/records/item-record.ts';
import type { Records } from '../storage/storage.ts';
import type { Place } from './item-json.ts';
import { ancestors } from './tree.ts';

/** Where an item stands. */
export function placeOf(records: Records, drive: DriveRecord, item: ItemRecord): Place {
  const chain = ancestors(records, item);
  return { drive, parent: chain.at(-1), path: chain.slice(1).map((step) => step.name) };
}

/** The place of everything directly in `folder`. */
export function placeIn(records: Records, drive: DriveRecord, folder: ItemRecord): Place {
  const own = placeOf(records, drive, folder);
  return { drive, parent: folder, path: folder.parent === 0 ? [] : [...own.path, folder.name] };
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
