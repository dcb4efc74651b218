/**
 * The JSON views of Live v5.0 objects. Keys and their order: Microsoft's recorded responses (LiveSDK-for-Windows, unit
 * tests) and MSDN dn631834 "File object", hh243648 "REST reference".
 */

import type { DriveRecord } from '../files/drives/drive-record.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import { ancestors } from '../files/items/tree.ts';
import { fitted, type Rendition, renditionSizes } from '../media/rendition.ts';
import type { Links } from '../sharing/links.ts';
import type { Records } from '../storage/storage.ts';
import { cidOf, liveId, shortId } from './live-id.ts';
import {
  commentsOf,
  extraOf,
  type LiveExtra,
  type MediaFacts,
  type PhotoFacts,
  tagsOf,
} from './live-records.ts';
import { liveTime } from './live-time.ts';
import { type LiveType, liveTypeOf } from './live-type.ts';

export type Json = Record<string, unknown>;

/** The inputs of the JSON view. */
export interface ObjectPlace {
  readonly records: Records;
  readonly drive: DriveRecord;
  readonly links: Links;
  /** `https://host/v5.0` */
  readonly base: string;
  /** The pre-authenticated URL of a rendition, which expires. */
  readonly image: (item: ItemRecord, rendition: Rendition) => string;
}

/** The name of the root in v5.0: the service's old name, which libcmis puts before every path. */
const rootName = 'SkyDrive';

/** The name that v5.0 shows. */
export function liveName(
  item: Pick<ItemRecord, 'name' | 'data'>,
  extra: LiveExtra,
  drive: Pick<DriveRecord, 'name' | 'kind'>,
): string {
  if (item.data.kind === 'root') return drive.kind === 'personal' ? rootName : drive.name;
  return extra.alias?.stored === item.name ? extra.alias.name : item.name;
}

/** The whole object. */
export function objectJson(item: ItemRecord, place: ObjectPlace): Json {
  const extra = extraOf(place.records, item.key);
  const type = liveTypeOf(item, extra);
  return { ...head(item, extra, type, place), ...body(item, extra, type, place), ...tail(item, type, place) };
}

function head(item: ItemRecord, extra: LiveExtra, type: LiveType, place: ObjectPlace): Json {
  const { drive, records } = place;
  const parent = records.item(item.parent);
  const id = liveId(item, drive);
  const by = item.data.createdBy;
  const rest = type === 'folder' || type === 'album' ? 'files/' : 'content/';
  return {
    id,
    from: { name: by.displayName, id: by.id ?? null },
    name: liveName(item, extra, drive),
    description: item.data.description || null,
    parent_id: parent === undefined ? null : liveId(parent, drive),
    ...(type === 'notebook' ? {} : { upload_location: `${place.base}/${id}/${rest}` }),
  };
}

function tail(item: ItemRecord, type: LiveType, place: ObjectPlace): Json {
  const { data } = item;
  return {
    link: pageLink(item, place, type === 'folder' || type === 'album' ? 'browse' : 'view'),
    type,
    shared_with: { access: accessOf(place.records, item) },
    created_time: liveTime(data.created),
    updated_time: liveTime(item.modified),
    client_updated_time: liveTime(data.fsModified),
  };
}

/** The web page of an item, in the format of v5.0. */
function pageLink(item: ItemRecord, { drive, links, records }: ObjectPlace, page: 'browse' | 'view'): string {
  const parent = records.item(item.parent);
  const query = new URLSearchParams({ cid: cidOf(drive), page, resid: shortId(item, drive) });
  if (parent !== undefined) query.set('parid', shortId(parent, drive));
  const origin = new URL(links.web(drive, item, [])).origin;
  return `${origin}/redir.aspx?${query.toString().replaceAll('%21', '!')}`;
}

/** Who can see an item, in English: the widest permission on it and on the folders above it. */
function accessOf(records: Records, item: ItemRecord): string {
  const chain = [...ancestors(records, item), item];
  if (chain.some((step) => step.data.specialFolder === 'public')) return 'Everyone (public)';
  if (chain.some((step) => step.data.shared === 'anonymous')) return 'People with a link';
  return chain.some((step) => step.data.shared !== undefined) ? 'People I selected' : 'Just me';
}

