/**
 * The ways to address a drive and an item, as data. `graph/path.ts` converts them to URLs. Source:
 * https://learn.microsoft.com/onedrive/developer/rest-api/concepts/addressing-driveitems
 */

/** Which drive. */
export type DriveRef =
  | { readonly kind: 'me' }
  | { readonly kind: 'drive'; readonly id: string }
  | { readonly kind: 'user'; readonly id: string }
  | { readonly kind: 'group'; readonly id: string }
  | { readonly kind: 'site'; readonly id: string };

/** Where an address inside a drive starts. */
export type ItemAnchor =
  | { readonly kind: 'root' }
  /**
   * `drive` if the item is in another drive than the one addressed: behind a shortcut to a shared folder.
   * `label` is the path of the item for messages, if known; it is never sent.
   */
  | {
      readonly kind: 'id';
      readonly id: string;
      readonly drive?: string | undefined;
      readonly label?: string | undefined;
    }
  | { readonly kind: 'special'; readonly name: string };

/** An item: an anchor and a path of unencoded names below it ([] = the anchor itself). */
export interface ItemRef {
  readonly anchor: ItemAnchor;
  readonly path: readonly string[];
}
