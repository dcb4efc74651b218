/** New folders: one by name, or all that a path still lacks. */
import { type ConflictBehavior, decideConflict, freeName } from '../domain/conflict.ts';
import { nameAlreadyExists } from '../service-error.ts';
import type { DriveRecord } from '../storage/records/drive-record.ts';
import type { ItemRecord, RemoteRecord } from '../storage/records/item-record.ts';
import type { Records } from '../storage/storage.ts';
import type { Actor } from './actor.ts';
import { addItem } from './add-item.ts';
import { childNamed } from './tree.ts';

/** Creates a folder. @throws ServiceError 409 when the name is taken, 400 when it is refused. */
export function makeFolder(
  records: Records,
  drive: DriveRecord,
  parent: ItemRecord,
  wanted: {
    readonly name: string;
    readonly behavior: ConflictBehavior;
    readonly description?: string | undefined;
  },
  actor: Actor,
): { readonly item: ItemRecord; readonly created: boolean } {
  const existing = childNamed(records, parent, wanted.name);
  const outcome = decideConflict('folder', existing?.data.kind, wanted.behavior);
  if (outcome === 'merge' && existing !== undefined) return { item: existing, created: false };
  if (outcome !== 'create' && outcome !== 'rename') throw nameAlreadyExists();
  const name =
    outcome === 'create'
      ? wanted.name
      : freeName(wanted.name, 'folder', (name) => childNamed(records, parent, name) !== undefined);
  const draft = { name, kind: 'folder', description: wanted.description } as const;
  return { item: addItem(records, drive, parent, draft, actor), created: true };
}

/** Adds a shortcut to a folder of another drive. @throws ServiceError 409 when the name is taken, 400 when it is refused. */
export function makeShortcut(
  records: Records,
  drive: DriveRecord,
  parent: ItemRecord,
  wanted: { readonly name: string; readonly behavior: ConflictBehavior; readonly remote: RemoteRecord },
  actor: Actor,
): ItemRecord {
  const taken = (name: string): boolean => childNamed(records, parent, name) !== undefined;
  if (taken(wanted.name) && wanted.behavior !== 'rename') throw nameAlreadyExists();
  const name = freeName(wanted.name, 'shortcut', taken);
  return addItem(records, drive, parent, { name, kind: 'shortcut', remote: wanted.remote }, actor);
}

/** Walks down `names` from `parent`, making every folder that is missing: new files and folders by path do that. */
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
