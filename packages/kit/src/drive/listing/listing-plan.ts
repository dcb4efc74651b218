/**
 * Decides how to list everything below a folder: with one request per folder, or with the pages of a delta,
 * which contain the items of all folders. Pure, so that the decision can be tested without a drive. Source of
 * delta as an enumeration: https://learn.microsoft.com/graph/api/driveitem-delta
 */

/** The facts before the first request below the start. */
export interface SubtreeFacts {
  /** Whether the API has delta. */
  readonly hasDelta: boolean;
  /** Delta is possible at the root of every drive; below it only on personal drives. */
  readonly isRoot: boolean;
  readonly driveType: string | undefined;
  /** Number of levels to list. */
  readonly depth: number;
  /** Number of children of the start, if the service returned it. */
  readonly childCount: number | undefined;
}

/** How to list a subtree: folder by folder, or with the delta of the whole drive. */
export type ListingPlan = 'delta' | 'walk';

/** Items per page of either kind, as requested. */
export const listingPage = 1000;

/**
 * Delta needs a page for each thousand items; walking needs a request for each folder, and at least a page
 * for each thousand items. So delta never needs more requests for a whole subtree, and saves the more the
 * more folders there are. For a few levels it would read many items that are not needed, and if everything is
 * known to fit in one list, that list is simpler.
 */
export function planListing({ hasDelta, isRoot, driveType, depth, childCount }: SubtreeFacts): ListingPlan {
  if (!hasDelta || depth !== Number.POSITIVE_INFINITY || childCount === 0) return 'walk';
  return isRoot || driveType === 'personal' ? 'delta' : 'walk';
}
