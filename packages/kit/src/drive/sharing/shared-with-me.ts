/**
 * What others shared with the signed-in person. Microsoft has deprecated the list of it, gives less since November 2025
 * and nothing after November 2027 (https://learn.microsoft.com/graph/api/drive-sharedwithme): where it fails or is
 * empty, what the search of the drive knows of other drives stands in.
 */
import { isOneDriveError, type OneDriveError } from '../../errors/index.ts';
import { sharedWithMe } from '../../graph/endpoints/shares.ts';
import type { DriveItem } from '../../graph/types/index.ts';
import { search } from '../listing/look-ups.ts';
import { graphPlace } from '../provider/graph-place.ts';
import type { DriveContext } from '../world.ts';

/** What was found, and how. All items have a `remoteItem`. */
export interface SharedWithMe {
  readonly items: readonly DriveItem[];
  /** `search`: the list gave nothing, so that this need not be all. */
  readonly by: 'list' | 'search';
  /** Why the list was not to be had; undefined where it was empty. */
  readonly cause?: OneDriveError | undefined;
}

/** @throws OneDriveError `auth-required`, `not-supported` over Live v5.0; what the search throws. */
export async function itemsSharedWithMe(
  context: DriveContext,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<SharedWithMe> {
  const { client, ref } = graphPlace(context, 'list of what is shared');
  const items: DriveItem[] = [];
  let cause: OneDriveError | undefined;
  try {
    for await (const item of sharedWithMe(client, ref, { signal })) items.push(item);
    if (items.length > 0) return { items, by: 'list' };
  } catch (error) {
    if (!isOneDriveError(error) || signal?.aborted === true || error.code === 'auth-required') throw error;
    cause = error;
  }
  const found: DriveItem[] = [];
  for await (const item of search(context, '*', { signal }))
    if (item.remoteItem !== undefined) found.push(item);
  return { items: found, by: 'search', cause };
}
