/** A cache of item records: the items of a page have the same few ancestors. */

import type { Records } from '../../storage/storage.ts';
import type { ItemRecord } from './item-record.ts';

/** The same records, with every item read at most once. For read-only transactions. */
export function cachedRecords(records: Records): Records {
  const cache = new Map<number, ItemRecord | undefined>();
  return {
    ...records,
    item(key) {
      if (cache.has(key)) return cache.get(key);
      const item = records.item(key);
      cache.set(key, item);
      return item;
    },
  };
}
