/** Resolves the target of a move, a copy or an upload: an existing folder, a folder to create, or a new name. */
import { isOneDriveError, OneDriveError } from '../../errors/index.ts';
import type { ItemRef } from '../../graph/item-ref.ts';
import { describeItem } from '../../graph/item-ref-forms.ts';
import type { DriveItem } from '../../graph/types/index.ts';
import { checkName } from '../address/item-names.ts';
import { decideTarget } from '../address/target-rule.ts';
import { refOf } from '../provider/item-home.ts';
import { folderBehind, stat, statFolder } from '../stat.ts';
import type { DriveContext } from '../world.ts';
import { makeFolder } from './make-folder.ts';

/** A folder, and the new name, if the target is not a folder. */
export interface Destination {
  readonly folder: ItemRef;
  readonly name?: string;
  /**
   * The typed path as a new name, if `folder` exists with another spelling: if it is the source itself, only the case
   * or the normalization of its name changes.
   */
  readonly spelled?: { readonly folder: ItemRef; readonly name: string };
  /** The target is a folder that does not exist: only with `makeMissing: 'plan'`. */
  readonly missing?: true;
}

/** How the target was typed, and what to do about a missing folder. */
export interface DestinationOptions {
  readonly signal?: AbortSignal | undefined;
  /** The target has to be a folder: there are several sources, or it ends with a slash. */
  readonly mustBeFolder: boolean;
  /**
   * What to do if it has to be a folder and does not exist: fail with `not-found` (default), create it with its
   * parents, or return its path (`plan`).
   */
  readonly makeMissing?: 'create' | 'plan' | undefined;
  /** Thrown if the target would be a new name, e.g. because it is likely that a source was meant. */
  readonly refuseName?: OneDriveError | undefined;
}

/**
 * Resolves a target by `decideTarget`. A folder receives the sources under their own names. Anything else is the
 * new name of the one source, whether the name is free or (see the conflict behavior) taken by a file.
 * @throws OneDriveError `not-found` if the folder does not exist, `not-supported` if it is a file.
 */
export async function destination(
  context: DriveContext,
  ref: ItemRef,
  { signal, mustBeFolder, makeMissing, refuseName }: DestinationOptions,
): Promise<Destination> {
  const name = ref.path.at(-1);
  if (name === undefined || (mustBeFolder && makeMissing === undefined && refuseName === undefined))
    return { folder: refOf(await statFolder(context, ref, { signal })) };
  const item = await unlessMissing(stat(context, ref, { signal }));
  const folder = item && (await folderBehind(context, item, { signal }));
  const decision = decideTarget({
    slash: makeMissing !== undefined,
    kind: folder !== undefined ? 'folder' : item !== undefined ? 'file' : 'missing',
    sources: mustBeFolder ? 2 : 1,
    mayBeSource: refuseName !== undefined,
  });
  if (folder !== undefined) return existing(folder, ref, item?.name ?? name);
  if (decision.kind === 'name') return await newName(context, ref, name, signal);
  if (decision.kind === 'folder') return await missingFolder(context, ref, name, { signal, makeMissing });
  if (decision.reason === 'ambiguous' && refuseName !== undefined) throw refuseName;
  // Reports the missing part of the path, or that it is a file.
  return { folder: refOf(await statFolder(context, ref, { signal })) };
}

async function unlessMissing(work: Promise<DriveItem>): Promise<DriveItem | undefined> {
  try {
    return await work;
  } catch (error) {
    if (!isOneDriveError(error) || error.code !== 'not-found') throw error;
    return undefined;
  }
}

function existing(folder: DriveItem, ref: ItemRef, actualName: string): Destination {
  const typed = ref.path.at(-1);
  const spelled =
    typed === undefined || typed === actualName ? undefined : { folder: parentOf(ref), name: typed };
  return { folder: refOf(folder), ...(spelled === undefined ? {} : { spelled }) };
}

async function missingFolder(
  context: DriveContext,
  ref: ItemRef,
  name: string,
  { signal, makeMissing }: Pick<DestinationOptions, 'signal' | 'makeMissing'>,
): Promise<Destination> {
  if (makeMissing === 'plan') return { folder: ref, missing: true };
  return {
    folder: refOf(await makeFolder(context, parentOf(ref), name, { signal, parents: true })),
  };
}

async function newName(
  context: DriveContext,
  ref: ItemRef,
  name: string,
  signal: AbortSignal | undefined,
): Promise<Destination> {
  const parent = parentOf(ref);
  try {
    return { folder: refOf(await statFolder(context, parent, { signal })), name: checkName(name) };
  } catch (error) {
    if (!isOneDriveError(error) || error.code !== 'not-found') throw error;
    throw new OneDriveError('not-found', `There is no folder ${describeItem(parent)} for ${name}.`, {
      cause: error,
      hint: {
        step: 'operation',
        operation: 'createFolders',
        to: 'create it',
        object: describeItem(parent),
      },
    });
  }
}

const parentOf = ({ anchor, path }: ItemRef): ItemRef => ({ anchor, path: path.slice(0, -1) });
