/**
 * While a file is checked out, only the account that checked it out sees its changes; all others see the version at
 * checkout. https://learn.microsoft.com/graph/api/driveitem-checkout, …/driveitem-createlink ("the last checked-in version")
 */
import type { AccountRecord } from '../../people/account-record.ts';
import type { Records } from '../../storage/storage.ts';
import { type VersionRecord, versionKey, versions } from '../../versions/version-record.ts';
import { currentVersion } from '../../versions/versions.ts';
import type { ItemRecord } from '../items/item-record.ts';

/**
 * The version that an account sees while another account has the file checked out; undefined if it sees the current file.
 */
export function versionSeen(
  records: Records,
  item: ItemRecord,
  account: Pick<AccountRecord, 'id'>,
): VersionRecord | undefined {
  const { checkout } = item.data;
  if (checkout === undefined || checkout.by === account.id || checkout.version === currentVersion(item))
    return undefined;
  return versions.get(records, versionKey(item.key, checkout.version));
}

/** An item with the content of an earlier version. */
export function asOf(item: ItemRecord, version: VersionRecord): ItemRecord {
  const { blob, size, modified, modifiedBy, hashes, number } = version;
  return { ...item, blob, size, modified, data: { ...item.data, modifiedBy, hashes, versionNumber: number } };
}
