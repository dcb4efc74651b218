/** One item, by id or by path. */
import { OneDriveError } from '../errors/index.ts';
import type { ItemRef } from '../graph/item-ref.ts';
import { describeItem } from '../graph/item-ref-forms.ts';
import type { DriveItem } from '../graph/types/index.ts';
import { type DriveOptions, resolve, type Target } from './address/target.ts';
import { explained } from './explain-missing.ts';
import { holdsItems, itemKind } from './item-kind.ts';
import { shortcutTarget } from './provider/item-home.ts';
import type { DriveContext } from './world.ts';

/**
 * The item that a target names.
 * @throws OneDriveError `not-found`, which says where the path ends.
 */
export function stat(context: DriveContext, target: Target, options: DriveOptions = {}): Promise<DriveItem> {
  const ref = resolve(target, options.as);
  return explained(context, ref, options, (at) => context.provider.item(at, { signal: options.signal }));
}

/**
 * What is meant by an item: of a shortcut, and of what a search found in another drive, that which it leads to. Only
 * those take a request.
 * @throws OneDriveError `not-found`, `access-denied` for a shortcut to what is gone or shared no more.
 */
export async function behind(
  { provider }: DriveContext,
  item: DriveItem,
  { signal }: DriveOptions,
): Promise<DriveItem> {
  const target = shortcutTarget(item);
  return target === undefined ? item : await provider.item(target, { signal });
}

/** The folder that an item is, or that it is a shortcut to; undefined where it is neither. Throws as {@link behind}. */
export async function folderBehind(
  context: DriveContext,
  item: DriveItem,
  options: DriveOptions,
): Promise<DriveItem | undefined> {
  return holdsItems(item) ? await behind(context, item, options) : undefined;
}

/**
 * The folder that a target names, be it by a shortcut to a folder of another drive.
 * @throws OneDriveError `not-found`; `not-supported` when it is a file or a package.
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
    hint: 'Name a folder.',
  });
}
