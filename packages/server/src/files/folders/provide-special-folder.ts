/** Makes the special folders that a client asks for by name. */

import { itemNotFound } from '../../core/service-error.ts';
import type { Records } from '../../storage/storage.ts';
import type { DriveRecord } from '../drives/drive-record.ts';
import type { Actor } from '../items/actor.ts';
import { addItem } from '../items/add-item.ts';
import { childNamed, isFolder } from '../items/tree.ts';
import { knownSpecialFolder, noteSpecialFolder } from './special-folder.ts';
import { specialFolderPath } from './special-folders.ts';

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
