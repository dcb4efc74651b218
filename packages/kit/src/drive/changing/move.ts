/** Moving an item into another folder. */
import { isOneDriveError, OneDriveError } from '../../errors/index.ts';
import { describeItem } from '../../graph/item-ref-forms.ts';
import type { DriveItem, ItemChange } from '../../graph/types/index.ts';
import { checkName } from '../address/item-names.ts';
import { resolve, type Target } from '../address/target.ts';
import type { OnProgress } from '../progress.ts';
import { homeOf, refOf } from '../provider/item-home.ts';
import { stat, statFolder } from '../stat.ts';
import type { DriveContext } from '../world.ts';
import { type ChangeOptions, rootStays } from './change.ts';
import { moveAcross } from './copy-across.ts';

/** How to move. */
export interface MoveOptions extends ChangeOptions {
  /** The name at the new place; the old one unless told. */
  readonly name?: string | undefined;
  /** Told where it takes a copy. */
  readonly onProgress?: OnProgress | undefined;
}

/**
 * Moves an item into a folder. Its file times go along in the request, because moving resets them. Into and out of a
 * folder behind a shortcut it is moved as between drives: see {@link moveAcross}.
 * @throws OneDriveError `invalid-name`, `not-found`, `conflict`, `not-supported` when the target is no folder.
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

/** The wire was told ids; a person typed a path and wants to read it. */
function moveFailed(error: unknown, what: string, name: string, into: DriveItem): unknown {
  if (!isOneDriveError(error) || error.code !== 'conflict') return error;
  const where = into.root === undefined ? into.name : 'the root folder';
  return new OneDriveError(
    'conflict',
    `Could not move ${what}: ${JSON.stringify(name)} already exists in ${where}.`,
    {
      cause: error,
      hint: 'Use another name, or set the conflict behavior to replace or rename.',
    },
  );
}

function settableTimes({ fileSystemInfo: times }: DriveItem) {
  return {
    ...(times?.createdDateTime === undefined ? {} : { createdDateTime: times.createdDateTime }),
    ...(times?.lastModifiedDateTime === undefined
      ? {}
      : { lastModifiedDateTime: times.lastModifiedDateTime }),
  };
}
