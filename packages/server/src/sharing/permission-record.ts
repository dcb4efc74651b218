/** What others may do with an item. */

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
    /** The secret in the link. */
    readonly token: string;
  };
  /** Whom it was given to by name; `id` is there once an account has that address. */
  readonly invitation?: {
    readonly email: string;
    readonly signInRequired: boolean;
    readonly id?: string | undefined;
    readonly displayName: string;
  };
  /** The application that it was given to, instead of people. */
  readonly application?: { readonly id: string; readonly displayName: string };
  /** Ids of accounts that redeemed the link, or that a link for certain people names. */
  readonly people?: readonly string[] | undefined;
  readonly invitedBy?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly created?: number | undefined;
  readonly clientId: string;
  readonly password?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly expires?: number | undefined;
}

/** Permissions by {@link permissionKey}. */
export const permissions = collection<PermissionRecord>('permission');

/** Keys of one item's permissions lie together. */
export const permissionKey = (item: number, id: string): string => `${String(item).padStart(15, '0')}/${id}`;

/** The permissions that were given on an item itself. */
export function permissionsOf(records: Records, item: number): readonly PermissionRecord[] {
  const found: PermissionRecord[] = [];
  const prefix = permissionKey(item, '');
  for (let after = prefix; ; ) {
    const page = records.documents(permissions.kind, { after, limit: 50 });
    for (const { key, value } of page) {
      if (!key.startsWith(prefix)) return found;
      found.push(value as PermissionRecord);
      after = key;
    }
    if (page.length < 50) return found;
  }
}

/** Permissions by the secret in their link: key of the permission. */
export const linkTokens = collection<string>('link-token');

/** That an account was given something: what *shared with me* lists. */
export interface GrantRecord {
  readonly account: string;
  /** Key of the permission. */
  readonly permission: string;
  readonly drive: string;
  readonly item: number;
}

/** Grants by {@link grantKey}. */
export const grants = collection<GrantRecord>('grant');

/** Keys of one account's grants lie together. */
export const grantKey = (account: string, permission: string): string => `${account}/${permission}`;

/** What was given to an account. */
export function grantsTo(records: Records, account: string): readonly GrantRecord[] {
  const found: GrantRecord[] = [];
  for (let after = grantKey(account, ''); ; ) {
    const page = grants.list(records, { after, limit: 100 });
    for (const grant of page) {
      if (grant.account !== account) return found;
      found.push(grant);
      after = grantKey(account, grant.permission);
    }
    if (page.length < 100) return found;
  }
}
