/** Deleted items. */

/** An entry of the recycle bin of a site. https://learn.microsoft.com/graph/api/resources/recyclebinitem */
export interface RecycleBinItem {
  /** The id of the entry, not of the item. */
  readonly id: string;
  readonly name?: string;
  /** Bytes. */
  readonly size?: number;
  /** ISO 8601, UTC. */
  readonly deletedDateTime?: string;
  /** The folder that contained it, relative to the site: `Shared Documents/folder`. */
  readonly deletedFromLocation?: string;
}
