/** The types of objects, and which of them a `filter` selects. */
import { mimeTypeOf } from '../core/media-type.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import type { LiveExtra } from './live-records.ts';

export type LiveType = 'folder' | 'album' | 'file' | 'photo' | 'video' | 'audio' | 'notebook';

/** The v5.0 type of an item: a file is a photo, video or audio by its MIME type. */
export function liveTypeOf(
  item: Pick<ItemRecord, 'name' | 'data'>,
  extra: Pick<LiveExtra, 'album'>,
): LiveType {
  switch (item.data.kind) {
    case 'root':
      return 'folder';
    case 'folder':
      return extra.album ? 'album' : 'folder';
    // A shortcut is a folder only: v5.0 has no type for it, and lists shared items separately.
    case 'shortcut':
      return 'folder';
    case 'package':
      return 'notebook';
    case 'file': {
      const [family] = (item.data.mimeType ?? mimeTypeOf(item.name)).split('/');
      return family === 'image' ? 'photo' : family === 'video' || family === 'audio' ? family : 'file';
    }
  }
}

/** The words of `filter`, and the types that each selects: MSDN hh826545, "Core concepts". */
export const filterWords: Readonly<Record<string, readonly LiveType[]>> = {
  all: ['folder', 'album', 'file', 'photo', 'video', 'audio', 'notebook'],
  folders: ['folder'],
  albums: ['album'],
  files: ['file', 'notebook'],
  photos: ['photo'],
  videos: ['video'],
  audio: ['audio'],
  notebooks: ['notebook'],
};
