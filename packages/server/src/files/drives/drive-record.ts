/** A drive: which rules it follows, whose it is, and where its tree starts. */
import type { DriveKind } from '../../people/account-record.ts';
import { collection } from '../../storage/collection.ts';

export interface DriveRecord {
  /** The number that items carry. */
  readonly number: number;
  readonly id: string;
  readonly kind: DriveKind;
  readonly name: string;
  readonly ownerId: string;
  /** Key of the root item. */
  readonly root: number;
  /** Bytes. */
  readonly total: number;
  /** Milliseconds since the epoch. */
  readonly created: number;
  /** Personal drives of migrated accounts number their items by GUID (`CID!s…`), the others count. */
  readonly itemIds: 'number' | 'guid';
  /** Upper-case hex of the four bytes that all item ids of a library share. Business only. */
  readonly library: string;
  /** The site that a document library belongs to. */
  readonly siteId?: string | undefined;
  /** Path of a library's web page on its host, without a slash at either end. */
  readonly webPath?: string | undefined;
}

/** Drives by id. Ids compare without case, so the key is lower case: see {@link driveKey}. */
export const drives = collection<DriveRecord>('drive');

/** Drive ids of personal accounts come back in varying case and are compared without it; those of libraries are exact. */
export function driveKey(id: string): string {
  return id.startsWith('b!') ? id : id.toLowerCase();
}
