/** What was removed. */

/** An entry of the recycle bin of a site. https://learn.microsoft.com/graph/api/resources/recyclebinitem */
export interface RecycleBinItem {
  /** Of the removal, not of the item. */
  readonly id: string;
  readonly name?: string;
  /** Bytes. */
  readonly size?: number;
  /** ISO 8601, UTC. */
  readonly deletedDateTime?: string;
  /** The folder that it was in, relative to the site: `Shared Documents/folder`. */
  readonly deletedFromLocation?: string;
}
