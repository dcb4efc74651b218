/** The JSON view of a drive: https://learn.microsoft.com/graph/api/resources/drive */

import { timestamp } from '../../core/timestamps.ts';
import { groups } from '../../lists/site-record.ts';
import { type AccountRecord, accounts } from '../../people/account-record.ts';
import type { Links } from '../../sharing/links.ts';
import type { Records } from '../../storage/storage.ts';
import { usedBytes } from '../items/check-place.ts';
import type { Json } from '../items/item-json.ts';
import { rootOf } from '../items/resolve.ts';
import type { DriveRecord } from './drive-record.ts';
import { quotaOf } from './quota.ts';

/** The whole drive; `$select` is applied later. */
export function driveJson(records: Records, drive: DriveRecord, links: Links): Json {
  const owner = accounts.get(records, drive.ownerId);
  const root = rootOf(records, drive);
  return {
    createdDateTime: timestamp(drive.created, drive.kind),
    description: '',
    id: drive.id,
    lastModifiedDateTime: timestamp(root.modified, drive.kind),
    name: drive.name,
    webUrl: links.web(drive, root, []),
    driveType: drive.kind,
    createdBy: { user: { displayName: 'System Account' } },
    lastModifiedBy: { user: { displayName: 'System Account' } },
    owner: ownerJson(records, drive, owner),
    quota: quotaOf(drive.total, usedBytes(records, drive), records.binnedBytes(drive.number)),
  };
}

/** The owner: a user, or the group that a library belongs to. */
function ownerJson(records: Records, drive: DriveRecord, owner: AccountRecord | undefined): Json {
  const group = drive.kind === 'documentLibrary' ? groups.get(records, drive.ownerId) : undefined;
  if (group !== undefined)
    return { group: { id: group.id, displayName: group.displayName, email: group.mail } };
  if (drive.kind === 'documentLibrary') return { user: { displayName: 'System Account' } };
  const mail = drive.kind === 'personal' ? {} : { email: owner?.mail };
  return { user: { id: drive.ownerId, displayName: owner?.displayName ?? '', ...mail } };
}
