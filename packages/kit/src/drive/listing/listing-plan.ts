/**
 * How to list everything below a folder: one request for each folder, or the pages of a delta, which hold the items
 * of all folders alike. Pure, so that the choice can be tested without a drive.
 * Source of delta as an enumeration: https://learn.microsoft.com/graph/api/driveitem-delta
 */

/** What is known before the first request below the start. */
export interface SubtreeFacts {
  /** Does the wire have delta? */
  readonly hasDelta: boolean;
  /** Delta starts at the root everywhere; below it on personal drives only. */
  readonly isRoot: boolean;
  readonly driveType: string | undefined;
  /** Levels wanted. */
  readonly depth: number;
  /** Children of the start, where the service told. */
  readonly childCount: number | undefined;
}

/** How a subtree is listed: folder by folder, or by the delta of the whole drive. */
export type ListingPlan = 'delta' | 'walk';

/** Elements in a page of either kind, as asked for. */
export const listingPage = 1000;

/**
 * Delta needs a page for each thousand items; walking needs a request for each folder, and no fewer than a page for
 * each thousand items either. So delta never takes more requests for a whole subtree, and the fewer the more folders
 * there are; for a few levels it would read much that nobody asked for, and where everything is known to be in one
 * list that list is simpler.
 */
export function planListing({ hasDelta, isRoot, driveType, depth, childCount }: SubtreeFacts): ListingPlan {
  if (!hasDelta || depth !== Number.POSITIVE_INFINITY || childCount === 0) return 'walk';
  return isRoot || driveType === 'personal' ? 'delta' : 'walk';
}
