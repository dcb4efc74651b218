/**
 * Items that others shared with the signed-in user. Microsoft has deprecated this list: it is incomplete
 * since November 2025 and will be removed after November 2027
 * (https://learn.microsoft.com/graph/api/drive-sharedwithme). If it fails or is empty, the search of the
 * drive is used, which finds items of other drives.
 */
import { isOneDriveError, type OneDriveError } from '../../errors/index.ts';
import { sharedWithMe } from '../../graph/endpoints/shares.ts';
import type { DriveItem } from '../../graph/types/index.ts';
import { search } from '../listing/look-ups.ts';
import { graphPlace } from '../provider/graph-place.ts';
import type { DriveContext } from '../world.ts';

/** The items, and where they come from. All have a `remoteItem`. */
export interface SharedWithMe {
  readonly items: readonly DriveItem[];
  /** `search`: the list was empty or failed, so the result may be incomplete. */
  readonly by: 'list' | 'search';
  /** The error of the list; undefined if it was empty. */
  readonly cause?: OneDriveError | undefined;
}

/** @throws OneDriveError `auth-required`, `not-supported` over Live v5.0; errors of the search. */
export async function itemsSharedWithMe(
  context: DriveContext,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<SharedWithMe> {
  const { client, ref } = graphPlace(context, 'list of shared items');
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
