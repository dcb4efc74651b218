/** Where an item lives, or where it shall go. */

/** A parent or a target. https://learn.microsoft.com/graph/api/resources/itemreference */
export interface ItemReference {
  readonly driveId?: string;
  /** `personal`, `business` or `documentLibrary`. */
  readonly driveType?: string;
  readonly id?: string;
  readonly name?: string;
  /** `/drive/root:/a/b` or `/drives/{id}/root:/a/b`, percent-encoded; read it from the first `:` on. */
  readonly path?: string;
  readonly shareId?: string;
  readonly siteId?: string;
}
