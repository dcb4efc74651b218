/**
 * Explains why there is nothing at a path. Called only after a `not-found`: the nearest existing ancestor
 * shows whether a name is misspelled, whether the path leads through a file, or through a shortcut to a
 * folder of another drive. No service follows shortcuts in a path, so the rest of the path is then looked up
 * in that drive.
 */
import { isOneDriveError, OneDriveError } from '../errors/index.ts';
import type { ItemRef } from '../graph/item-ref.ts';
import { below, describeItem } from '../graph/item-ref-forms.ts';
import type { DriveItem } from '../graph/types/index.ts';
import type { DriveOptions } from './address/target.ts';
import { itemKind } from './item-kind.ts';
import { shortcutTarget } from './provider/item-home.ts';
import type { DriveContext } from './world.ts';

const call = ({ signal }: DriveOptions) => ({ signal });

async function itemOrNothing(
  context: DriveContext,
  ref: ItemRef,
  options: DriveOptions,
): Promise<DriveItem | undefined> {
  try {
    return await context.provider.item(ref, call(options));
  } catch (error) {
    if (isOneDriveError(error) && (error.code === 'not-found' || error.code === 'invalid-request'))
      return undefined;
    throw error;
  }
}

/** A path to nothing: its last existing folder, and the name that this folder does not have. */
export class MissingPath extends OneDriveError {
  readonly folder: ItemRef;
  readonly missing: string;

  constructor(ref: ItemRef, folder: ItemRef, cause: unknown) {
    const missing = ref.path[folder.path.length] ?? '';
    const where = describeItem(folder);
    super(
      'not-found',
      `There is nothing at ${describeItem(ref)}: ${where} has no ${JSON.stringify(missing)}.`,
      { hint: `List ${where} to see what is there.`, ...responseOf(cause), cause },
    );
    this.folder = folder;
    this.missing = missing;
  }
}

/** Status and request id of the response that an error is about. */
function responseOf(error: unknown): Pick<OneDriveError, 'status' | 'requestId'> {
  return isOneDriveError(error)
    ? { status: error.status, requestId: error.requestId }
    : { status: undefined, requestId: undefined };
}

/**
 * Returns whether an error means that there is no item. Some servers respond with 400 to a path through a
 * file.
 */
export function saysMissing(error: unknown): error is OneDriveError {
  return isOneDriveError(error) && (error.code === 'not-found' || error.code === 'invalid-request');
}

/** The deepest existing item of a path. */
interface Nearest {
  readonly ref: ItemRef;
  readonly item: DriveItem;
}

async function nearest(
  context: DriveContext,
  ref: ItemRef,
  from: number,
  options: DriveOptions,
): Promise<Nearest | undefined> {
  for (let depth = from; depth >= 0; depth--) {
    const above = { anchor: ref.anchor, path: ref.path.slice(0, depth) };
    const item = await itemOrNothing(context, above, options);
    if (item !== undefined) return { ref: above, item };
  }
  return undefined;
}

function explanation(ref: ItemRef, { ref: above, item }: Nearest, error: OneDriveError) {
  const kind = itemKind(item);
  // An error for another reason is thrown unchanged.
  if (kind === 'folder' && error.code !== 'not-found') return error;
  if (kind === 'folder') return new MissingPath(ref, above, error);
  return new OneDriveError(
    'not-found',
    `There is nothing at ${describeItem(ref)}: ${describeItem(above)} is a ${kind}, not a folder.`,
    { hint: 'A path can lead only through folders.', ...responseOf(error), cause: error },
  );
}

/** The service answers that the place of a new item does not exist, although its folder does. */
function refusedCreation(ref: ItemRef, cause: OneDriveError): OneDriveError {
  return new OneDriveError(
    'service',
    `The service refused to create ${describeItem(ref)} as if its folder did not exist, although it does: ${cause.message}`,
    { hint: 'The folder may have been created or moved a moment ago. Try again in a few minutes.', cause },
  );
}

/** Maximum number of shortcuts in one path: more than any real one has. */
const mostShortcuts = 8;

/** Options of {@link explained}. */
export interface ExplainedOptions extends DriveOptions {
  /** The operation reads the content of the item: a shortcut at the end of the path is followed too. */
  readonly inside?: boolean | undefined;
  /** The operation creates the item: that it is missing explains nothing if its folder exists. */
  readonly creates?: boolean | undefined;
}

/**
 * Runs an operation on a ref. If the path leads through a shortcut to a folder of another drive, the
 * operation is repeated with the item in that drive. Any other `not-found` of a path is explained, with the
 * first error as its cause.
 * @throws OneDriveError like `operation`.
 */
export async function explained<T>(
  context: DriveContext,
  ref: ItemRef,
  options: ExplainedOptions,
  operation: (at: ItemRef) => Promise<T>,
): Promise<T> {
  let at = ref;
  for (let shortcuts = 0; ; shortcuts++) {
    try {
      return await operation(at);
    } catch (error) {
      const deepest = at.path.length - (options.inside === true ? 0 : 1);
      if (!saysMissing(error) || deepest < 0 || shortcuts >= mostShortcuts) throw error;
      const found = await nearest(context, at, deepest, options).catch(() => undefined);
      if (found === undefined) throw error;
      const target = shortcutTarget(found.item);
      if (target === undefined) {
        if (found.ref.path.length === at.path.length) throw error;
        const isParent = found.ref.path.length === at.path.length - 1;
        if (options.creates === true && isParent && itemKind(found.item) === 'folder')
          throw error.code === 'not-found' ? refusedCreation(at, error) : error;
        throw explanation(at, found, error);
      }
      at = below(target, ...at.path.slice(found.ref.path.length));
    }
  }
}
