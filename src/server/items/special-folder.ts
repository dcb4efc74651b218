/** Special folders are found by name once and by id ever after: they survive being renamed and moved. */
import { specialFolderPath } from '../domain/special-folders.ts';
import { itemNotFound } from '../service-error.ts';
import type { DriveRecord } from '../storage/records/drive-record.ts';
import type { ItemRecord } from '../storage/records/item-record.ts';
import type { Records } from '../storage/storage.ts';
import type { Actor } from './actor.ts';
import { addItem } from './add-item.ts';
import { childNamed, isFolder } from './tree.ts';

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

/** Makes a special folder where there is none. @throws ServiceError 404 for a name that the drive does not know. */
export function provideSpecialFolder(records: Records, drive: DriveRecord, name: string, actor: Actor): void {
  if (knownSpecialFolder(records, drive, name) !== undefined) return;
  const path = specialFolderPath(drive.kind, name);
  let at = records.item(drive.root);
  if (path === undefined || at === undefined) throw itemNotFound(`There is no special folder ${name}.`);
  for (const [depth, step] of path.entries()) {
    const last = depth === path.length - 1;
    const found = childNamed(records, at, step);
    if (found !== undefined && !isFolder(found))
      throw itemNotFound(`The special folder ${name} cannot be made.`);
    const draft = { name: step, kind: 'folder', ...(last ? { specialFolder: name } : {}) } as const;
    at = found ?? addItem(records, drive, at, draft, actor);
  }
  if (at.data.specialFolder !== name)
    at = records.putItem({ ...at, data: { ...at.data, specialFolder: name } });
  noteSpecialFolder(records, drive, name, at);
}
