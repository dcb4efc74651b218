/**
 * Why is there nothing at this path? Asked only after a `not-found`: the nearest folder above that exists tells
 * whether a name is misspelt, or whether the path runs through a file.
 */
import { isOneDriveError, OneDriveError } from '../errors/index.ts';
import type { ItemRef } from '../graph/item-ref.ts';
import { describeItem } from '../graph/item-ref-forms.ts';
import type { DriveItem } from '../graph/types/index.ts';
import { itemKind } from './item-kind.ts';
import type { DriveOptions } from './target.ts';
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

/** Does an error say that nothing is there? A path through a file is answered 400 by some servers. */
export function saysMissing(error: unknown): error is OneDriveError {
  return isOneDriveError(error) && (error.code === 'not-found' || error.code === 'invalid-request');
}

async function explanation(
  context: DriveContext,
  ref: ItemRef,
  options: DriveOptions,
  error: OneDriveError,
): Promise<OneDriveError | undefined> {
  for (let depth = ref.path.length - 1; depth >= 0; depth--) {
    const above = { anchor: ref.anchor, path: ref.path.slice(0, depth) };
    const item = await itemOrNothing(context, above, options);
    if (item === undefined) continue;
    const kind = itemKind(item);
    // A refused request that is not about the path keeps its own words.
    if (kind === 'folder' && error.code !== 'not-found') return undefined;
    const message = `There is nothing at ${describeItem(ref)}`;
    const name = JSON.stringify(ref.path[depth] ?? '');
    return kind === 'folder'
      ? new OneDriveError('not-found', `${message}: ${describeItem(above)} has no ${name}.`, {
          hint: `List ${describeItem(above)} to see what is there.`,
        })
      : new OneDriveError('not-found', `${message}: ${describeItem(above)} is a ${kind}, not a folder.`, {
          hint: 'A path can only go through folders.',
        });
  }
  return undefined;
}

/**
 * Runs an operation on a ref; a `not-found` of a path is explained, with the first error as its cause.
 * @throws OneDriveError as `operation`.
 */
export async function explained<T>(
  context: DriveContext,
  ref: ItemRef,
  options: DriveOptions,
  operation: () => Promise<T>,
): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (!saysMissing(error) || ref.path.length === 0) throw error;
    const better = await explanation(context, ref, options, error).catch(() => undefined);
    if (better === undefined) throw error;
    better.cause = error;
    throw better;
  }
}
