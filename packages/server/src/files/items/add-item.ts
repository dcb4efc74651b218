/** Adds a new item to a folder. All items are created here. */

import type { Records } from '../../storage/storage.ts';
import type { DriveRecord } from '../drives/drive-record.ts';
import { knownSpecialFolder, noteSpecialFolder } from '../folders/special-folder.ts';
import { specialNameAtRoot } from '../folders/special-folders.ts';
import type { Actor } from './actor.ts';
import { checkName, checkQuota } from './check-place.ts';
import { itemId } from './item-ids.ts';
import type { HashRecord, ItemKind, ItemRecord, RemoteRecord } from './item-record.ts';
import { foldName } from './name-folding.ts';
import { addToAncestors } from './tree.ts';

/** The stored content of a file. */
export interface Content {
  readonly blob: string;
  readonly size: number;
  readonly hashes: HashRecord;
}

export interface Draft {
  readonly name: string;
  readonly kind: Exclude<ItemKind, 'root'>;
  readonly content?: Content | undefined;
  readonly mimeType?: string | undefined;
  readonly description?: string | undefined;
  readonly fsCreated?: number | undefined;
  readonly fsModified?: number | undefined;
  readonly packageType?: string | undefined;
  readonly specialFolder?: string | undefined;
  readonly remote?: RemoteRecord | undefined;
}

/**
 * Adds an item whose name is not taken.
 * @throws ServiceError 400 for an invalid name, 507 if the quota is exceeded.
 */
export function addItem(
  records: Records,
  drive: DriveRecord,
  parent: ItemRecord,
  draft: Draft,
  actor: Actor,
): ItemRecord {
  checkName(records, drive, parent, draft.name);
  const size = draft.content?.size ?? 0;
  checkQuota(records, drive, size);
  const sequence = records.lastSequence(drive.number) + 1;
  const guid = actor.guid();
  const special = draft.specialFolder ?? specialName(records, drive, parent, draft);
  if (draft.content !== undefined) records.retainBlob(draft.content.blob);
  const item = records.putItem({
    drive: drive.number,
    id: itemId(drive, guid, sequence),
    parent: parent.key,
    name: draft.name,
    folded: foldName(draft.name),
    rank: draft.kind === 'folder' || draft.kind === 'shortcut' ? 0 : 1,
    size,
    children: 0,
    version: 1,
    contentVersion: 1,
    modified: actor.now,
    sequence,
    bin: 0,
    blob: draft.content?.blob ?? null,
    data: dataOf({ ...draft, specialFolder: special }, guid, actor),
  });
  if (special !== undefined) noteSpecialFolder(records, drive, special, item);
  addToAncestors(records, parent.key, size, 1);
  return item;
}

/** A folder called Documents at the root becomes the documents folder, unless there already is one. */
function specialName(
  records: Records,
  drive: DriveRecord,
  parent: ItemRecord,
  draft: Draft,
): string | undefined {
  if (parent.parent !== 0 || draft.kind !== 'folder') return undefined;
  const name = specialNameAtRoot(drive.kind, foldName(draft.name));
  return name === undefined || knownSpecialFolder(records, drive, name) !== undefined ? undefined : name;
}

function dataOf(draft: Draft, guid: string, actor: Actor): ItemRecord['data'] {
  return {
    kind: draft.kind,
    guid,
    created: actor.now,
    createdBy: actor.identity,
    modifiedBy: actor.identity,
    fsCreated: draft.fsCreated ?? actor.now,
    fsModified: draft.fsModified ?? actor.now,
    description: draft.description,
    mimeType: draft.mimeType,
    hashes: draft.content?.hashes,
    packageType: draft.packageType,
    specialFolder: draft.specialFolder,
    ...(draft.remote === undefined ? {} : { remote: draft.remote }),
  };
}
