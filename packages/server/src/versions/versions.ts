/**
 * Versions of a file: its earlier content. Business drives keep 500 (the default of a library), personal drives 25.
 * https://learn.microsoft.com/graph/api/resources/driveitemversion,
 * Microsoft Support, "Restore a previous version of a file stored in OneDrive"
 */
import { itemNotFound } from '../core/service-error.ts';
import type { DriveRecord } from '../files/drives/drive-record.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import type { Records } from '../storage/storage.ts';
import { countVersionBytes } from './version-bytes.ts';
import { type VersionRecord, versionKey, versions, versionsOf } from './version-record.ts';

/** Number of versions that are kept in addition to the current one. */
const versionLimit = (drive: Pick<DriveRecord, 'kind'>): number => (drive.kind === 'personal' ? 25 : 500);

/** Number of the current version. */
export const currentVersion = (item: ItemRecord): number => item.data.versionNumber ?? 1;

/** Stores the current state of a file as a version, which takes over the item's reference to its blob. */
export function keepVersion(records: Records, drive: DriveRecord, item: ItemRecord): void {
  const { hashes, modifiedBy } = item.data;
  if (item.blob === null) return;
  if (hashes === undefined) {
    records.releaseBlob(item.blob);
    return;
  }
  const number = currentVersion(item);
  const { blob, size, modified } = item;
  versions.put(records, versionKey(item.key, number), {
    number,
    item: item.key,
    blob,
    size,
    hashes,
    modified,
    modifiedBy,
  });
  countVersionBytes(records, item.drive, size);
  const all = versionsOf(records, item.key);
  for (const old of all.slice(0, Math.max(0, all.length - versionLimit(drive)))) dropVersion(records, old);
}

/** Deletes a version and its content. */
export function dropVersion(records: Records, version: VersionRecord): void {
  versions.delete(records, versionKey(version.item, version.number));
  const drive = records.item(version.item)?.drive;
  if (drive !== undefined) countVersionBytes(records, drive, -version.size);
  records.releaseBlob(version.blob);
}

/** Deletes all versions of a permanently deleted item. */
export function dropVersions(records: Records, item: number): void {
  for (const version of versionsOf(records, item)) dropVersion(records, version);
}

/** The current state of a file as a version record. */
export function asVersion(item: ItemRecord): VersionRecord {
  return {
    number: currentVersion(item),
    item: item.key,
    blob: item.blob ?? '',
    size: item.size,
    hashes: item.data.hashes ?? { quickXorHash: '', sha1: '' },
    modified: item.modified,
    modifiedBy: item.data.modifiedBy,
  };
}

/** The version with that id, such as `3.0` or `current`. @throws ServiceError 404. */
export function findVersion(records: Records, item: ItemRecord, name: string): VersionRecord {
  const number = /^(\d{1,9})(?:\.0)?$/.exec(name)?.[1];
  if (name === 'current' || Number(number) === currentVersion(item)) return asVersion(item);
  const version =
    number === undefined ? undefined : versions.get(records, versionKey(item.key, Number(number)));
  if (version === undefined) throw itemNotFound('The version could not be found.');
  return version;
}

/** Copies the versions of an item to its copy. */
export function copyVersions(records: Records, from: ItemRecord, to: ItemRecord): void {
  const history = versionsOf(records, from.key);
  if (history.length === 0) return;
  for (const version of history) {
    records.retainBlob(version.blob);
    versions.put(records, versionKey(to.key, version.number), { ...version, item: to.key });
    countVersionBytes(records, to.drive, version.size);
  }
  records.putItem({ ...to, data: { ...to.data, versionNumber: currentVersion(from) } });
}
