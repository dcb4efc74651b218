/** Local siblings whose names OneDrive considers equal: which one keeps the name, and numbered names for the others. Pure. */
import { OneDriveError } from '../../../errors/index.ts';
import type { DriveItem } from '../../../graph/types/index.ts';
import { foldName } from '../../address/item-names.ts';

/** A sibling, and the item or the other sibling that owns its name. */
export interface Resolved {
  readonly name: string;
  /** The item to compare with and to replace. */
  readonly item: DriveItem | undefined;
  /** The sibling that owns the name; undefined for a sibling without a collision. */
  readonly rival?: string | undefined;
}

/**
 * Decides which of the siblings that fold to the same name keeps it: the one whose exact name is in the drive, otherwise
 * the first one.
 * @param names in order of preference.
 * @param items the items of the drive that fold to the same name.
 */
export function resolveSiblings(names: readonly string[], items: readonly DriveItem[]): Resolved[] {
  const exact = new Map(items.map((item) => [item.name, item]));
  const owner = names.find((name) => exact.has(name)) ?? names[0];
  return names.map((name) => {
    const item = exact.get(name) ?? (name === owner ? items[0] : undefined);
    return item !== undefined || name === owner ? { name, item } : { name, item, rival: owner };
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

/** The error for a sibling whose name belongs to another one. @param notUploaded what is not uploaded because of it. */
export function collision(path: string, rival: string, notUploaded?: string): OneDriveError {
  const suffix = notUploaded === undefined ? '' : ` Not uploaded: ${notUploaded}.`;
  return new OneDriveError('conflict', `OneDrive considers ${path} and ${rival} the same name.${suffix}`, {
    hint: ['Rename one of them.', { step: 'option', option: 'existing', value: 'rename', to: 'keep both' }],
  });
}
