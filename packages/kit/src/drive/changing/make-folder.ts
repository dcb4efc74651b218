/** Creates folders, with their parents if required. */
import { isOneDriveError, OneDriveError } from '../../errors/index.ts';
import type { ItemRef } from '../../graph/item-ref.ts';
import { below, describeItem } from '../../graph/item-ref-forms.ts';
import type { ConflictBehavior, DriveItem } from '../../graph/types/index.ts';
import { parsePath } from '../address/drive-path.ts';
import { checkName } from '../address/item-names.ts';
import { type DriveOptions, resolve, type Target } from '../address/target.ts';
import { saysMissing } from '../explain-missing.ts';
import { itemKind } from '../item-kind.ts';
import { refOf } from '../provider/item-home.ts';
import { folderBehind, notAFolder, statFolder } from '../stat.ts';
import type { DriveContext } from '../world.ts';

/** Options for a new folder. */
export interface MakeFolderOptions extends DriveOptions {
  /** What to do if the name is taken: `fail` or `rename`. Default: `fail`. */
  readonly conflict?: Exclude<ConflictBehavior, 'replace'> | undefined;
  /** Create missing parents too, and return an existing folder instead of failing. */
  readonly parents?: boolean | undefined;
  /** Other properties: `description` (personal drives), `fileSystemInfo` … */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Creates a folder.
 * @param folder its parent.
 * @param name its name, or a path below `folder` that ends with it.
 * @throws OneDriveError `invalid-name` before any request; `conflict`; `not-found` if a parent is missing.
 */
export async function makeFolder(
  context: DriveContext,
  folder: Target,
  name: string,
  options: MakeFolderOptions = {},
): Promise<DriveItem> {
  const names = parsePath(name);
  if (names.length === 0) throw new OneDriveError('usage', 'The name of the new folder is missing.');
  names.forEach(checkName);
  const ref = below(resolve(folder, options.as), ...names);
  const made =
    options.parents === true
      ? await ensureFolder(context, ref, options)
      : await createOne(context, ref, options);
  return await withTimes(context, made, options);
}

/** The service ignores the times of a new folder, so they need a second request. */
async function withTimes(
  context: DriveContext,
  made: DriveItem,
  { signal, metadata }: MakeFolderOptions,
): Promise<DriveItem> {
  const times = metadata?.['fileSystemInfo'];
  if (typeof times !== 'object' || times === null) return made;
  return await context.provider.update(refOf(made), { fileSystemInfo: times }, { signal, conflict: 'fail' });
}

/** The parent is read first, because services create missing parents of a path without being asked. */
async function createOne(
  context: DriveContext,
  ref: ItemRef,
  options: MakeFolderOptions,
): Promise<DriveItem> {
  const { signal, conflict = 'fail', metadata } = options;
  const above = parentOf(ref);
  const parent = above.path.length === 0 ? above : refOf(await statFolder(context, above, { signal }));
  const name = ref.path.at(-1) ?? '';
  return await context.provider.createFolder(parent, name, { signal, conflict, metadata });
}

function parentOf(ref: ItemRef): ItemRef {
  return { anchor: ref.anchor, path: ref.path.slice(0, -1) };
}

/** Tries the last folder first: if its parents exist, which is usual, one request is enough. */
async function ensureFolder(
  context: DriveContext,
  ref: ItemRef,
  options: MakeFolderOptions,
): Promise<DriveItem> {
  const { signal, metadata } = options;
  const create = (above: ItemRef) =>
    context.provider.createFolder(above, ref.path.at(-1) ?? '', {
      signal,
      conflict: 'fail',
      metadata,
    });
  try {
    return await create(parentOf(ref));
  } catch (error) {
    if (isTaken(error)) return await existingFolder(context, ref, options);
    if (!saysMissing(error) || ref.path.length < 2) throw error;
  }
  const above = refOf(await ensureFolder(context, parentOf(ref), { signal }));
  try {
    return await create(above);
  } catch (error) {
    if (isTaken(error)) return await existingFolder(context, below(above, ref.path.at(-1) ?? ''), options); // created by another program in the meantime
    throw error;
  }
}

function isTaken(error: unknown): boolean {
  return isOneDriveError(error) && error.code === 'conflict';
}

async function existingFolder(
  context: DriveContext,
  ref: ItemRef,
  options: DriveOptions,
): Promise<DriveItem> {
  const item = await context.provider.item(ref, { signal: options.signal });
  const folder = await folderBehind(context, item, options);
  if (folder !== undefined) return folder;
  throw new OneDriveError('conflict', `Could not make the folder ${describeItem(ref)}: the name is taken.`, {
    cause: notAFolder(ref, item),
    hint: `It belongs to a ${itemKind(item)}. Choose another name.`,
  });
}