function body(item: ItemRecord, extra: LiveExtra, type: LiveType, place: ObjectPlace): Json {
  switch (type) {
    case 'folder':
      return { ...folder(item, place), sort_by: extra.sortBy ?? 'default' };
    case 'album':
      return folder(item, place);
    case 'notebook':
      return { size: item.size, is_embeddable: true };
    case 'file':
      return { ...content(item, place), sort_by: 'default', is_embeddable: true };
    case 'photo':
      return {
        ...content(item, place),
        ...tags(item, place),
        is_embeddable: true,
        ...photo(item, extra, place),
      };
    case 'video':
      return { ...content(item, place), ...tags(item, place), is_embeddable: true, ...video(item, extra) };
    case 'audio':
      return { ...content(item, place), is_embeddable: true, ...audio(item, extra) };
  }
}

/** Audio and video have no picture: a video frame would have to be decoded, and a cover is not an image of the drive. */
const noPicture = { picture: null };

function video(item: ItemRecord, extra: LiveExtra): Json {
  const { height = 0, width = 0, durationMs, bitrate } = mediaOf(item, extra);
  return { ...noPicture, height, width, duration: durationMs, bitrate };
}

function audio(item: ItemRecord, extra: LiveExtra): Json {
  const { title, artist, album, albumArtist, genre, durationMs } = mediaOf(item, extra);
  return {
    title: title ?? null,
    artist: artist ?? null,
    album: album ?? null,
    album_artist: albumArtist ?? null,
    genre: genre ?? null,
    duration: durationMs,
    ...noPicture,
  };
}

function mediaOf(item: ItemRecord, { media }: LiveExtra): MediaFacts {
  return media?.contentVersion === item.contentVersion ? media : unknownMedia;
}

const unknownMedia: MediaFacts = { contentVersion: 0, durationMs: 0, bitrate: 0 };

/**
 * The documentation does not mention the size of folders; responses of 2014 had it, and comments (libcmis,
 * qa/libcmis/data/onedrive).
 */
function folder(item: ItemRecord, place: ObjectPlace): Json {
  return { ...said(item, place), count: item.children, is_embeddable: item.data.kind !== 'root' };
}

function content(item: ItemRecord, place: ObjectPlace): Json {
  return { ...said(item, place), source: place.links.download(place.drive, item) };
}

function said(item: ItemRecord, { records }: ObjectPlace): Json {
  return {
    size: item.size,
    comments_count: commentsOf(records, item.key).length,
    comments_enabled: true,
  };
}

function tags(item: ItemRecord, { records }: ObjectPlace): Json {
  return { tags_count: tagsOf(records, item.key).length, tags_enabled: true };
}

function photo(item: ItemRecord, extra: LiveExtra, place: ObjectPlace): Json {
  const facts = extra.photo?.contentVersion === item.contentVersion ? extra.photo : unknownPhoto;
  return {
    picture: place.image(item, 'thumbnail'),
    images: images(item, facts, place),
    when_taken: facts.taken === undefined ? null : liveTime(facts.taken),
    height: facts.height,
    width: facts.width,
    location:
      facts.location === undefined ? null : { ...facts.location, altitude: facts.location.altitude ?? 0 },
    camera_make: facts.make ?? null,
    camera_model: facts.model ?? null,
    focal_ratio: facts.focalRatio ?? 0,
    focal_length: facts.focalLength ?? 0,
    exposure_numerator: facts.exposureNumerator ?? 0,
    exposure_denominator: facts.exposureDenominator ?? 0,
  };
}

const unknownPhoto: PhotoFacts = { contentVersion: 0, width: 0, height: 0 };

/** In the order of the recorded responses. */
const renditions = ['normal', 'album', 'thumbnail', 'full'] as const;

function images(item: ItemRecord, facts: PhotoFacts, place: ObjectPlace): Json[] {
  if (facts.width === 0) return [];
  return renditions.map((type) => {
    const { width, height } = fitted(facts, renditionSizes[type]);
    return { height, width, source: place.image(item, type), type };
  });
}
