/**
 * `remoteItem`: an item of another drive in a listing of this drive. It is addressed on its own drive.
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

/** Properties that are both in the entry and in its `remoteItem`, from the item's whole JSON `full`. */
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

/** The target of a shortcut: all properties if the caller may still read it, otherwise only its ids. */
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
