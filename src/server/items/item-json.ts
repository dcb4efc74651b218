/**
 * A driveItem as it goes on the wire: https://learn.microsoft.com/graph/api/resources/driveitem, with what each kind
 * of drive really sends.
 */
import { cTagOf, eTagOf } from '../domain/entity-tags.ts';
import { mediaFacets, mimeTypeOf } from '../domain/media-type.ts';
import { timestamp } from '../domain/timestamps.ts';
import type { DriveRecord } from '../storage/records/drive-record.ts';
import type { IdentityRecord, ItemRecord } from '../storage/records/item-record.ts';
import type { Links } from './links.ts';

export type Json = Record<string, unknown>;

/** Where an item stands: its parent, and the names from below the root down to that parent. */
export interface Place {
  readonly drive: DriveRecord;
  readonly parent: ItemRecord | undefined;
  readonly path: readonly string[];
}

/** The whole item; `$select` cuts it down later. */
export function itemJson(item: ItemRecord, place: Place, links: Links): Json {
  const { drive } = place;
  const { data } = item;
  const time = (ms: number): string => timestamp(ms, drive.kind);
  const root = data.kind === 'root';
  return {
    ...(data.kind === 'file' ? { '@microsoft.graph.downloadUrl': links.download(drive, item) } : {}),
    createdDateTime: time(data.created),
    eTag: eTagOf(item, drive.kind),
    id: item.id,
    lastModifiedDateTime: time(item.modified),
    name: item.name,
    webUrl: links.web(drive, item, root ? [] : [...place.path, item.name]),
    cTag: cTagOf(item, drive.kind),
    size: item.size,
    createdBy: identityJson(data.createdBy),
    lastModifiedBy: identityJson(data.modifiedBy),
    ...(drive.kind === 'personal' && data.description !== undefined ? { description: data.description } : {}),
    parentReference: parentJson(place),
    fileSystemInfo: { createdDateTime: time(data.fsCreated), lastModifiedDateTime: time(data.fsModified) },
    ...facets(item, drive),
  };
}

function facets(item: ItemRecord, drive: DriveRecord): Json {
  const { data } = item;
  const special = data.specialFolder === undefined ? {} : { specialFolder: { name: data.specialFolder } };
  switch (data.kind) {
    case 'root':
      return { folder: { childCount: item.children }, root: {} };
    case 'folder':
      return { folder: { childCount: item.children }, ...special };
    case 'package':
      return { package: { type: data.packageType ?? 'oneNote' } };
    case 'file': {
      const mimeType = data.mimeType ?? mimeTypeOf(item.name);
      return { file: { mimeType, hashes: hashesJson(item, drive) }, ...mediaFacets(mimeType, drive.kind) };
    }
  }
}

/** QuickXorHash on every drive, SHA-1 on personal ones: clients in use check by it there. */
function hashesJson(item: ItemRecord, drive: DriveRecord): Json {
  const hashes = item.data.hashes;
  if (hashes === undefined) return {};
  const sha1 = drive.kind === 'personal' && hashes.sha1 !== '' ? { sha1Hash: hashes.sha1 } : {};
  return { quickXorHash: hashes.quickXorHash, ...sha1 };
}

function parentJson(place: Place): Json {
  const { drive, parent, path } = place;
  const own = { driveId: drive.id, driveType: drive.kind };
  if (parent === undefined) return own;
  const names = path.map((name) => `/${name}`).join('');
  return { ...own, id: parent.id, name: parent.name, path: `/drives/${drive.id}/root:${names}` };
}

/** An identitySet of one user. */
export function identityJson(identity: IdentityRecord): Json {
  return { user: identity };
}
