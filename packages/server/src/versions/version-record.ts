/** An earlier version of a file, from before its content was replaced. The current version is the item itself. */

import type { HashRecord, IdentityRecord } from '../files/items/item-record.ts';
import { collection } from '../storage/collection.ts';
import type { Records } from '../storage/storage.ts';

export interface VersionRecord {
  /** Numbered from 1; in the API `1.0`, `2.0` … */
  readonly number: number;
  /** Key of the item. */
  readonly item: number;
  readonly blob: string;
  /** Bytes. */
  readonly size: number;
  readonly hashes: HashRecord;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  readonly modifiedBy: IdentityRecord;
}

/** Versions by {@link versionKey}. */
export const versions = collection<VersionRecord>('version');

/** Keys of one item's versions are adjacent, in order of their numbers. */
export const versionKey = (item: number, number: number): string =>
  `${String(item).padStart(15, '0')}/${String(number).padStart(9, '0')}`;

/** The earlier versions of an item, oldest first. */
export function versionsOf(records: Records, item: number): readonly VersionRecord[] {
  const prefix = versionKey(item, 0).slice(0, 16);
  const found: VersionRecord[] = [];
  for (let after = prefix; ; ) {
    const page = versions.list(records, { after, limit: 100 });
    for (const version of page) {
      if (version.item !== item) return found;
      found.push(version);
      after = versionKey(item, version.number);
    }
    if (page.length < 100) return found;
  }
}
