/** One row of the item table: what indexes and rules need as columns, the rest as JSON in `data`. */

/** A `shortcut` stands for a folder of another drive. */
export type ItemKind = 'root' | 'folder' | 'file' | 'package' | 'shortcut';

export interface IdentityRecord {
  readonly id?: string | undefined;
  readonly displayName: string;
  readonly email?: string | undefined;
  /** The application that was used; kept on personal drives only. */
  readonly application?: { readonly id: string; readonly displayName: string } | undefined;
}

export interface HashRecord {
  /** base64 */
  readonly quickXorHash: string;
  /** Upper-case hex. */
  readonly sha1: string;
}

/** What no index asks for. Times are milliseconds since the epoch. */
export interface ItemData {
  readonly kind: ItemKind;
  /** Upper-case GUID, which the eTag and cTag of business drives carry. */
  readonly guid: string;
  readonly created: number;
  readonly createdBy: IdentityRecord;
  readonly modifiedBy: IdentityRecord;
  /** `fileSystemInfo`: what the client says about its own file. */
  readonly fsCreated: number;
  readonly fsModified: number;
  readonly description?: string | undefined;
  readonly mimeType?: string | undefined;
  readonly hashes?: HashRecord | undefined;
  readonly packageType?: string | undefined;
  readonly specialFolder?: string | undefined;
  /** Number of the current version; undefined: 1. */
  readonly versionNumber?: number | undefined;
  /** The widest circle that the item itself was shared with; undefined: it was not. */
  readonly shared?: 'anonymous' | 'organization' | 'users' | undefined;
  /** The permissions of the folders above do not reach here. */
  readonly ownPermissions?: boolean | undefined;
  /** The last sequence that was more than a change of sharing, where sharing changed after it. */
  readonly changedBefore?: number | undefined;
  readonly checkout?: CheckoutRecord | undefined;
  /** What a shortcut stands for. */
  readonly remote?: RemoteRecord | undefined;
}

/** A folder of another drive. */
export interface RemoteRecord {
  readonly driveId: string;
  /** The id on the wire. */
  readonly id: string;
}

/** Who has a file checked out, and which version it had then. */
export interface CheckoutRecord {
  readonly by: string;
  readonly name: string;
  readonly version: number;
}

export interface ItemRecord {
  /** Storage's own number. */
  readonly key: number;
  /** The drive's number (DriveRecord). */
  readonly drive: number;
  /** The id on the wire. */
  readonly id: string;
  /** Key of the parent; 0 for a root. Kept when the item is deleted. */
  readonly parent: number;
  readonly name: string;
  /** The name as it is compared: see domain/name-folding.ts. */
  readonly folded: string;
  /** 0 for folders, which listings put first, 1 for the rest. */
  readonly rank: 0 | 1;
  /** Bytes; of a folder, the sum beneath it. */
  readonly size: number;
  /** Live children. */
  readonly children: number;
  /** The number in the eTag. */
  readonly version: number;
  /** The number in the cTag. */
  readonly contentVersion: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  /** Order of last change within the drive; unique there. */
  readonly sequence: number;
  /** 0: live. Above 0: in the recycle bin, deleted together with the item of that key. -1: gone for good. */
  readonly bin: number;
  readonly blob: string | null;
  readonly data: ItemData;
}

export type NewItem = Omit<ItemRecord, 'key'> & { readonly key?: undefined };
