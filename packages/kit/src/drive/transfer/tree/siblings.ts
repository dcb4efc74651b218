/** Local siblings whose names OneDrive does not tell apart: which one keeps the name, and names for the others. Pure. */
import { OneDriveError } from '../../../errors/index.ts';
import type { DriveItem } from '../../../graph/types/index.ts';
import { foldName } from '../../address/item-names.ts';

/** A sibling, and the item or the other sibling that its name belongs to. */
export interface Resolved {
  readonly name: string;
  /** The item to compare with and to replace. */
  readonly there: DriveItem | undefined;
  /** The name that takes this one's place; undefined for a sibling without a collision. */
  readonly rival?: string | undefined;
}

/**
 * Decides among siblings that fold to the same name. A sibling whose exact name is in the drive keeps it; otherwise the
 * first one does.
 * @param names in their order.
 * @param items of the drive that fold to the same name.
 */
export function resolveSiblings(names: readonly string[], items: readonly DriveItem[]): Resolved[] {
  const exact = new Map(items.map((item) => [item.name, item]));
  const holder = names.find((name) => exact.has(name)) ?? names[0];
  return names.map((name) => {
    const there = exact.get(name) ?? (name === holder ? items[0] : undefined);
    return there !== undefined || name === holder ? { name, there } : { name, there, rival: holder };
  });
}

/**
 * The name with a number: `a 1.txt`, `folder 1`.
 * Source: https://learn.microsoft.com/graph/api/resources/driveitem (instance attributes, rename)
 */
export function numberedName(name: string, number: number, kind: 'file' | 'folder'): string {
  const dot = kind === 'file' ? name.lastIndexOf('.') : -1;
  return dot <= 0 ? `${name} ${number}` : `${name.slice(0, dot)} ${number}${name.slice(dot)}`;
}

/** True if OneDrive compares the names as equal, as far as is known. */
export function sameName(left: string, right: string): boolean {
  return foldName(left) === foldName(right);
}

/** The error for a sibling whose name belongs to another one. @param left what is left out with it. */
export function collision(path: string, rival: string, left?: string): OneDriveError {
  const more = left === undefined ? '' : ` Not uploaded: ${left}.`;
  return new OneDriveError('conflict', `OneDrive takes ${path} and ${rival} for the same name.${more}`, {
    hint: 'Rename one of them, or keep both with --rename.',
  });
}
