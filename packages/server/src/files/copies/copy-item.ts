/** Copies an item with all beneath it. Bytes are shared: a blob never changes. */

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

/** Items that one copy may hold: https://learn.microsoft.com/graph/api/driveitem-copy */
const copyLimit = 30_000;

export interface Copy {
  readonly drive: DriveRecord;
  readonly parent: ItemRecord;
  readonly name: string;
  readonly behavior: ConflictBehavior;
  /** Earlier versions come along. */
  readonly history?: boolean;
}

/**
 * Copies `item` into `to.parent`.
 * @throws ServiceError 409 when the name is taken, 507 when it does not fit, 400 when it is too large a tree.
 */
export function copyItem(records: Records, item: ItemRecord, to: Copy, actor: Actor): ItemRecord {
  if (item.data.kind === 'shortcut')
    throw invalidRequest('A shortcut to a shared folder cannot be copied; copy the folder on its own drive.');
  // Read whole before anything is written: the target may lie within.
  const tree = collect(records, item);
  const existing = childNamed(records, to.parent, to.name);
  const outcome = decideConflict(item.data.kind, existing?.data.kind, to.behavior);
  if (outcome === 'fail' || outcome === 'merge') throw nameAlreadyExists('Name already exists');
  if (outcome === 'replace' && existing !== undefined) removeItem(records, to.drive, existing, actor);
  const taken = (name: string): boolean => childNamed(records, to.parent, name) !== undefined;
  const name = outcome === 'rename' ? freeName(to.name, item.data.kind, taken) : to.name;
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
  if (top === undefined) throw new ServiceError(500, 'generalException', 'The copy is gone.');
  return top;
}

/** Copies what is in `folder` into `to.parent`, which is the answer. @throws ServiceError as {@link copyItem}. */
export function copyChildren(records: Records, folder: ItemRecord, to: Copy, actor: Actor): ItemRecord {
  const children = records.children(folder.key, { order: 'wire', limit: copyLimit + 1 });
  for (const child of children.filter((one) => one.data.kind !== 'shortcut' && !isVault(one))) {
    const parent = records.item(to.parent.key) ?? to.parent;
    copyItem(records, child, { ...to, parent, name: child.name }, actor);
  }
  return to.parent;
}

/** The item and all beneath it, parents first. Shortcuts belong to the drive that they are in, and stay there. */
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

/** Times, description and history are not copied. */
function draftOf(source: ItemRecord, name: string): Draft {
  const { kind, hashes, mimeType, packageType } = source.data;
  const content =
    source.blob === null || hashes === undefined
      ? undefined
      : { blob: source.blob, size: source.size, hashes };
  return { name, kind: kind === 'root' ? 'folder' : kind, content, mimeType, packageType };
}
