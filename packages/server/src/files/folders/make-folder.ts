/** Creates folders: one by name, or all missing folders of a path. */

import { nameAlreadyExists } from '../../core/service-error.ts';
import type { Records } from '../../storage/storage.ts';
import type { DriveRecord } from '../drives/drive-record.ts';
import type { Actor } from '../items/actor.ts';
import { addItem } from '../items/add-item.ts';
import { changeItem } from '../items/change-item.ts';
import { type ConflictBehavior, decideConflict, freeName } from '../items/conflict.ts';
import type { ItemRecord, RemoteRecord } from '../items/item-record.ts';
import { childNamed } from '../items/tree.ts';

/** Creates a folder. @throws ServiceError 409 if the name is taken, 400 if it is invalid. */
export function makeFolder(
  records: Records,
  drive: DriveRecord,
  parent: ItemRecord,
  wanted: {
    readonly name: string;
    readonly behavior: ConflictBehavior;
    readonly description?: string | undefined;
    readonly fsCreated?: number | undefined;
    readonly fsModified?: number | undefined;
  },
  actor: Actor,
): { readonly item: ItemRecord; readonly created: boolean } {
  const existing = childNamed(records, parent, wanted.name);
  const outcome = decideConflict('folder', existing?.data.kind, wanted.behavior);
  const { name: wantedName, description, fsCreated, fsModified } = wanted;
  const facts = { description, fsCreated, fsModified };
  if (outcome === 'merge' && existing !== undefined) {
    const data = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
    const same = Object.keys(data).length === 0;
    return { item: same ? existing : changeItem(records, existing, { data }, actor), created: false };
  }
  if (outcome !== 'create' && outcome !== 'rename') throw nameAlreadyExists();
  const name =
    outcome === 'create'
      ? wantedName
      : freeName(wantedName, 'folder', (name) => childNamed(records, parent, name) !== undefined);
  const draft = { ...facts, name, kind: 'folder' } as const;
  return { item: addItem(records, drive, parent, draft, actor), created: true };
}

/** Adds a shortcut to a folder of another drive. @throws ServiceError 409 if the name is taken, 400 if it is invalid. */
export function makeShortcut(
  records: Records,
  drive: DriveRecord,
  parent: ItemRecord,
  wanted: { readonly name: string; readonly behavior: ConflictBehavior; readonly remote: RemoteRecord },
  actor: Actor,
): ItemRecord {
  const isTaken = (name: string): boolean => childNamed(records, parent, name) !== undefined;
  if (isTaken(wanted.name) && wanted.behavior !== 'rename') throw nameAlreadyExists();
  const name = freeName(wanted.name, 'shortcut', isTaken);
  return addItem(records, drive, parent, { name, kind: 'shortcut', remote: wanted.remote }, actor);
}

/**
 * Follows `names` from `parent` and creates each missing folder; used for new files and folders that are addressed by path.
 */
export function makeParents(
  records: Records,
  drive: DriveRecord,
  parent: ItemRecord,
  names: readonly string[],
  actor: Actor,
): ItemRecord {
  let at = parent;
  for (const name of names) at = addItem(records, drive, at, { name, kind: 'folder' }, actor);
  return records.item(at.key) ?? at;
}
