/** Sites and groups of a directory: their document libraries, and their members. */

import { type DriveRecord, driveKey, drives } from '../files/drives/drive-record.ts';
import { collection } from '../storage/collection.ts';
import type { Records } from '../storage/storage.ts';

/** A document library: a list with a drive. */
export interface LibraryRecord {
  /** The list's GUID, lower case. */
  readonly listId: string;
  readonly driveId: string;
  readonly name: string;
}

export interface SiteRecord {
  /** `host,site collection GUID,web GUID`. */
  readonly id: string;
  /** Path on the host, without leading and trailing slashes; empty for the root site. */
  readonly path: string;
  readonly name: string;
  readonly displayName: string;
  /** Milliseconds since the epoch. */
  readonly created: number;
  /** Id of the parent site; undefined for the top of a site collection. */
  readonly parent?: string | undefined;
  /** Account ids; undefined: everyone in the directory. */
  readonly members?: readonly string[] | undefined;
  /** Account ids of those with read access only. */
  readonly visitors?: readonly string[] | undefined;
  /** The first one is the default library. */
  readonly libraries: readonly LibraryRecord[];
}

export interface GroupRecord {
  readonly id: string;
  readonly displayName: string;
  readonly mail: string;
  readonly siteId: string;
}

/**
 * Sites by id, lower case. The look-ups are `path:`, `collection:` (GUID, for the top of a site collection), `parent:`,
 * `seen-by:` (account id of a member or visitor) and `open` (to everyone in the directory).
 */
export const sites = collection<SiteRecord>('site', (site) => [
  `path:${site.path.toLowerCase()}`,
  site.parent === undefined
    ? `collection:${site.id.toLowerCase().split(',')[1] ?? ''}`
    : `parent:${site.parent}`,
  ...(site.members === undefined
    ? ['open']
    : [...site.members, ...(site.visitors ?? [])].map((account) => `seen-by:${account}`)),
]);
/** Groups by id, lower case. The look-up is `site:`. */
export const groups = collection<GroupRecord>('group', ({ siteId }) => [`site:${siteId.toLowerCase()}`]);

/** The drive of a library. */
export function driveOfLibrary(records: Records, library: LibraryRecord): DriveRecord | undefined {
  return drives.get(records, driveKey(library.driveId));
}

/** The site that a drive belongs to; undefined for the drives of users. */
export function siteOfDrive(records: Records, drive: DriveRecord): SiteRecord | undefined {
  return drive.siteId === undefined ? undefined : sites.get(records, drive.siteId.toLowerCase());
}
