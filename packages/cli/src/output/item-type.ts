/** What an item is, in the one word that the older tool had for it. */
import type { DriveItem } from 'onedrive-kit/graph';

/** The words of the older tool's `type`. */
export type ItemType = 'folder' | 'file' | 'photo' | 'video' | 'audio' | 'notebook';

const byMediaType: Readonly<Record<string, ItemType>> = { image: 'photo', video: 'video', audio: 'audio' };

/**
 * The type by the facets of an item, and by its media type where a drive gives no facet.
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
