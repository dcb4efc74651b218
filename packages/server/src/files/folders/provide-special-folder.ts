/** Creates the special folders that clients address by name. */

import { itemNotFound } from '../../core/service-error.ts';
import type { Records } from '../../storage/storage.ts';
import type { DriveRecord } from '../drives/drive-record.ts';
import type { Actor } from '../items/actor.ts';
import { addItem } from '../items/add-item.ts';
import { childNamed, isFolder } from '../items/tree.ts';
import { knownSpecialFolder, noteSpecialFolder } from './special-folder.ts';
import { specialFolderPath } from './special-folders.ts';

/** Creates a special folder if it does not exist. @throws ServiceError 404 for a name that the drive does not support. */
export function provideSpecialFolder(records: Records, drive: DriveRecord, name: string, actor: Actor): void {
  if (knownSpecialFolder(records, drive, name) !== undefined) return;
  const path = specialFolderPath(drive.kind, name);
  let at = records.item(drive.root);
  if (path === undefined || at === undefined) throw itemNotFound(`There is no special folder ${name}.`);
  for (const [depth, step] of path.entries()) {
    const last = depth === path.length - 1;
    const child = childNamed(records, at, step);
    if (child !== undefined && !isFolder(child))
      throw itemNotFound(`The special folder ${name} cannot be created.`);
    const draft = { name: step, kind: 'folder', ...(last ? { specialFolder: name } : {}) } as const;
    at = child ?? addItem(records, drive, at, draft, actor);
  }
  if (at.data.specialFolder !== name)
    at = records.putItem({ ...at, data: { ...at.data, specialFolder: name } });
  noteSpecialFolder(records, drive, name, at);
}
