/** A drive: its kind, its owner, and the root of its tree. */
import { bytesOfBase64url } from '../../core/base-encodings.ts';
import { guidOfBytes } from '../../core/guid.ts';
import type { DriveKind } from '../../people/account-record.ts';
import { collection, sortable } from '../../storage/collection.ts';
import type { Records } from '../../storage/storage.ts';

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

/**
 * Drives by id. Ids compare without case, so the key is lower case: see {@link driveKey}. The look-ups are `number:`
 * and `KIND-number:` (sorted by number), `owner:`, `web:` (the path of its web page, with a slash in front) and
 * `site:` (GUIDs of site collection and web).
 */
export const drives = collection<DriveRecord>('drive', (drive) => [
  `number:${sortable(drive.number)}`,
  `${drive.kind}-number:${sortable(drive.number)}`,
  `owner:${drive.ownerId}`,
  ...(drive.kind === 'personal' ? [] : [`web:${webPathOf(drive)}`, siteLookup(drive.id)]),
]);

/** The drive of that number. */
export const driveNumbered = (records: Records, number: number): DriveRecord | undefined =>
  drives.find(records, `number:${sortable(number)}`)[0];

/** The path of the web page of a drive that is not personal, decoded, with a slash in front. */
export const webPathOf = (drive: DriveRecord): string =>
  `/${decodeURIComponent(drive.webPath ?? `personal/${drive.ownerId}/Documents`)}`;

const siteLookup = (id: string): string => {
  const { collection: siteCollection, web } = listIdsOf(id);
  return `site:${siteCollection},${web}`;
};

/** GUIDs of site collection, web and list, in lower case, which the id of a business drive or library is made of. */
export function listIdsOf(id: string): {
  readonly collection: string;
  readonly web: string;
  readonly list: string;
} {
  const bytes = bytesOfBase64url(id.slice(2)) ?? new Uint8Array();
  const guidAt = (start: number): string => guidOfBytes(bytes.subarray(start, start + 16)).toLowerCase();
  return { collection: guidAt(0), web: guidAt(16), list: guidAt(32) };
}

/**
 * Drive ids of personal accounts are returned in varying case and are compared case-insensitively; ids of libraries are
 * case-sensitive.
 */
export function driveKey(id: string): string {
  return id.startsWith('b!') ? id : id.toLowerCase();
}
