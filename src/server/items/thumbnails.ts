/** Sets of thumbnails on the wire: https://learn.microsoft.com/graph/api/resources/thumbnailset */
import { fitInto, standardSizes, thumbnailBox } from '../domain/thumbnail-size.ts';
import { type ImageFacts, imageFacts, isImage } from '../images/image-facts.ts';
import type { DriveRecord } from '../storage/records/drive-record.ts';
import type { ItemRecord } from '../storage/records/item-record.ts';
import type { Records } from '../storage/storage.ts';
import type { Json } from './item-json.ts';
import type { Links } from './links.ts';

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
  if (!isImage(item)) return [];
  const facts = imageFacts(records, item);
  if (facts === undefined) place.unseen.push(item);
  if (facts === undefined || facts.width === 0) return [];
  const wanted = names?.filter((name) => name !== 'id' && name !== '*') ?? [];
  const sizes = (wanted.length > 0 ? wanted : standardSizes).flatMap((name) => {
    const one = thumbnailJson(place, item, facts, name);
    return one === undefined ? [] : [[name, one] as const];
  });
  return [{ id: '0', ...Object.fromEntries(sizes) }];
}

/** One thumbnail; undefined for a name that is no size. */
export function thumbnailJson(
  { drive, links }: { readonly drive: DriveRecord; readonly links: Links },
  item: ItemRecord,
  facts: ImageFacts,
  name: string,
): Json | undefined {
  const box = thumbnailBox(name);
  if (box === undefined) return undefined;
  return { ...fitInto(facts, box), url: links.thumbnail(drive, item, name) };
}
