/** Deletes a document library: its files, its columns and content types, its subscriptions, and its drive. */
import { type DriveRecord, driveKey, drives } from '../files/drives/drive-record.ts';
import type { Actor } from '../files/items/actor.ts';
import { purgeItem } from '../files/items/remove-item.ts';
import { subscriptions } from '../notifications/subscription-record.ts';
import type { Records } from '../storage/storage.ts';
import { retireNumber } from '../testing/seed/create-account.ts';
import { dropColumns } from './column-records.ts';
import { dropContentTypes, listScope } from './content-types.ts';
import { dropListSettings } from './list-settings.ts';
import { type SiteRecord, sites } from './site-record.ts';

/** Number of rows that are read at once. */
const page = 500;

/** Deletes the library `drive` of `site` permanently. */
export function removeLibrary(records: Records, site: SiteRecord, drive: DriveRecord, actor: Actor): void {
  purgeAll(records, drive, actor);
  dropColumns(records, drive);
  dropContentTypes(records, listScope(drive));
  dropListSettings(records, drive);
  for (const { id } of subscriptions.find(records, `drive:${drive.id}`)) subscriptions.delete(records, id);
  const libraries = site.libraries.filter(({ driveId }) => driveKey(driveId) !== driveKey(drive.id));
  sites.put(records, site.id.toLowerCase(), { ...site, libraries });
  drives.delete(records, driveKey(drive.id));
  retireNumber(records, drive.number);
}

function purgeAll(records: Records, drive: DriveRecord, actor: Actor): void {
  for (;;) {
    const children = records.children(drive.root, { order: 'name', limit: page });
    for (const child of children) purgeItem(records, drive, child, actor);
    if (children.length < page) break;
  }
  for (;;) {
    const deletedItems = records.scan(drive.number, { binned: true, limit: page });
    for (const item of deletedItems) purgeItem(records, drive, item, actor);
    if (deletedItems.length < page) return;
  }
}
