/**
 * The accounts of the server in a stable order: the order in which their drives were created. That defines "the first
 * account".
 */

import type { World } from '../core/world.ts';
import { driveKey, drives } from '../files/drives/drive-record.ts';
import { type AccountRecord, accounts, accountsWithAddress } from '../people/account-record.ts';
import type { Records } from '../storage/storage.ts';

/** Accounts, the oldest first; of one kind, if that is given. Reads them as needed. */
export function* accountsByAge(
  records: Records,
  kind?: AccountRecord['kind'],
): Generator<AccountRecord, undefined> {
  const prefix = kind === undefined ? 'number:' : `${kind}-number:`;
  for (const { value: drive } of drives.each(records, prefix)) {
    const account = accounts.get(records, drive.ownerId);
    if (account?.driveId === drive.id) yield account;
  }
}

/** Finds an account by id, userPrincipalName or mail, case-insensitively. Without a name: the first account. */
export function findAccount(world: World, name: string | undefined): AccountRecord | undefined {
  return world.storage.read((records) => {
    if (name === undefined) return accountsByAge(records).next().value;
    const age = ({ driveId }: AccountRecord) => drives.get(records, driveKey(driveId))?.number ?? Infinity;
    return [...accountsWithAddress(records, name)].sort((one, other) => age(one) - age(other))[0];
  });
}
