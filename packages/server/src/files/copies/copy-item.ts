/** Copies an item with everything below it. The copies share the blobs, because a blob never changes. */

import { invalidRequest, nameAlreadyExists, ServiceError } from '../../core/service-error.ts';
import type { Records } from '../../storage/storage.ts';
import { copyVersions } from '../../versions/versions.ts';
import type { DriveRecord } from '../drives/drive-record.ts';
import type { Actor } from '../items/actor.ts';
import { addItem, type Draft } from '../items/add-item.ts';
import { type ConflictBehavior, decideConflict, freeName } from '../items/conflict.ts';
import type { ItemRecord } from '../items/item-record.ts';
import { isVault } from '../items/locked-vault.ts';
import { removeItem } from '../items/remove-item.ts';
import { childNamed } from '../items/tree.ts';

/** Maximum number of items of one copy: https://learn.microsoft.com/graph/api/driveitem-copy */
const copyLimit = 30_000;

export interface Copy {
  readonly drive: DriveRecord;
  readonly parent: ItemRecord;
  readonly name: string;
  readonly behavior: ConflictBehavior;
  /** Whether earlier versions are copied too. */
  readonly history?: boolean;
}

/**
 * Copies `item` into `to.parent`.
 * @throws ServiceError 409 if the name is taken, 507 if the quota is exceeded, 400 if the tree is too large.
 */
export function copyItem(records: Records, item: ItemRecord, to: Copy, actor: Actor): ItemRecord {
  if (item.data.kind === 'shortcut')
    throw invalidRequest('A shortcut to a shared folder cannot be copied; copy the folder on its own drive.');
  // The tree is read completely before anything is written, because the target may be inside it.
  const tree = collect(records, item);
  const existing = childNamed(records, to.parent, to.name);
  const outcome = decideConflict(item.data.kind, existing?.data.kind, to.behavior);
  if (outcome === 'fail' || outcome === 'merge') throw nameAlreadyExists('Name already exists');
  if (outcome === 'replace' && existing !== undefined) removeItem(records, to.drive, existing, actor);
  const isTaken = (name: string): boolean => childNamed(records, to.parent, name) !== undefined;
  const name = outcome === 'rename' ? freeName(to.name, item.data.kind, isTaken) : to.name;
  const copies = new Map<number, number>();
  for (const source of tree) {
    const parentKey = source.key === item.key ? to.parent.key : (copies.get(source.parent) ?? to.parent.key);
    const parent = records.item(parentKey) ?? to.parent;
    const draft = draftOf(source, source.key === item.key ? name : source.name);
    const made = addItem(records, to.drive, parent, draft, actor);
    if (to.history === true) copyVersions(records, source, made);
    copies.set(source.key, made.key);
  }
  const top = records.item(copies.get(item.key) ?? 0);
  if (top === undefined) throw new ServiceError(500, 'generalException', 'The copied item no longer exists.');
  return top;
}

/** Copies the children of `folder` into `to.parent`, which is returned. @throws ServiceError as {@link copyItem}. */
export function copyChildren(records: Records, folder: ItemRecord, to: Copy, actor: Actor): ItemRecord {
  const children = records.children(folder.key, { order: 'wire', limit: copyLimit + 1 });
  for (const child of children.filter((one) => one.data.kind !== 'shortcut' && !isVault(one))) {
    const parent = records.item(to.parent.key) ?? to.parent;
    copyItem(records, child, { ...to, parent, name: child.name }, actor);
  }
  return to.parent;
}

/** The item and everything below it, parents first. Shortcuts belong to their drive and are not copied. */
function collect(records: Records, item: ItemRecord): readonly ItemRecord[] {
  const tree = [item];
  for (const folder of tree) {
    if (folder.rank !== 0) continue;
    const within = records.children(folder.key, { order: 'wire', limit: copyLimit + 1 });
    tree.push(...within.filter(({ data }) => data.kind !== 'shortcut'));
    if (tree.length > copyLimit)
      throw new ServiceError(400, 'invalidRequest', `A copy can hold at most ${copyLimit} items.`, {
        inner: ['tooManyItems'],
      });
  }
  return tree;
}

/** Times, description and versions are not copied. */
function draftOf(source: ItemRecord, name: string): Draft {
  const { kind, hashes, mimeType, packageType } = source.data;
  const content =
    source.blob === null || hashes === undefined
      ? undefined
      : { blob: source.blob, size: source.size, hashes };
  return { name, kind: kind === 'root' ? 'folder' : kind, content, mimeType, packageType };
}
