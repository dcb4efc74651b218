/** The list of a drive: that of its library, or the one behind a user's business drive. */
import { bytesOfBase64url } from '../core/base-encodings.ts';
import { guidOfBytes } from '../core/guid.ts';
import { notSupported } from '../core/service-error.ts';
import type { DriveRecord } from '../files/drives/drive-record.ts';
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
  const bytes = drive.kind === 'personal' ? undefined : bytesOfBase64url(drive.id.slice(2));
  if (bytes === undefined)
    throw notSupported('Lists are available on business drives and libraries only.', 400);
  const [collection, web, list] = [0, 16, 32].map((start) =>
    guidOfBytes(bytes.subarray(start, start + 16)).toLowerCase(),
  );
  const siteId =
    siteOfDrive(records, drive)?.id ?? `contoso-my.sharepoint.com,${collection ?? ''},${web ?? ''}`;
  const path = ancestors(records, item)
    .slice(1)
    .map((step) => step.name);
  return { drive, path, listId: list ?? '', siteId };
}
