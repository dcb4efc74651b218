/**
 * The space that earlier versions use of a drive's quota. On business drives and libraries every version is counted:
 * Microsoft Support, "How versioning works in lists and libraries",
 * https://learn.microsoft.com/sharepoint/document-library-version-history-limits
 */

import type { DriveRecord } from '../files/drives/drive-record.ts';
import { collection } from '../storage/collection.ts';
import type { Records } from '../storage/storage.ts';

/** Bytes, by number of the drive. */
const bytesOfVersions = collection<number>('version-bytes');

/** Bytes of versions that are counted; 0 on personal drives. */
export const versionBytes = (records: Records, { kind, number }: DriveRecord): number =>
  kind === 'personal' ? 0 : (bytesOfVersions.get(records, String(number)) ?? 0);

/** Adds to (or, if negative, subtracts from) the bytes of versions in the drive with that number. */
export function countVersionBytes(records: Records, drive: number, bytes: number): void {
  if (bytes === 0) return;
  const key = String(drive);
  bytesOfVersions.put(records, key, Math.max(0, (bytesOfVersions.get(records, key) ?? 0) + bytes));
}
