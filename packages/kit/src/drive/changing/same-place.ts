/** Detects moves and copies whose target is the source itself, or a folder below it. Pure. */
import { OneDriveError } from '../../errors/index.ts';
import type { DriveItem } from '../../graph/types/index.ts';
import { foldName } from '../address/item-names.ts';
import { itemPathOf } from '../address/item-path.ts';

/** Whether `folder` is `item` itself or, as far as their paths are known, a folder below it. */
export function isWithin(folder: DriveItem, item: DriveItem): boolean {
  if (folder.id === item.id) return true;
  const [outer, inner] = [itemPathOf(item), itemPathOf(folder)];
  return outer !== undefined && inner !== undefined && foldName(inner).startsWith(`${foldName(outer)}/`);
}

/** Whether `item` under `name` in `folder` is its current place, as OneDrive compares names. */
export function isSamePlace(item: DriveItem, folder: DriveItem, name: string): boolean {
  return item.parentReference?.id === folder.id && foldName(name) === foldName(item.name);
}

/** @param what the source, @param where the target, as paths. */
export function intoItself(verb: 'move' | 'copy', what: string, where: string): OneDriveError {
  return new OneDriveError(
    'usage',
    what === where
      ? `Cannot ${verb} ${what} into itself.`
      : `Cannot ${verb} ${what} into ${where}, which is below it.`,
    {
      hint: 'Choose another folder.',
    },
  );
}

/** @param what the item, as a path. */
export function ontoItself(what: string): OneDriveError {
  return new OneDriveError('conflict', `Cannot copy ${what} onto itself.`, {
    hint: { step: 'name', conflict: ['rename'] },
  });
}
