/** The types of objects, and which of them a `filter` lets through. */
import { mimeTypeOf } from '../core/media-type.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import type { LiveExtra } from './live-records.ts';

export type LiveType = 'folder' | 'album' | 'file' | 'photo' | 'video' | 'audio' | 'notebook';

/** What an item is to v5.0: a file is a photo, a video or a sound by its kind of content. */
export function liveTypeOf(
  item: Pick<ItemRecord, 'name' | 'data'>,
  extra: Pick<LiveExtra, 'album'>,
): LiveType {
  switch (item.data.kind) {
    case 'root':
      return 'folder';
    case 'folder':
      return extra.album ? 'album' : 'folder';
    // Known as folders alone: v5.0 has no word for them, and lists what is shared on its own.
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

/** The words of `filter`, and the types that each stands for: MSDN hh826545, "Core concepts". */
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
