/** Where a move or a copy goes, from what a person typed: into a folder that is there, or to a new name. */
import { isOneDriveError, OneDriveError } from '../../errors/index.ts';
import type { ItemRef } from '../../graph/item-ref.ts';
import { describeItem } from '../../graph/item-ref-forms.ts';
import { checkName } from '../address/item-names.ts';
import { refOf } from '../provider/item-home.ts';
import { folderBehind, stat, statFolder } from '../stat.ts';
import type { DriveContext } from '../world.ts';

/** A folder, and the new name where there is one. */
export interface Destination {
  readonly folder: ItemRef;
  readonly name?: string;
  /**
   * The typed path as a new name, where `folder` exists and is spelled differently: if it is the source itself, the
   * name of the source is to change in case or normalization only.
   */
  readonly spelled?: { readonly folder: ItemRef; readonly name: string };
}

/** What is known of the way a destination was typed. */
export interface DestinationOptions {
  readonly signal?: AbortSignal | undefined;
  /** More than one thing goes there, or it was written with a slash at the end: it has to be a folder. */
  readonly mustBeFolder: boolean;
}

/**
 * A folder takes things in under their own names. Anything else is the new name of the one thing that goes there,
 * in the folder above, whether the name is free or (see the conflict behaviour) taken by a file.
 * @throws OneDriveError `not-found` when the folder is not there, `not-supported` when it is a file.
 */
export async function destination(
  context: DriveContext,
  ref: ItemRef,
  { signal, mustBeFolder }: DestinationOptions,
): Promise<Destination> {
  const name = ref.path.at(-1);
  if (mustBeFolder || name === undefined)
    return { folder: refOf(await statFolder(context, ref, { signal })) };
  try {
    const item = await stat(context, ref, { signal });
    const folder = await folderBehind(context, item, { signal });
    const spelled = item.name === name ? undefined : { folder: parentOf(ref), name };
    if (folder !== undefined) return { folder: refOf(folder), ...(spelled === undefined ? {} : { spelled }) };
  } catch (error) {
    if (!isOneDriveError(error) || error.code !== 'not-found') throw error;
  }
  const parent = parentOf(ref);
  try {
    return { folder: refOf(await statFolder(context, parent, { signal })), name: checkName(name) };
  } catch (error) {
    if (!isOneDriveError(error) || error.code !== 'not-found') throw error;
    throw new OneDriveError(
      'not-found',
      `There is no folder ${describeItem(parent)} for ${name} to go into.`,
      {
        cause: error,
        hint: {
          step: 'operation',
          operation: 'createFolders',
          to: 'create it',
          object: describeItem(parent),
        },
      },
    );
  }
}

const parentOf = ({ anchor, path }: ItemRef): ItemRef => ({ anchor, path: path.slice(0, -1) });
