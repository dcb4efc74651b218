/**
 * While a file is checked out, what its holder does with it is a draft: everybody else has the version that was checked
 * out. https://learn.microsoft.com/graph/api/driveitem-checkout, …/driveitem-createlink ("the last checked-in version")
 */
import type { AccountRecord } from '../../people/account-record.ts';
import type { Records } from '../../storage/storage.ts';
import { type VersionRecord, versionKey, versions } from '../../versions/version-record.ts';
import { currentVersion } from '../../versions/versions.ts';
import type { ItemRecord } from '../items/item-record.ts';

/** The version that an account sees in place of a draft of somebody else; undefined where it sees the file as it is. */
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

/** An item with the content that a version had. */
export function asOf(item: ItemRecord, version: VersionRecord): ItemRecord {
  const { blob, size, modified, modifiedBy, hashes, number } = version;
  return { ...item, blob, size, modified, data: { ...item.data, modifiedBy, hashes, versionNumber: number } };
}
