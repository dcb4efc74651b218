/**
 * The ways to name a drive and an item on the wire, as data. `graph/path.ts` turns them into URLs.
 * Source: https://learn.microsoft.com/onedrive/developer/rest-api/concepts/addressing-driveitems
 */

/** Which drive. */
export type DriveRef =
  | { readonly kind: 'me' }
  | { readonly kind: 'drive'; readonly id: string }
  | { readonly kind: 'user'; readonly id: string }
  | { readonly kind: 'group'; readonly id: string }
  | { readonly kind: 'site'; readonly id: string };

/** Where an address starts inside a drive. */
export type ItemAnchor =
  | { readonly kind: 'root' }
  /**
   * `drive` where the item is in another drive than the one that is asked: behind a shortcut to a shared folder. `label`
   * is the path of the item for messages, where it is known; it is never sent.
   */
  | {
      readonly kind: 'id';
      readonly id: string;
      readonly drive?: string | undefined;
      readonly label?: string | undefined;
    }
  | { readonly kind: 'special'; readonly name: string };

/** Which item: an anchor and, below it, a path of unencoded names ([] = the anchor itself). */
export interface ItemRef {
  readonly anchor: ItemAnchor;
  readonly path: readonly string[];
}
