/** A row of the item table: columns for what indexes and rules need, all other properties as JSON in `data`. */

/** A `shortcut` stands for a folder of another drive. */
export type ItemKind = 'root' | 'folder' | 'file' | 'package' | 'shortcut';

export interface IdentityRecord {
  readonly id?: string | undefined;
  readonly displayName: string;
  readonly email?: string | undefined;
  /** The application that made the change; stored on personal drives only. */
  readonly application?: { readonly id: string; readonly displayName: string } | undefined;
}

export interface HashRecord {
  /** base64 */
  readonly quickXorHash: string;
  /** Upper-case hex. */
  readonly sha1: string;
}

/** Properties without an index. Times are milliseconds since the epoch. */
export interface ItemData {
  readonly kind: ItemKind;
  /** Upper-case GUID, which is part of the eTag and cTag of business drives. */
  readonly guid: string;
  readonly created: number;
  readonly createdBy: IdentityRecord;
  readonly modifiedBy: IdentityRecord;
  /** `fileSystemInfo`: the times that the client sent for its local file. */
  readonly fsCreated: number;
  readonly fsModified: number;
  readonly description?: string | undefined;
  readonly mimeType?: string | undefined;
  readonly hashes?: HashRecord | undefined;
  readonly packageType?: string | undefined;
  readonly specialFolder?: string | undefined;
  /** Number of the current version; undefined: 1. */
  readonly versionNumber?: number | undefined;
  /** The largest group of people that the item itself is shared with; undefined: it is not shared. */
  readonly shared?: 'anonymous' | 'organization' | 'users' | undefined;
  /** The item does not inherit the permissions of the folders above it. */
  readonly ownPermissions?: boolean | undefined;
  /** The last sequence number of a change other than sharing, if sharing changed after it. */
  readonly changedBefore?: number | undefined;
  readonly checkout?: CheckoutRecord | undefined;
  /** The target of a shortcut. */
  readonly remote?: RemoteRecord | undefined;
}

/** A folder of another drive. */
export interface RemoteRecord {
  readonly driveId: string;
  /** The id in the API. */
  readonly id: string;
}

/** The account that has a file checked out, and the version at checkout. */
export interface CheckoutRecord {
  readonly by: string;
  readonly name: string;
  readonly version: number;
}

export interface ItemRecord {
  /** The key of the row in the storage. */
  readonly key: number;
  /** The number of the drive (DriveRecord). */
  readonly drive: number;
  /** The id in the API. */
  readonly id: string;
  /** Key of the parent; 0 for a root. Kept after the item is deleted. */
  readonly parent: number;
  readonly name: string;
  /** The name as it is compared: see name-folding.ts. */
  readonly folded: string;
  /** 0 for folders, which are listed first, 1 for all others. */
  readonly rank: 0 | 1;
  /** Bytes; for a folder, the total of everything below it. */
  readonly size: number;
  /** Number of children that are not deleted. */
  readonly children: number;
  /** The number in the eTag. */
  readonly version: number;
  /** The number in the cTag. */
  readonly contentVersion: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  /** Sequence number of the last change; unique in the drive. */
  readonly sequence: number;
  /** 0: not deleted. Above 0: in the recycle bin, deleted together with the item with that key. -1: permanently deleted. */
  readonly bin: number;
  readonly blob: string | null;
  readonly data: ItemData;
}

export type NewItem = Omit<ItemRecord, 'key'> & { readonly key?: undefined };
