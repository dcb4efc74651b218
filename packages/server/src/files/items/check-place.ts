/** Checks whether an item may be created at its place: name, length of the path, and quota. */

import { invalidRequest, quotaLimitReached } from '../../core/service-error.ts';
import type { Records } from '../../storage/storage.ts';
import { versionBytes } from '../../versions/version-bytes.ts';
import type { DriveRecord } from '../drives/drive-record.ts';
import type { ItemRecord } from './item-record.ts';
import { isVault, vaultLocked } from './locked-vault.ts';
import { pathLimit, refuseName } from './name-rules.ts';
import { pathNames } from './tree.ts';

/** @throws ServiceError 400 if OneDrive refuses the name or the length of the path. */
export function checkName(records: Records, drive: DriveRecord, parent: ItemRecord, name: string): void {
  if (isVault(parent)) throw vaultLocked();
  const reason = refuseName(name, { business: drive.kind !== 'personal', atRoot: parent.parent === 0 });
  if (reason !== undefined)
    throw invalidRequest(`The provided name cannot be used: ${reason}.`, 'invalidPath');
  const length = [...pathNames(records, parent), name].join('/').length;
  if (length > pathLimit)
    throw invalidRequest(
      `The path is ${length} characters long; at most ${pathLimit} are allowed.`,
      'pathIsTooLong',
    );
}

/** Bytes in use: current content, and on business drives also earlier versions. The recycle bin is counted separately. */
export function usedBytes(records: Records, drive: DriveRecord): number {
  return (records.item(drive.root)?.size ?? 0) + versionBytes(records, drive);
}

/** @throws ServiceError 507 if `bytes` more exceed the quota. */
export function checkQuota(records: Records, drive: DriveRecord, bytes: number): void {
  if (bytes > 0 && usedBytes(records, drive) + bytes > drive.total) throw quotaLimitReached();
}
