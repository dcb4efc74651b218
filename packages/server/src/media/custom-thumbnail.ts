/**
 * A picture that a client set as the thumbnail of a file, instead of one that is rendered from the file.
 * https://learn.microsoft.com/onedrive/developer/rest-api/api/driveitem_put_thumbnailset_content
 */

import type { ItemRecord } from '../files/items/item-record.ts';
import { collection } from '../storage/collection.ts';
import type { Records } from '../storage/storage.ts';

/** Blob, size in bytes, and size in pixels. */
export interface CustomThumbnail {
  readonly blob: string;
  readonly size: number;
  readonly width: number;
  readonly height: number;
}

const customThumbnails = collection<CustomThumbnail>('custom-thumbnail');

/** The picture that was set for an item. */
export const customThumbnail = (records: Records, item: ItemRecord): CustomThumbnail | undefined =>
  customThumbnails.get(records, String(item.key));

/** Sets or removes the picture; releases the blob of the previous one. */
export function setCustomThumbnail(
  records: Records,
  item: Pick<ItemRecord, 'key'>,
  picture: CustomThumbnail | undefined,
): void {
  const key = String(item.key);
  const previous = customThumbnails.get(records, key);
  if (picture !== undefined) {
    records.retainBlob(picture.blob);
    customThumbnails.put(records, key, picture);
  } else if (previous !== undefined) customThumbnails.delete(records, key);
  if (previous !== undefined) records.releaseBlob(previous.blob);
}
