/** Permissions of other users on an item. */

import { collection } from '../storage/collection.ts';
import type { Records } from '../storage/storage.ts';

export interface PermissionRecord {
  readonly id: string;
  readonly drive: string;
  /** Key of the item. */
  readonly item: number;
  readonly roles: readonly string[];
  readonly link?: {
    readonly type: 'view' | 'edit' | 'embed';
    readonly scope: 'anonymous' | 'organization' | 'users';
    /** The secret in the sharing link. */
    readonly token: string;
  };
  /** The invited people; `id` is set once an account has that address. */
  readonly invitation?: {
    readonly email: string;
    readonly signInRequired: boolean;
    readonly id?: string | undefined;
    readonly displayName: string;
  };
  /** The application that has the permission, instead of people. */
  readonly application?: { readonly id: string; readonly displayName: string };
  /** Ids of accounts that redeemed the link, or that a link for specific people names. */
  readonly people?: readonly string[] | undefined;
  readonly invitedBy?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly created?: number | undefined;
  readonly clientId: string;
  readonly password?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly expires?: number | undefined;
}

/** Permissions by {@link permissionKey}. The look-up is `drive:`. */
export const permissions = collection<PermissionRecord>('permission', ({ drive }) => [`drive:${drive}`]);

/** Keys of one item's permissions are adjacent. */
export const permissionKey = (item: number, id: string): string => `${String(item).padStart(15, '0')}/${id}`;

/** The permissions of an item itself, without inherited ones. */
export const permissionsOf = (records: Records, item: number): readonly PermissionRecord[] =>
  permissions.list(records, { prefix: permissionKey(item, '') });

/** Keys of permissions by the secret in their link. */
export const linkTokens = collection<string>('link-token');

/** Records that an item was shared with an account, for the list *shared with me*. */
export interface GrantRecord {
  readonly account: string;
  /** Key of the permission. */
  readonly permission: string;
  readonly drive: string;
  readonly item: number;
}

/** Grants by {@link grantKey}. */
export const grants = collection<GrantRecord>('grant');

/** Keys of one account's grants are adjacent. */
export const grantKey = (account: string, permission: string): string => `${account}/${permission}`;

/** The items that were shared with an account. */
export const grantsTo = (records: Records, account: string): readonly GrantRecord[] =>
  grants.list(records, { prefix: grantKey(account, '') });
