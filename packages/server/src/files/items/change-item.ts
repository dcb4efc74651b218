/** Changes an existing item: each change gives it a new eTag and a new position in the change log. */

import type { Records } from '../../storage/storage.ts';
import type { Actor } from './actor.ts';
import type { ItemData, ItemRecord } from './item-record.ts';

export interface Changes {
  readonly row?: Partial<Omit<ItemRecord, 'key' | 'drive' | 'id' | 'version' | 'sequence' | 'data'>>;
  readonly data?: Partial<ItemData>;
}

/** Applies `changes` as `actor`, with the current time. */
export function changeItem(records: Records, item: ItemRecord, changes: Changes, actor: Actor): ItemRecord {
  return records.putItem({
    ...item,
    modified: actor.now,
    ...changes.row,
    version: item.version + 1,
    sequence: records.lastSequence(item.drive) + 1,
    data: { ...item.data, modifiedBy: actor.identity, changedBefore: undefined, ...changes.data },
  });
}
