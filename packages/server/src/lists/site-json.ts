/**
 * The JSON views of sites, lists and list items: https://learn.microsoft.com/graph/api/resources/site, …/list, …/listitem
 */

import { eTagOf } from '../core/entity-tags.ts';
import { timestamp } from '../core/timestamps.ts';
import type { DriveRecord } from '../files/drives/drive-record.ts';
import { identityJson, type Json } from '../files/items/item-json.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import type { Links } from '../sharing/links.ts';
import type { ListSettings } from './list-settings.ts';
import type { LibraryRecord, SiteRecord } from './site-record.ts';

/** Host of a site. */
const hostOf = (site: SiteRecord): string => site.id.split(',')[0] ?? '';

/** Address of a site. */
export const siteUrl = (site: SiteRecord): string =>
  `https://${[hostOf(site), site.path].filter((part) => part !== '').join('/')}`;

/** A whole site. */
export function siteJson(site: SiteRecord): Json {
  const created = timestamp(site.created);
  return {
    createdDateTime: created,
    description: '',
    id: site.id,
    lastModifiedDateTime: created,
    name: site.name,
    webUrl: siteUrl(site),
    displayName: site.displayName,
    ...(site.path === '' ? { root: {} } : {}),
    ...(site.parent === undefined
      ? { siteCollection: { hostname: hostOf(site), ...(site.path === '' ? { root: {} } : {}) } }
      : {}),
  };
}

/** A document library as a list. */
export function listJson(
  site: SiteRecord,
  library: LibraryRecord,
  drive: DriveRecord,
  settings?: ListSettings,
): Json {
  return {
    id: library.listId,
    name: library.name,
    displayName: settings?.displayName ?? library.name,
    description: settings?.description ?? '',
    createdDateTime: timestamp(drive.created),
    lastModifiedDateTime: timestamp(settings?.modified ?? drive.created),
    eTag: `"${library.listId},${1 + (settings?.changes ?? 0)}"`,
    webUrl: `https://${hostOf(site)}/${drive.webPath ?? ''}`,
    createdBy: { user: { displayName: 'System Account' } },
    parentReference: { siteId: site.id },
    list: { contentTypesEnabled: false, hidden: false, template: 'documentLibrary' },
    sharepointIds: { ...siteIds(site.id, siteUrl(site)), listId: library.listId },
  };
}

/** The ids of a site, as returned by the routes for following sites. */
export const sharepointIdsOfSite = (site: SiteRecord): Json => ({
  ...siteIds(site.id, siteUrl(site)),
});

/** Ids of a site in SharePoint: https://learn.microsoft.com/graph/api/resources/sharepointids */
function siteIds(siteId: string, url: string): Json {
  const [, collection, web] = siteId.split(',');
  return { siteId: collection, webId: web, siteUrl: url };
}

/** The address of the site that a drive belongs to: the drive's address without the library's own name. */
function siteUrlOf({ webPath, ownerId }: DriveRecord, siteId: string): string {
  const place = webPath ?? `personal/${ownerId}/Documents`;
  return `https://${[siteId.split(',')[0], ...place.split('/').slice(0, -1)].join('/')}`;
}

export interface ListPlace {
  readonly drive: DriveRecord;
  readonly path: readonly string[];
  readonly listId: string;
  readonly siteId: string;
}

/** Ids of an item in SharePoint. */
export function sharepointIdsJson(item: ItemRecord, { drive, listId, siteId }: ListPlace): Json {
  return {
    ...siteIds(siteId, siteUrlOf(drive, siteId)),
    listId,
    listItemId: String(item.key),
    listItemUniqueId: item.data.guid.toLowerCase(),
  };
}

/** The JSON view of a list item. `fields` is included on request. */
export function listItemJson(item: ItemRecord, place: ListPlace, links: Links): Json {
  const { drive, listId, siteId, path } = place;
  return {
    id: String(item.key),
    createdDateTime: timestamp(item.data.created),
    lastModifiedDateTime: timestamp(item.modified),
    eTag: eTagOf(item, drive.kind),
    webUrl: links.web(drive, item, item.parent === 0 ? [] : [...path, item.name]),
    createdBy: identityJson(item.data.createdBy),
    lastModifiedBy: identityJson(item.data.modifiedBy),
    parentReference: { id: item.data.guid.toLowerCase(), siteId },
    contentType: item.rank === 0 ? { id: '0x012000', name: 'Folder' } : { id: '0x0101', name: 'Document' },
    sharepointIds: sharepointIdsJson(item, { ...place, listId }),
  };
}

/** Columns of a list item: the built-in ones, and those that were set. */
export function fieldsJson(item: ItemRecord, set: Json): Json {
  return {
    id: String(item.key),
    ContentType: item.rank === 0 ? 'Folder' : 'Document',
    Created: timestamp(item.data.created),
    Modified: timestamp(item.modified),
    FileLeafRef: item.name,
    LinkFilename: item.name,
    ...(item.rank === 0
      ? {}
      : { FileSizeDisplay: String(item.size), DocIcon: item.name.split('.').at(-1) ?? '' }),
    Edit: '0',
    ...set,
  };
}
