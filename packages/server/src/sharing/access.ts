/**
 * Access to items. The owner of a drive has full access, members of a site can write in its libraries, and all others have
 * the access that permissions on the item or on a folder above it give.
 * https://learn.microsoft.com/graph/api/resources/permission
 */
import { accessDenied, itemNotFound } from '../core/service-error.ts';
import { type DriveRecord, driveKey, drives } from '../files/drives/drive-record.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import { ancestors } from '../files/items/tree.ts';
import { siteOfDrive } from '../lists/site-record.ts';
import type { AccountRecord } from '../people/account-record.ts';
import type { Records } from '../storage/storage.ts';
import { grantsTo, type PermissionRecord, permissionsOf } from './permission-record.ts';

/** Each level includes those before it. */
export const levels = ['none', 'read', 'write', 'owner'] as const;
export type Level = (typeof levels)[number];

/** Whether `level` is at least `wanted`. */
export const reaches = (level: Level, wanted: Level): boolean =>
  levels.indexOf(level) >= levels.indexOf(wanted);

/** The higher of two levels. */
export const higher = (left: Level, right: Level): Level => (reaches(left, right) ? left : right);

/** The account whose access is checked, and the time, because permissions expire. */
export interface Asking {
  readonly account: Pick<AccountRecord, 'id' | 'kind' | 'application'>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The access of an account to the whole drive, without permissions on items. */
export function levelOnDrive(records: Records, drive: DriveRecord, { account }: Asking): Level {
  // An administrator gave an application with its own token access to every drive.
  if (account.application === true) return 'owner';
  if (drive.kind !== 'documentLibrary') return drive.ownerId === account.id ? 'owner' : 'none';
  const site = siteOfDrive(records, drive);
  if (site === undefined || account.kind !== 'business') return 'none';
  if (site.members === undefined || site.members.includes(account.id)) return 'owner';
  return site.visitors?.includes(account.id) === true ? 'read' : 'none';
}

/** The access of an account to an item. */
export function levelOn(records: Records, drive: DriveRecord, item: ItemRecord, asking: Asking): Level {
  let level = levelOnDrive(records, drive, asking);
  if (level === 'owner' || asking.account.id === '') return level;
  for (const step of [...ancestors(records, item), item].reverse()) {
    for (const permission of permissionsOf(records, step.key))
      if (isFor(permission, asking)) level = higher(level, levelOf(permission));
    if (step.data.ownPermissions === true) break;
  }
  return level;
}

/** Whether a permission applies to this account and has not expired. */
export function isFor(permission: PermissionRecord, { account, now }: Asking): boolean {
  if (hasEnded(permission, now)) return false;
  return permission.invitation?.id === account.id || permission.people?.includes(account.id) === true;
}

/** Whether a permission has expired. */
export const hasEnded = (permission: PermissionRecord, now: number): boolean =>
  permission.expires !== undefined && permission.expires <= now;

/** The access that a permission gives. */
export function levelOf(permission: PermissionRecord): Level {
  if (permission.roles.includes('owner')) return 'owner';
  return permission.roles.includes('write') ? 'write' : 'read';
}

/** Whether any item in this drive was ever shared with the account. */
export function hasGrantIn(
  records: Records,
  drive: DriveRecord,
  account: Pick<AccountRecord, 'id'>,
): boolean {
  return grantsTo(records, account.id).some((grant) => driveKey(grant.drive) === driveKey(drive.id));
}

/** The drive with that id. @throws ServiceError 404. */
export function driveNamed(records: Records, id: string): DriveRecord {
  const drive = drives.get(records, driveKey(id));
  if (drive === undefined) throw itemNotFound('The drive could not be found.');
  return drive;
}

/** @throws ServiceError 403 unless the account has the required access to the item. */
export function requireLevel(
  records: Records,
  drive: DriveRecord,
  item: ItemRecord,
  asking: Asking & { readonly wanted: Level },
): void {
  if (!reaches(levelOn(records, drive, item, asking), asking.wanted)) throw accessDenied();
}
