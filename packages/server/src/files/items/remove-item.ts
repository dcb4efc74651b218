/** Deletes items: to the recycle bin, back from it, or permanently. */

import { accessDenied, invalidRequest, itemNotFound, nameAlreadyExists } from '../../core/service-error.ts';
import { setCustomThumbnail } from '../../media/custom-thumbnail.ts';
import type { Records } from '../../storage/storage.ts';
import { dropVersions } from '../../versions/versions.ts';
import type { DriveRecord } from '../drives/drive-record.ts';
import type { Actor } from './actor.ts';
import { changeItem } from './change-item.ts';
import { checkName, checkQuota } from './check-place.ts';
import { type ConflictBehavior, decideConflict, freeName } from './conflict.ts';
import type { ItemRecord } from './item-record.ts';
import { foldName } from './name-folding.ts';
import { addToAncestors, childNamed, countChild, isFolder } from './tree.ts';

/** The state of a permanently deleted item; its row remains as a tombstone of the change log. */
const purged = -1;

/** Moves an item and everything below it to the recycle bin. @throws ServiceError 403 for a root. */
export function removeItem(records: Records, drive: DriveRecord, item: ItemRecord, actor: Actor): void {
  if (item.parent === 0) throw accessDenied('The root of a drive cannot be deleted.');
  const marked = changeItem(records, item, {}, actor);
  records.moveTreeToBin(item.key, 0, item.key, records.lastSequence(drive.number) + 1);
  countChild(records, item.parent, -1);
  addToAncestors(records, item.parent, -marked.size);
}

/** Permanently deletes an item, whether it is in the recycle bin or not. @throws ServiceError 403 for a root. */
export function purgeItem(records: Records, drive: DriveRecord, item: ItemRecord, actor: Actor): void {
  if (item.bin === 0) removeItem(records, drive, item, actor);
  const state = records.item(item.key)?.bin ?? purged;
  if (state === purged) return;
  const first = records.lastSequence(drive.number) + 1;
  const count = records.moveTreeToBin(item.key, state, purged, first);
  for (const row of records.changes(drive.number, first - 1, count)) {
    if (row.blob !== null) records.releaseBlob(row.blob);
    dropVersions(records, row.key);
    setCustomThumbnail(records, row, undefined);
    records.putItem({ ...row, blob: null, size: 0 });
  }
}

export interface Restoration {
  readonly parent?: ItemRecord | undefined;
  readonly name?: string | undefined;
  /** If the name is taken. Default: fail. */
  readonly behavior?: ConflictBehavior | undefined;
}

/**
 * Restores an item from the recycle bin.
 * @throws ServiceError 404 if it is not in the recycle bin or its folder no longer exists, 409 if the name is taken.
 */
export function restoreItem(
  records: Records,
  drive: DriveRecord,
  item: ItemRecord,
  to: Restoration,
  actor: Actor,
): ItemRecord {
  if (item.bin <= 0) throw itemNotFound('The item is not in the recycle bin.');
  const parent = to.parent ?? records.item(item.parent);
  if (parent === undefined || parent.bin !== 0)
    throw itemNotFound('The folder that contained the item no longer exists.');
  if (!isFolder(parent)) throw invalidRequest('The new parent is not a folder.');
  const name = restoredName(records, drive, item, { ...to, parent }, actor);
  checkName(records, drive, parent, name);
  checkQuota(records, drive, item.size);
  const row = { parent: parent.key, name, folded: foldName(name) };
  changeItem(records, item, { row }, actor);
  records.moveTreeToBin(item.key, item.bin, 0, records.lastSequence(drive.number) + 1);
  countChild(records, parent.key, 1);
  addToAncestors(records, parent.key, item.size);
  return records.item(item.key) ?? item;
}

/** The name of a restored item, after the conflict behavior. A folder never replaces an item, and is never replaced. */
function restoredName(
  records: Records,
  drive: DriveRecord,
  item: ItemRecord,
  { parent, name = item.name, behavior = 'fail' }: Restoration & { readonly parent: ItemRecord },
  actor: Actor,
): string {
  const existing = childNamed(records, parent, name);
  switch (decideConflict(item.data.kind, existing?.data.kind, behavior)) {
    case 'create':
      return name;
    case 'replace':
      if (existing !== undefined) removeItem(records, drive, existing, actor);
      return name;
    case 'rename':
      return freeName(name, item.data.kind, (taken) => childNamed(records, parent, taken) !== undefined);
    case 'merge':
    case 'fail':
      throw nameAlreadyExists();
  }
}
