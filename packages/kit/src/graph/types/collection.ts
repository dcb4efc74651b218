/** One page of a list, as it is on the wire. */
import type { DriveItem } from './drive-item.ts';

/** https://learn.microsoft.com/graph/paging */
export interface CollectionPage<T> {
  readonly value: readonly T[];
  readonly '@odata.count'?: number;
  /** Absolute and opaque. If present, there are more pages, even if `value` is empty. */
  readonly '@odata.nextLink'?: string;
}

/** An item in a delta page: a deleted one has an id and little else. */
export type DeltaItem = Omit<DriveItem, 'name'> & { readonly name?: string };

/** Ends in exactly one of the two links. https://learn.microsoft.com/graph/api/driveitem-delta */
export interface DeltaPage extends CollectionPage<DeltaItem> {
  /** Opaque; request it later for the changes since then. */
  readonly '@odata.deltaLink'?: string;
}
