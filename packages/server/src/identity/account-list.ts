/**
 * The accounts of the server in a stable order: the order in which their drives were created. That defines "the first
 * account".
 */

import type { World } from '../core/world.ts';
import { drives } from '../files/drives/drive-record.ts';
import { type AccountRecord, accounts } from '../people/account-record.ts';

/** All accounts, oldest first. */
export function listAccounts(world: World): readonly AccountRecord[] {
  return world.storage.read((records) => {
    const age = new Map(drives.list(records).map((drive) => [drive.id, drive.number]));
    const byAge = (one: AccountRecord, other: AccountRecord) =>
      (age.get(one.driveId) ?? Infinity) - (age.get(other.driveId) ?? Infinity);
    return [...accounts.list(records)].sort(byAge);
  });
}

/** Finds an account by id, userPrincipalName or mail, case-insensitively. Without a name: the first account. */
export function findAccount(world: World, name: string | undefined): AccountRecord | undefined {
  const lowerName = name?.toLowerCase();
  return listAccounts(world).find((account) => lowerName === undefined || isNamed(account, lowerName));
}

function isNamed(account: AccountRecord, lowerName: string): boolean {
  return [account.id, account.userPrincipalName, account.mail].some(
    (name) => name.toLowerCase() === lowerName,
  );
}
