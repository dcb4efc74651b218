/** Stores whole content under a name: the last step of every upload, simple or by session. */

import { mimeTypeOf } from '../../core/media-type.ts';
import { nameAlreadyExists } from '../../core/service-error.ts';
import type { Records } from '../../storage/storage.ts';
import { currentVersion, keepVersion } from '../../versions/versions.ts';
import type { DriveRecord } from '../drives/drive-record.ts';
import type { Actor } from '../items/actor.ts';
import { addItem, type Content, type Draft } from '../items/add-item.ts';
import { changeItem } from '../items/change-item.ts';
import { checkQuota } from '../items/check-place.ts';
import { type ConflictBehavior, decideConflict, freeName } from '../items/conflict.ts';
import type { ItemRecord } from '../items/item-record.ts';
import { addToAncestors, childNamed } from '../items/tree.ts';

/** Properties of a file besides its content. */
export type FileFacts = Pick<Draft, 'description' | 'fsCreated' | 'fsModified'>;

export interface PutFile {
  readonly parent: ItemRecord;
  readonly name: string;
  readonly content: Content;
  readonly behavior: ConflictBehavior;
  readonly facts?: FileFacts;
}

export interface PutResult {
  readonly item: ItemRecord;
  readonly created: boolean;
}

/**
 * Creates or replaces a file.
 * @throws ServiceError 409 if the name is taken and the conflict behavior does not allow replacing, 400 for an invalid name,
 * 507 if the quota is exceeded.
 */
export function putFile(records: Records, drive: DriveRecord, put: PutFile, actor: Actor): PutResult {
  const existing = childNamed(records, put.parent, put.name);
  const outcome = decideConflict('file', existing?.data.kind, put.behavior);
  if (outcome === 'replace' && existing !== undefined)
    return { item: replaceContent(records, drive, existing, put, actor), created: false };
  if (outcome !== 'create' && outcome !== 'rename') throw nameAlreadyExists();
  const name =
    outcome === 'create'
      ? put.name
      : freeName(put.name, 'file', (name) => childNamed(records, put.parent, name) !== undefined);
  const draft: Draft = { ...put.facts, name, kind: 'file', content: put.content, mimeType: mimeTypeOf(name) };
  return { item: addItem(records, drive, put.parent, draft, actor), created: true };
}

/** Replaces the content of a file. @throws ServiceError 507 if the quota is exceeded. */
export function replaceContent(
  records: Records,
  drive: DriveRecord,
  item: ItemRecord,
  put: Pick<PutFile, 'content' | 'facts'>,
  actor: Actor,
): ItemRecord {
  const { content, facts = {} } = put;
  // The previous content becomes a version; on business drives it still counts against the quota.
  checkQuota(records, drive, drive.kind === 'personal' ? content.size - item.size : content.size);
  records.retainBlob(content.blob);
  keepVersion(records, drive, item);
  const row = { blob: content.blob, size: content.size, contentVersion: item.contentVersion + 1 };
  const data = {
    hashes: content.hashes,
    versionNumber: currentVersion(item) + 1,
    fsModified: facts.fsModified ?? actor.now,
    ...(facts.fsCreated === undefined ? {} : { fsCreated: facts.fsCreated }),
    ...(facts.description === undefined ? {} : { description: facts.description }),
  };
  const changed = changeItem(records, item, { row, data }, actor);
  addToAncestors(records, item.parent, content.size - item.size);
  return changed;
}
