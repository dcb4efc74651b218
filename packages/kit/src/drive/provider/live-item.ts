/**
 * Converts objects of v5.0 to items, on which the drive layer works. The original object is kept, for callers
 * that need the response.
 */
import type { DriveItem } from '../../graph/types/index.ts';
import { parseObjectId } from '../../live/object-id.ts';
import type { LiveObject } from '../../live/types/index.ts';
import { withWireObject } from './wire-object.ts';

/** Converts an object to an item. Its id is the full id of v5.0; the object itself is kept beside it. */
export function itemOfLive(object: LiveObject): DriveItem {
  const item: DriveItem = {
    id: object.id,
    name: object.name,
    webUrl: object.link,
    createdDateTime: isoTime(object.created_time),
    lastModifiedDateTime: isoTime(object.updated_time),
    createdBy: { user: { id: object.from.id ?? '', displayName: object.from.name ?? '' } },
    fileSystemInfo: {
      createdDateTime: isoTime(object.created_time),
      lastModifiedDateTime: isoTime(object.client_updated_time),
    },
    ...(object.description === null ? {} : { description: object.description }),
    ...(object.parent_id === null ? {} : { parentReference: { id: object.parent_id } }),
    ...facetsOf(object),
  };
  return withWireObject(item, object);
}

/** Converts `2012-02-29T06:28:23+0000` to Graph's format. */
function isoTime(time: string): string {
  return time.replace(/\+00:?00$/, 'Z');
}

function facetsOf(object: LiveObject): Partial<DriveItem> {
  switch (object.type) {
    case 'folder':
    case 'album': {
      const root = parseObjectId(object.id)?.item === undefined ? { root: {} } : {};
      return { folder: { childCount: object.count }, ...root };
    }
    case 'notebook':
      return { package: { type: 'oneNote' } };
    case 'file':
      return content(object);
    case 'photo': {
      const { width, height } = object;
      return { ...content(object), image: { width, height }, photo: {} };
    }
    case 'video': {
      const { width, height, duration, bitrate } = object;
      return { ...content(object), video: { width, height, duration, bitrate } };
    }
    case 'audio':
      return { ...content(object), audio: { duration: object.duration } };
  }
}

function content({ size, source }: { readonly size: number; readonly source: string }): Partial<DriveItem> {
  return { size, file: {}, '@microsoft.graph.downloadUrl': source };
}
