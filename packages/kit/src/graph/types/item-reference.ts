/** The parent of an item, or the target of a move or copy. */

/** A parent or a target. https://learn.microsoft.com/graph/api/resources/itemreference */
export interface ItemReference {
  readonly driveId?: string;
  /** `personal`, `business` or `documentLibrary`. */
  readonly driveType?: string;
  readonly id?: string;
  readonly name?: string;
  /** `/drive/root:/a/b` or `/drives/{id}/root:/a/b`, percent-encoded; the path starts after the first `:`. */
  readonly path?: string;
  readonly shareId?: string;
  readonly siteId?: string;
}
