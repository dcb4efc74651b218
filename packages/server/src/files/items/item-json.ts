/**
 * The JSON view of a driveItem: https://learn.microsoft.com/graph/api/resources/driveitem, with the properties that each
 * kind of drive actually returns.
 */
import { cTagOf, eTagOf } from '../../core/entity-tags.ts';
import { mediaFacets, mimeTypeOf } from '../../core/media-type.ts';
import { timestamp } from '../../core/timestamps.ts';
import type { Links } from '../../sharing/links.ts';
import type { DriveRecord } from '../drives/drive-record.ts';
import type { CheckoutRecord, IdentityRecord, ItemRecord } from './item-record.ts';

export type Json = Record<string, unknown>;

/** The place of an item: its parent, and the names of the path from the root to that parent. */
export interface Place {
  readonly drive: DriveRecord;
  readonly parent: ItemRecord | undefined;
  readonly path: readonly string[];
}

/**
 * The JSON view of an item. With `select`, costly properties that are not selected are omitted; the caller applies the rest
 * of the selection. Optimized for listings of hundreds of items: one object literal, and assignments for optional
 * properties.
 */
export function itemJson(item: ItemRecord, place: Place, links: Links, select?: readonly string[]): Json {
  const { drive } = place;
  const { data } = item;
  const { kind } = drive;
  const isSelected = (name: string): boolean =>
    select === undefined || select.includes(name) || select.includes('*');
  const json: Json = {
    createdDateTime: timestamp(data.created, kind),
    eTag: isSelected('eTag') ? eTagOf(item, kind) : undefined,
    id: item.id,
    lastModifiedDateTime: timestamp(item.modified, kind),
    name: item.name,
    webUrl: isSelected('webUrl') ? webUrlOf(item, place, links) : undefined,
    cTag: isSelected('cTag') ? cTagOf(item, kind) : undefined,
    size: item.size,
    createdBy: identityJson(data.createdBy),
    lastModifiedBy: identityJson(data.modifiedBy),
    parentReference: parentJson(place),
    fileSystemInfo: {
      createdDateTime: timestamp(data.fsCreated, kind),
      lastModifiedDateTime: timestamp(data.fsModified, kind),
    },
  };
  if (kind === 'personal' && data.description !== undefined) json['description'] = data.description;
  if (data.checkout !== undefined) json['publication'] = publicationJson(item, data.checkout);
  else if (kind !== 'personal' && data.kind === 'file' && select?.includes('publication') === true)
    json['publication'] = { level: 'published', versionId: `${data.versionNumber ?? 1}.0` };
  if (data.shared !== undefined) json['shared'] = { scope: data.shared };
  addFacets(json, item, drive);
  if (data.kind === 'file' && (select === undefined || select.some(namesDownload)))
    json['@microsoft.graph.downloadUrl'] = links.download(drive, item);
  return json;
}

/**
 * Included by default while a file is checked out, otherwise on request:
 * https://learn.microsoft.com/graph/api/resources/publicationfacet
 */
function publicationJson(item: ItemRecord, { by, name }: CheckoutRecord): Json {
  const versionId = `${item.data.versionNumber ?? 1}.0`;
  return { level: 'checkout', versionId, checkedOutBy: { user: { id: by, displayName: name } } };
}

function webUrlOf(item: ItemRecord, place: Place, links: Links): string {
  return links.web(place.drive, item, item.data.kind === 'root' ? [] : [...place.path, item.name]);
}

const namesDownload = (name: string): boolean => name === '*' || name.endsWith('ownloadUrl');

function addFacets(json: Json, item: ItemRecord, drive: DriveRecord): void {
  const { data } = item;
  switch (data.kind) {
    case 'root':
      json['folder'] = folderJson(item, drive);
      json['root'] = {};
      return;
    case 'folder':
      json['folder'] = folderJson(item, drive);
      if (data.specialFolder !== undefined) json['specialFolder'] = { name: data.specialFolder };
      return;
    case 'package':
      json['package'] = { type: data.packageType ?? 'oneNote' };
      return;
    case 'shortcut':
      return;
    case 'file': {
      const mimeType = data.mimeType ?? mimeTypeOf(item.name);
      json['file'] = { mimeType, hashes: hashesJson(item, drive) };
      Object.assign(json, mediaFacets(mimeType, drive.kind));
    }
  }
}

/**
 * On personal drives includes the initial view of the web client: https://learn.microsoft.com/graph/api/resources/folderview
 */
function folderJson(item: ItemRecord, { kind }: DriveRecord): Json {
  const childCount = item.children;
  return kind === 'personal' ? { childCount, view: defaultView } : { childCount };
}

const defaultView = { viewType: 'thumbnails', sortBy: 'name', sortOrder: 'ascending' } as const;

/** QuickXorHash on every drive, SHA-1 on personal drives, where common clients use it to verify transfers. */
function hashesJson(item: ItemRecord, drive: DriveRecord): Json {
  const hashes = item.data.hashes;
  if (hashes === undefined) return {};
  const { quickXorHash, sha1 } = hashes;
  return drive.kind === 'personal' && sha1 !== '' ? { quickXorHash, sha1Hash: sha1 } : { quickXorHash };
}

/** A cache of parent references: all items of a listing share one. */
const parents = new WeakMap<Place, Json>();

function parentJson(place: Place): Json {
  const cached = parents.get(place);
  if (cached !== undefined) return cached;
  const made = describeParent(place);
  parents.set(place, made);
  return made;
}

function describeParent({ drive, parent, path }: Place): Json {
  const own = { driveId: drive.id, driveType: drive.kind };
  if (parent === undefined) return own;
  const names = path.map((name) => `/${name}`).join('');
  return { ...own, id: parent.id, name: parent.name, path: `/drives/${drive.id}/root:${names}` };
}

/** An identitySet with a user and, on personal drives, the application. */
export function identityJson({ application, ...user }: IdentityRecord): Json {
  return application === undefined ? { user } : { application, user };
}
