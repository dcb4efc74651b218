/** Moves an item into another folder. */
import { isOneDriveError, OneDriveError } from '../../errors/index.ts';
import { describeItem } from '../../graph/item-ref-forms.ts';
import type { DriveItem, ItemChange } from '../../graph/types/index.ts';
import { checkName } from '../address/item-names.ts';
import { itemPathOf } from '../address/item-path.ts';
import { resolve, type Target } from '../address/target.ts';
import type { OnProgress } from '../progress.ts';
import { homeOf, refOf } from '../provider/item-home.ts';
import { stat, statFolder } from '../stat.ts';
import type { DriveContext } from '../world.ts';
import { type ChangeOptions, rootStays } from './change.ts';
import { moveAcross } from './copy-across.ts';
import { intoItself, isWithin } from './same-place.ts';

/** Options for a move. */
export interface MoveOptions extends ChangeOptions {
  /** The name in the new folder. Default: unchanged. */
  readonly name?: string | undefined;
  /**
   * The new name if `folder` is the item itself: a rename that changes only the case or the Unicode
   * normalization of its name. Default: an error.
   */
  readonly ifItself?: { readonly folder: Target; readonly name: string } | undefined;
  /** Called with the progress if moving requires a copy. */
  readonly onProgress?: OnProgress | undefined;
}

/**
 * Moves an item into a folder. The request includes its file times, because moving resets them. Into and out
 * of a folder behind a shortcut, it is moved as between drives: see {@link moveAcross}.
 * @throws OneDriveError `invalid-name`, `not-found`, `conflict`; `usage` for a folder into itself or below
 * itself; `not-supported` if the target is not a folder.
 */
export async function move(
  context: DriveContext,
  target: Target,
  folder: Target,
  options: MoveOptions = {},
): Promise<DriveItem> {
  if (options.name !== undefined) checkName(options.name);
  const item = await stat(context, target, options);
  if (item.root !== undefined) throw rootStays('move');
  const into = await statFolder(context, folder, options);
  const { ifItself, ...others } = options;
  if (into.id === item.id && ifItself !== undefined)
    return await move(context, refOf(item), ifItself.folder, { ...others, name: ifItself.name });
  if (isWithin(into, item)) throw intoItself('move', describeItem(resolve(target, options.as)), pathOf(into));
  if (homeOf(item) !== homeOf(into))
    return await moveAcross(
      { drive: context, target: refOf(item) },
      { drive: context, target: refOf(into) },
      options,
    );
  const change: ItemChange = {
    parentReference: { id: into.id },
    ...(options.name === undefined ? {} : { name: options.name }),
    ...(item.fileSystemInfo === undefined ? {} : { fileSystemInfo: settableTimes(item) }),
  };
  const { signal, ifMatch, conflict = 'fail' } = options;
  try {
    return await context.provider.update(refOf(item), change, { signal, ifMatch, conflict });
  } catch (error) {
    throw moveFailed(error, describeItem(resolve(target, options.as)), options.name ?? item.name, into);
  }
}

/** The error of the service contains ids, but the user typed a path. */
function moveFailed(error: unknown, what: string, name: string, into: DriveItem): unknown {
  if (!isOneDriveError(error) || error.code !== 'conflict') return error;
  const where = into.root === undefined ? into.name : 'the root folder';
  return new OneDriveError(
    'conflict',
    `Could not move ${what}: ${JSON.stringify(name)} already exists in ${where}.`,
    {
      cause: error,
      hint: { step: 'name', conflict: ['replace', 'rename'] },
    },
  );
}

const pathOf = (item: DriveItem): string => itemPathOf(item) ?? item.name;

function settableTimes({ fileSystemInfo: times }: DriveItem) {
  return {
    ...(times?.createdDateTime === undefined ? {} : { createdDateTime: times.createdDateTime }),
    ...(times?.lastModifiedDateTime === undefined
      ? {}
      : { lastModifiedDateTime: times.lastModifiedDateTime }),
  };
}
