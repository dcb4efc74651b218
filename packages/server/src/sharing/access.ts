/**
 * Who may do what with an item. The owner of a drive may do everything, members of a site may write in its libraries,
 * and everybody else may do what a permission on the item or on a folder above it says.
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

/** Each includes those before it. */
export const levels = ['none', 'read', 'write', 'owner'] as const;
export type Level = (typeof levels)[number];

/** Is `level` at least `wanted`? */
export const reaches = (level: Level, wanted: Level): boolean =>
  levels.indexOf(level) >= levels.indexOf(wanted);

/** The higher of two. */
export const higher = (left: Level, right: Level): Level => (reaches(left, right) ? left : right);

/** Whose rights are asked for, and when: permissions end. */
export interface Asking {
  readonly account: Pick<AccountRecord, 'id' | 'kind' | 'application'>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What the whole drive allows an account, whatever was shared with it. */
export function levelOnDrive(records: Records, drive: DriveRecord, { account }: Asking): Level {
  // An application that acts for itself was let into every drive by an administrator.
  if (account.application === true) return 'owner';
  if (drive.kind !== 'documentLibrary') return drive.ownerId === account.id ? 'owner' : 'none';
  const site = siteOfDrive(records, drive);
  if (site === undefined || account.kind !== 'business') return 'none';
  if (site.members === undefined || site.members.includes(account.id)) return 'owner';
  return site.visitors?.includes(account.id) === true ? 'read' : 'none';
}

/** What an account may do with an item. */
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

/** Does a permission, which has not ended, name this account? */
export function isFor(permission: PermissionRecord, { account, now }: Asking): boolean {
  if (hasEnded(permission, now)) return false;
  return permission.invitation?.id === account.id || permission.people?.includes(account.id) === true;
}

/** Is the time of a permission over? */
export const hasEnded = (permission: PermissionRecord, now: number): boolean =>
  permission.expires !== undefined && permission.expires <= now;

/** What a permission allows. */
export function levelOf(permission: PermissionRecord): Level {
  if (permission.roles.includes('owner')) return 'owner';
  return permission.roles.includes('write') ? 'write' : 'read';
}

/** Was anything in this drive ever shared with the account? */
export function hasGrantIn(
  records: Records,
  drive: DriveRecord,
  account: Pick<AccountRecord, 'id'>,
): boolean {
  return grantsTo(records, account.id).some((grant) => driveKey(grant.drive) === driveKey(drive.id));
}

/** The drive of that id. @throws ServiceError 404. */
export function driveNamed(records: Records, id: string): DriveRecord {
  const drive = drives.get(records, driveKey(id));
  if (drive === undefined) throw itemNotFound('The drive could not be found.');
  return drive;
}

/** @throws ServiceError 403 unless the account may do that with the item. */
export function requireLevel(
  records: Records,
  drive: DriveRecord,
  item: ItemRecord,
  asking: Asking & { readonly wanted: Level },
): void {
  if (!reaches(levelOn(records, drive, item, asking), asking.wanted)) throw accessDenied();
}
