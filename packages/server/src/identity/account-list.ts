/** The accounts of the server in a stable order: that in which their drives were made, so "the first one" means something. */

import type { World } from '../core/world.ts';
import { drives } from '../files/drives/drive-record.ts';
import { type AccountRecord, accounts } from '../people/account-record.ts';

/** Every account, the oldest first. */
export function listAccounts(world: World): readonly AccountRecord[] {
  return world.storage.read((records) => {
    const age = new Map(drives.list(records).map((drive) => [drive.id, drive.number]));
    const byAge = (one: AccountRecord, other: AccountRecord) =>
      (age.get(one.driveId) ?? Infinity) - (age.get(other.driveId) ?? Infinity);
    return [...accounts.list(records)].sort(byAge);
  });
}

/** An account by id, userPrincipalName or mail, without case; the first one when no name is given. */
export function findAccount(world: World, name: string | undefined): AccountRecord | undefined {
  const wanted = name?.toLowerCase();
  return listAccounts(world).find((account) => wanted === undefined || isNamed(account, wanted));
}

function isNamed(account: AccountRecord, wanted: string): boolean {
  return [account.id, account.userPrincipalName, account.mail].some((name) => name.toLowerCase() === wanted);
}
