/**
 * What earlier versions take of a drive's quota. On business drives and libraries every version counts:
 * Microsoft Support, "How versioning works in lists and libraries", https://learn.microsoft.com/sharepoint/document-library-version-history-limits
 */

import type { DriveRecord } from '../files/drives/drive-record.ts';
import { collection } from '../storage/collection.ts';
import type { Records } from '../storage/storage.ts';

/** Bytes, by number of the drive. */
const bytesOfVersions = collection<number>('version-bytes');

/** Bytes that count; none on personal drives. */
export const versionBytes = (records: Records, { kind, number }: DriveRecord): number =>
  kind === 'personal' ? 0 : (bytesOfVersions.get(records, String(number)) ?? 0);

/** Counts bytes of versions that came (or, below 0, went) in the drive of that number. */
export function countVersionBytes(records: Records, drive: number, bytes: number): void {
  if (bytes === 0) return;
  const key = String(drive);
  bytesOfVersions.put(records, key, Math.max(0, (bytesOfVersions.get(records, key) ?? 0) + bytes));
}
