/** Sets of thumbnails on the wire: https://learn.microsoft.com/graph/api/resources/thumbnailset */

import type { DriveRecord } from '../files/drives/drive-record.ts';
import type { Json } from '../files/items/item-json.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import type { Links } from '../sharing/links.ts';
import type { Records } from '../storage/storage.ts';
import { customThumbnail } from './custom-thumbnail.ts';
import { imageFacts, isImage } from './image-facts.ts';
import { fitInto, standardSizes, thumbnailBox } from './thumbnail-size.ts';

/**
 * The sets of an item: one for an image, none for everything else.
 * @param unseen gets images whose size is not known yet; they have no set until it is.
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
  const wanted = names?.filter((name) => name !== 'id' && name !== '*') ?? [];
  const sizes = (wanted.length > 0 ? wanted : standard).flatMap((name) => {
    const one = thumbnailJson(place, item, facts, name);
    return one === undefined ? [] : [[name, one] as const];
  });
  return [{ id: '0', ...Object.fromEntries(sizes) }];
}

/** What thumbnails of an item are made of: the picture that was set for it, or itself. */
export interface Picture {
  /** Pixels; 0 where the format is unknown. */
  readonly width: number;
  readonly height: number;
  readonly custom: boolean;
}

/**
 * @param unseen gets the item where it is an image that nobody looked at yet.
 * @returns undefined where there is no picture, or none is known yet.
 */
export function pictureFacts(records: Records, item: ItemRecord, unseen: ItemRecord[]): Picture | undefined {
  const set = customThumbnail(records, item);
  if (set !== undefined) return { width: set.width, height: set.height, custom: true };
  if (!isImage(item)) return undefined;
  const facts = imageFacts(records, item);
  if (facts === undefined) unseen.push(item);
  return facts === undefined ? undefined : { width: facts.width, height: facts.height, custom: false };
}

/** One thumbnail; undefined for a name that is no size. */
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
