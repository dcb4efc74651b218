/** One item, by id or by path. */
import { OneDriveError } from '../errors/index.ts';
import type { ItemRef } from '../graph/item-ref.ts';
import { describeItem } from '../graph/item-ref-forms.ts';
import type { DriveItem } from '../graph/types/index.ts';
import { explained } from './explain-missing.ts';
import { itemKind } from './item-kind.ts';
import { type DriveOptions, resolve, type Target } from './target.ts';
import type { DriveContext } from './world.ts';

/**
 * The item that a target names.
 * @throws OneDriveError `not-found`, which says where the path ends.
 */
export function stat(context: DriveContext, target: Target, options: DriveOptions = {}): Promise<DriveItem> {
  const ref = resolve(target, options.as);
  return explained(context, ref, options, () => context.provider.item(ref, { signal: options.signal }));
}

/**
 * The folder that a target names.
 * @throws OneDriveError `not-found`; `not-supported` when it is a file or a package.
 */
export async function statFolder(
  context: DriveContext,
  target: Target,
  options: DriveOptions = {},
): Promise<DriveItem> {
  const item = await stat(context, target, options);
  if (itemKind(item) === 'folder') return item;
  throw notAFolder(resolve(target, options.as), item);
}

/** @internal */
export function notAFolder(ref: ItemRef, item: DriveItem): OneDriveError {
  const kind = itemKind(item);
  const what = kind === 'remote' ? 'a folder of another drive' : `a ${kind}`;
  return new OneDriveError(
    'not-supported',
    `${describeItem(ref)} (${item.name}) is ${what}, not a folder of this drive.`,
    {
      hint: 'Name a folder.',
    },
  );
}
