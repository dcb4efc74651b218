/** Adds, changes and deletes permissions. Every change also updates the item's `shared` facet and the grants. */

import type { ItemRecord } from '../files/items/item-record.ts';
import { accounts } from '../people/account-record.ts';
import type { Records } from '../storage/storage.ts';
import {
  grantKey,
  grants,
  linkTokens,
  type PermissionRecord,
  permissionKey,
  permissions,
  permissionsOf,
} from './permission-record.ts';

/** Stores a new or changed permission. */
export function putPermission(records: Records, permission: PermissionRecord): PermissionRecord {
  const key = permissionKey(permission.item, permission.id);
  permissions.put(records, key, permission);
  if (permission.link !== undefined) linkTokens.put(records, permission.link.token, key);
  for (const account of holders(permission))
    grants.put(records, grantKey(account, key), {
      account,
      permission: key,
      drive: permission.drive,
      item: permission.item,
    });
  noteSharing(records, permission.item);
  return permission;
}

/** Deletes a permission. */
export function dropPermission(records: Records, permission: PermissionRecord): void {
  const key = permissionKey(permission.item, permission.id);
  permissions.delete(records, key);
  if (permission.link !== undefined) linkTokens.delete(records, permission.link.token);
  for (const account of holders(permission)) grants.delete(records, grantKey(account, key));
  noteSharing(records, permission.item);
}

const holders = ({ invitation, people = [] }: PermissionRecord): readonly string[] =>
  invitation?.id === undefined ? people : [...people, invitation.id];

/** Stores that an account got access through a link. */
export function redeem(records: Records, permission: PermissionRecord, account: string): void {
  const { people = [] } = permission;
  if (people.includes(account)) return;
  putPermission(records, { ...permission, people: [...people, account] });
}

/** The account with that mail address, if it exists on this server. */
export function accountByMail(
  records: Records,
  mail: string,
): { readonly id: string; readonly displayName: string } | undefined {
  const address = mail.toLowerCase();
  return accounts.find(records, `mail:${address}`)[0] ?? accounts.find(records, `upn:${address}`)[0];
}

const circles = ['anonymous', 'organization', 'users'] as const;

/**
 * Updates the item's sharing scope. Delta returns this change only to clients that request sharing changes:
 * https://learn.microsoft.com/graph/api/driveitem-delta (`deltashowsharingchanges`).
 */
function noteSharing(records: Records, key: number): void {
  const item = records.item(key);
  if (item === undefined) return;
  const all = permissionsOf(records, key).filter(({ application }) => application === undefined);
  const shared = circles.find((circle) => all.some((known) => (known.link?.scope ?? 'users') === circle));
  touchSharing(records, item, { shared });
}

/** Changes the properties about sharing, and nothing else. */
export function touchSharing(
  records: Records,
  item: ItemRecord,
  data: Pick<ItemRecord['data'], 'shared'> | Pick<ItemRecord['data'], 'ownPermissions'>,
): void {
  records.putItem({
    ...item,
    sequence: records.lastSequence(item.drive) + 1,
    data: { ...item.data, ...data, changedBefore: item.data.changedBefore ?? item.sequence },
  });
}
