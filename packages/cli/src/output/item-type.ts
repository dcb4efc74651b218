/** The type of an item in one word, as in python-onedrive. */
import type { DriveItem } from 'onedrive-kit/graph';

/** The values of `type` in python-onedrive. */
export type ItemType = 'folder' | 'file' | 'photo' | 'video' | 'audio' | 'notebook';

const byMediaType: Readonly<Record<string, ItemType>> = { image: 'photo', video: 'video', audio: 'audio' };

/**
 * The type by the facets of an item, or by its media type if it has no such facet.
 * https://learn.microsoft.com/graph/api/resources/driveitem
 */
export function itemType(item: DriveItem): ItemType {
  if (item.package !== undefined) return item.package.type === 'oneNote' ? 'notebook' : 'file';
  if (item.folder ?? item.remoteItem?.folder) return 'folder';
  if (item.photo ?? item.image) return 'photo';
  if (item.video !== undefined) return 'video';
  if (item.audio !== undefined) return 'audio';
  return byMediaType[item.file?.mimeType?.split('/')[0] ?? ''] ?? 'file';
}
