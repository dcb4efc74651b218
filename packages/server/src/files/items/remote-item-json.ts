/**
 * `remoteItem`: an item of another drive, as a listing of this one tells it. It is addressed on its own drive.
 * https://learn.microsoft.com/graph/api/resources/remoteitem
 */

import { type Asking, levelOn, reaches } from '../../sharing/access.ts';
import type { Links } from '../../sharing/links.ts';
import type { Records } from '../../storage/storage.ts';
import { driveKey, drives } from '../drives/drive-record.ts';
import { itemJson, type Json } from './item-json.ts';
import type { ItemRecord } from './item-record.ts';
import { placeOf } from './place.ts';

const facets = ['file', 'folder', 'package', 'image', 'photo', 'audio', 'video', 'fileSystemInfo'] as const;

/** What both the entry and its `remoteItem` say of an item whose whole JSON is `full`. */
export function remoteParts(full: Json): Json {
  const { id, name, size, webUrl, createdBy, createdDateTime, lastModifiedBy, lastModifiedDateTime } = full;
  const common = { id, name, size, webUrl };
  const changes = { createdBy, createdDateTime, lastModifiedBy, lastModifiedDateTime };
  return {
    ...common,
    ...changes,
    ...Object.fromEntries(
      facets.flatMap((facet) => (full[facet] === undefined ? [] : [[facet, full[facet]]])),
    ),
  };
}

/** What a shortcut stands for: whole for those who may still read it, else no more than its address. */
export function remoteOfShortcut(
  records: Records,
  { data: { remote } }: ItemRecord,
  links: Links,
  asking: Asking,
): Json {
  if (remote === undefined) return {};
  const address = { id: remote.id, parentReference: { driveId: remote.driveId } };
  const drive = drives.get(records, driveKey(remote.driveId));
  const item = drive === undefined ? undefined : records.itemById(drive.number, remote.id);
  if (drive === undefined || item === undefined || item.bin !== 0) return address;
  if (!reaches(levelOn(records, drive, item, asking), 'read')) return address;
  const full = itemJson(item, placeOf(records, drive, item), links);
  return { ...remoteParts(full), parentReference: full['parentReference'] };
}
