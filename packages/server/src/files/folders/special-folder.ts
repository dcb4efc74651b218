/** Special folders are found by name once and by id ever after: they survive being renamed and moved. */

import type { Records } from '../../storage/storage.ts';
import type { DriveRecord } from '../drives/drive-record.ts';
import type { ItemRecord } from '../items/item-record.ts';

const kind = 'special-folder';

/** The special folder of that name, if there is one by now. */
export function knownSpecialFolder(
  records: Records,
  drive: DriveRecord,
  name: string,
): ItemRecord | undefined {
  const id = records.document(kind, `${drive.id}/${name}`);
  const item = typeof id === 'string' ? records.itemById(drive.number, id) : undefined;
  return item?.bin === 0 ? item : undefined;
}

/** Notes that `item` is the special folder of that name. */
export function noteSpecialFolder(
  records: Records,
  drive: DriveRecord,
  name: string,
  item: ItemRecord,
): void {
  records.putDocument(kind, `${drive.id}/${name}`, item.id);
}
