/**
 * A picture that a client set for a file, in place of one that is rendered from it.
 * https://learn.microsoft.com/onedrive/developer/rest-api/api/driveitem_put_thumbnailset_content
 */

import type { ItemRecord } from '../files/items/item-record.ts';
import { collection } from '../storage/collection.ts';
import type { Records } from '../storage/storage.ts';

/** Its bytes, and pixels. */
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

/** Sets a picture, or takes it away; the bytes of the one before go. */
export function setCustomThumbnail(
  records: Records,
  item: Pick<ItemRecord, 'key'>,
  picture: CustomThumbnail | undefined,
): void {
  const key = String(item.key);
  const before = customThumbnails.get(records, key);
  if (picture !== undefined) {
    records.retainBlob(picture.blob);
    customThumbnails.put(records, key, picture);
  } else if (before !== undefined) customThumbnails.delete(records, key);
  if (before !== undefined) records.releaseBlob(before.blob);
}
