/** Special folders are looked up by name once and by id afterwards, so they can be renamed and moved. */

import type { Records } from '../../storage/storage.ts';
import type { DriveRecord } from '../drives/drive-record.ts';
import type { ItemRecord } from '../items/item-record.ts';

const kind = 'special-folder';

/** The special folder of that name, if it exists. */
export function knownSpecialFolder(
  records: Records,
  drive: DriveRecord,
  name: string,
): ItemRecord | undefined {
  const id = records.document(kind, `${drive.id}/${name}`);
  const item = typeof id === 'string' ? records.itemById(drive.number, id) : undefined;
  return item?.bin === 0 ? item : undefined;
}

/** Stores that `item` is the special folder of that name. */
export function noteSpecialFolder(
  records: Records,
  drive: DriveRecord,
  name: string,
  item: ItemRecord,
): void {
  records.putDocument(kind, `${drive.id}/${name}`, item.id);
}
