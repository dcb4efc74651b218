/** A drive: its kind, its owner, and the root of its tree. */
import type { DriveKind } from '../../people/account-record.ts';
import { collection } from '../../storage/collection.ts';

export interface DriveRecord {
  /** The number by which item records refer to the drive. */
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
  /** Format of item ids. Personal drives of migrated accounts use GUIDs (`CID!s…`), others use numbers. */
  readonly itemIds: 'number' | 'guid';
  /** Upper-case hex of the four bytes that all item ids of a library have in common. Business drives only. */
  readonly library: string;
  /** The site that a document library belongs to. */
  readonly siteId?: string | undefined;
  /** Path of the library's web page on its host, without leading and trailing slashes. */
  readonly webPath?: string | undefined;
}

/** Drives by id. Ids are compared case-insensitively, so keys are in lower case: see {@link driveKey}. */
export const drives = collection<DriveRecord>('drive');

/**
 * Drive ids of personal accounts are returned in varying case and are compared case-insensitively; ids of libraries are
 * case-sensitive.
 */
export function driveKey(id: string): string {
  return id.startsWith('b!') ? id : id.toLowerCase();
}
