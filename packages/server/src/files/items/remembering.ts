/** A page of items asks for the same few folders again and again. */

import type { Records } from '../../storage/storage.ts';
import type { ItemRecord } from './item-record.ts';

/** The same records, with every item read at most once. For transactions that only read. */
export function remembering(records: Records): Records {
  const known = new Map<number, ItemRecord | undefined>();
  return {
    ...records,
    item(key) {
      if (known.has(key)) return known.get(key);
      const item = records.item(key);
      known.set(key, item);
      return item;
    },
  };
}
