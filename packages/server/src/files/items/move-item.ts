/** Rename and move: an item keeps its id and everything below it. */

import { accessDenied, invalidRequest, nameAlreadyExists } from '../../core/service-error.ts';
import type { Records } from '../../storage/storage.ts';
import type { DriveRecord } from '../drives/drive-record.ts';
import type { Actor } from './actor.ts';
import { changeItem } from './change-item.ts';
import { checkName } from './check-place.ts';
import { type ConflictBehavior, decideConflict, freeName } from './conflict.ts';
import type { ItemData, ItemRecord } from './item-record.ts';
import { foldName } from './name-folding.ts';
import { removeItem } from './remove-item.ts';
import { addToAncestors, ancestors, childNamed, countChild, isFolder } from './tree.ts';

export interface Move {
  /** Undefined: the folder does not change. */
  readonly parent?: ItemRecord | undefined;
  /** Undefined: the name does not change. */
  readonly name?: string | undefined;
  readonly behavior: ConflictBehavior;
  /** Other changes that are applied together with the move. */
  readonly data?: Partial<ItemData>;
}

/**
 * Applies a PATCH.
 * @throws ServiceError 409 if the name is taken, 400 for an invalid name or a move into itself, 403 for the root.
 */
export function moveItem(
  records: Records,
  drive: DriveRecord,
  item: ItemRecord,
  move: Move,
  actor: Actor,
): ItemRecord {
  const parent = move.parent ?? records.item(item.parent);
  const moved = parent !== undefined && parent.key !== item.parent;
  const name = move.name ?? item.name;
  if (!moved && name === item.name) return changeItem(records, item, { data: move.data ?? {} }, actor);
  if (parent === undefined || item.parent === 0)
    throw accessDenied('The root of a drive cannot be moved or renamed.');
  if (!isFolder(parent)) throw invalidRequest('The new parent is not a folder.');
  if ([...ancestors(records, parent), parent].some((step) => step.key === item.key))
    throw invalidRequest('An item cannot be moved into itself.', 'invalidPath');
  const final = settleName(records, drive, { item, parent, name, behavior: move.behavior }, actor);
  checkName(records, drive, parent, final);
  return place(records, item, { parent, name: final, moved, data: move.data ?? {} }, actor);
}

interface Claim {
  readonly item: ItemRecord;
  readonly parent: ItemRecord;
  readonly name: string;
  readonly behavior: ConflictBehavior;
}

/** The name of the item at the target; a replaced item is moved to the recycle bin. */
function settleName(records: Records, drive: DriveRecord, claim: Claim, actor: Actor): string {
  const { item, parent, name, behavior } = claim;
  const child = childNamed(records, parent, name);
  const existing = child?.key === item.key ? undefined : child;
  const outcome = decideConflict(item.data.kind, existing?.data.kind, behavior);
  if (outcome === 'create') return name;
  if (outcome === 'rename') {
    const isTaken = (candidate: string): boolean => {
      const other = childNamed(records, parent, candidate);
      return other !== undefined && other.key !== item.key;
    };
    return freeName(name, item.data.kind, isTaken);
  }
  if (outcome !== 'replace' || existing === undefined) throw nameAlreadyExists();
  removeItem(records, drive, existing, actor);
  return name;
}

interface Placement {
  readonly parent: ItemRecord;
  readonly name: string;
  readonly moved: boolean;
  readonly data: Partial<ItemData>;
}

function place(
  records: Records,
  item: ItemRecord,
  { parent, name, moved, data }: Placement,
  actor: Actor,
): ItemRecord {
  // A move sets the modification time, unless the client sends one.
  const time = moved && data.fsModified === undefined ? { fsModified: actor.now } : {};
  const row = { parent: parent.key, name, folded: foldName(name) };
  const changed = changeItem(records, item, { row, data: { ...time, ...data } }, actor);
  if (moved) {
    countChild(records, item.parent, -1);
    addToAncestors(records, item.parent, -item.size);
    countChild(records, parent.key, 1);
    addToAncestors(records, parent.key, item.size);
  }
  return changed;
}
