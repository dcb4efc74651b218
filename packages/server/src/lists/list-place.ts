/** The list of a drive: that of its library, or the one behind a user's business drive. */
import { notSupported } from '../core/service-error.ts';
import { type DriveRecord, listIdsOf } from '../files/drives/drive-record.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import { ancestors } from '../files/items/tree.ts';
import type { Records } from '../storage/storage.ts';
import type { ListPlace } from './site-json.ts';
import { siteOfDrive } from './site-record.ts';

/**
 * The ids of an item in SharePoint. The GUIDs are part of the drive's id: site collection, web and list.
 * @throws ServiceError 400 on personal drives.
 */
export function listPlaceOf(records: Records, drive: DriveRecord, item: ItemRecord): ListPlace {
  if (drive.kind === 'personal')
    throw notSupported('Lists exist on business drives and libraries only.', 400);
  const { collection, web, list } = listIdsOf(drive.id);
  const siteId = siteOfDrive(records, drive)?.id ?? `contoso-my.sharepoint.com,${collection},${web}`;
  const path = ancestors(records, item)
    .slice(1)
    .map((step) => step.name);
  return { drive, path, listId: list, siteId };
}
