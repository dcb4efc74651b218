/** The JSON view of thumbnail sets: https://learn.microsoft.com/graph/api/resources/thumbnailset */

import type { DriveRecord } from '../files/drives/drive-record.ts';
import type { Json } from '../files/items/item-json.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import type { Links } from '../sharing/links.ts';
import type { Records } from '../storage/storage.ts';
import { customThumbnail } from './custom-thumbnail.ts';
import { imageFacts, isImage } from './image-facts.ts';
import { fitInto, standardSizes, thumbnailBox } from './thumbnail-size.ts';

/**
 * The thumbnail sets of an item: one for an image, none for other items. Images whose size is not known yet have no
 * set, and are added to `place.unseen`.
 */
export function thumbnailSets(
  records: Records,
  place: { readonly drive: DriveRecord; readonly links: Links; readonly unseen: ItemRecord[] },
  item: ItemRecord,
  names: readonly string[] | undefined,
): readonly Json[] {
  const facts = pictureFacts(records, item, place.unseen);
  if (facts === undefined || facts.width === 0) return [];
  const standard = facts.custom ? [...standardSizes, 'source'] : standardSizes;
  const selected = names?.filter((name) => name !== 'id' && name !== '*') ?? [];
  const sizes = (selected.length > 0 ? selected : standard).flatMap((name) => {
    const thumbnail = thumbnailJson(place, item, facts, name);
    return thumbnail === undefined ? [] : [[name, thumbnail] as const];
  });
  return [{ id: '0', ...Object.fromEntries(sizes) }];
}

/** The source of an item's thumbnails: its custom thumbnail, or the image itself. */
export interface Picture {
  /** Pixels; 0 if the format is unknown. */
  readonly width: number;
  readonly height: number;
  readonly custom: boolean;
}

/**
 * @param unseen receives the item if it is an image that has not been analysed yet.
 * @returns undefined if there is no picture, or its size is not known yet.
 */
export function pictureFacts(records: Records, item: ItemRecord, unseen: ItemRecord[]): Picture | undefined {
  const set = customThumbnail(records, item);
  if (set !== undefined) return { width: set.width, height: set.height, custom: true };
  if (!isImage(item)) return undefined;
  const facts = imageFacts(records, item);
  if (facts === undefined) unseen.push(item);
  return facts === undefined ? undefined : { width: facts.width, height: facts.height, custom: false };
}

/** One thumbnail; undefined if `name` is not a thumbnail size. */
export function thumbnailJson(
  { drive, links }: { readonly drive: DriveRecord; readonly links: Links },
  item: ItemRecord,
  facts: Picture,
  name: string,
): Json | undefined {
  const { width, height } = facts;
  const box = name === 'source' && facts.custom ? { width, height, crop: false } : thumbnailBox(name);
  if (box === undefined) return undefined;
  return { ...fitInto(facts, box), url: links.thumbnail(drive, item, name) };
}
