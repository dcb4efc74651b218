/** One item, by id or by path. */
import { isOneDriveError, OneDriveError } from '../errors/index.ts';
import type { ItemRef } from '../graph/item-ref.ts';
import { describeItem } from '../graph/item-ref-forms.ts';
import type { DriveItem } from '../graph/types/index.ts';
import { type DriveOptions, resolve, type Target } from './address/target.ts';
import { explained } from './explain-missing.ts';
import { holdsItems, itemKind } from './item-kind.ts';
import { shortcutTarget } from './provider/item-home.ts';
import type { DriveContext } from './world.ts';

/**
 * Returns the item of a target.
 * @throws OneDriveError `not-found`, with the place where the path ends.
 */
export function stat(context: DriveContext, target: Target, options: DriveOptions = {}): Promise<DriveItem> {
  const ref = resolve(target, options.as);
  return explained(context, ref, options, (at) => context.provider.item(at, { signal: options.signal }));
}

/**
 * Returns whether the target exists.
 * @returns false for `not-found`; other errors are thrown.
 * @example if (!(await drive.exists('Backups'))) await drive.makeFolder('', 'Backups');
 */
export async function exists(
  context: DriveContext,
  target: Target,
  options: DriveOptions = {},
): Promise<boolean> {
  try {
    await stat(context, target, options);
    return true;
  } catch (error) {
    if (isOneDriveError(error) && error.code === 'not-found') return false;
    throw error;
  }
}

/**
 * Resolves an item: for a shortcut, and for a search result of another drive, its target; any other item is
 * returned unchanged, without a request.
 * @throws OneDriveError `not-found`, `access-denied` for a shortcut whose target was deleted or is no longer
 * shared.
 */
export async function behind(
  { provider }: DriveContext,
  item: DriveItem,
  { signal }: DriveOptions,
): Promise<DriveItem> {
  const target = shortcutTarget(item);
  return target === undefined ? item : await provider.item(target, { signal });
}

/**
 * The folder itself, or the target folder of a shortcut; undefined for any other item. Throws like {@link
 * behind}.
 */
export async function folderBehind(
  context: DriveContext,
  item: DriveItem,
  options: DriveOptions,
): Promise<DriveItem | undefined> {
  return holdsItems(item) ? await behind(context, item, options) : undefined;
}

/**
 * The folder of a target, also through a shortcut to a folder of another drive.
 * @throws OneDriveError `not-found`; `not-supported` for a file or a package.
 */
export async function statFolder(
  context: DriveContext,
  target: Target,
  options: DriveOptions = {},
): Promise<DriveItem> {
  const item = await stat(context, target, options);
  const folder = await folderBehind(context, item, options);
  if (folder !== undefined) return folder;
  throw notAFolder(resolve(target, options.as), item);
}

/** @internal */
export function notAFolder(ref: ItemRef, item: DriveItem): OneDriveError {
  const kind = itemKind(item);
  const what = kind === 'remote' ? 'a shortcut to an item of another drive' : `a ${kind}`;
  return new OneDriveError('not-supported', `${describeItem(ref)} (${item.name}) is ${what}, not a folder.`, {
    hint: 'Specify a folder.',
  });
}
