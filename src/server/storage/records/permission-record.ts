/** What others may do with an item. */
import type { Records } from '../storage.ts';
import { collection } from './collection.ts';

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
