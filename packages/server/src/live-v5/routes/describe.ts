/**
 * Builds the JSON views of items: metadata of photos, videos and audio files is read from their content first, once per
 * version of the content.
 */
import { base64url } from '../../core/base-encodings.ts';
import { mimeTypeOf } from '../../core/media-type.ts';
import type { World } from '../../core/world.ts';
import type { ItemRecord } from '../../files/items/item-record.ts';
import { readMediaFacts } from '../../media/media-facts.ts';
import { photoHeadSize, readPhotoFacts } from '../../media/photo-facts.ts';
import { downloadTicket } from '../../sharing/links.ts';
import type { Records } from '../../storage/storage.ts';
import { StorageError } from '../../storage/storage-error.ts';
import { extraOf, putExtra } from '../live-records.ts';
import { liveTypeOf } from '../live-type.ts';
import { type Json, type ObjectPlace, objectJson } from '../object-json.ts';
import type { LiveContext } from './live-route.ts';

/** The objects of `items`, in their order; items that were deleted in the meantime are omitted. */
export async function describe(context: LiveContext, items: readonly ItemRecord[]): Promise<readonly Json[]> {
  for (const item of items) await learn(context.world, item);
  return context.world.storage.read((records) => {
    const place = placeOf(context, records);
    return items.flatMap(({ key }) => {
      const item = records.item(key);
      return item === undefined || item.bin !== 0 ? [] : [objectJson(item, place)];
    });
  });
}

/** One object. */
export async function describeOne(context: LiveContext, item: ItemRecord): Promise<Json> {
  const [json = {}] = await describe(context, [item]);
  return json;
}

/** The addresses for objects in this response. */
export function placeOf(context: LiveContext, records: Records): ObjectPlace {
  const { drive, links, base, world } = context;
  const expires = Math.ceil((world.clock.now() + world.settings.downloadLifetime) / 1000);
  return {
    records,
    drive,
    links,
    base,
    image: (item, rendition) =>
      `${links.origin}/_live/images/${downloadTicket(world, drive, item, expires)}/${rendition}/${base64url(new TextEncoder().encode(item.name))}`,
  };
}

/** Reads the metadata of a photo, video or audio file, unless it is stored for this version of the content. */
async function learn({ storage }: World, item: ItemRecord): Promise<void> {
  const { blob, size, contentVersion, key } = item;
  const extra = storage.read((records) => extraOf(records, key));
  const type = liveTypeOf(item, extra);
  if (blob === null || (type !== 'photo' && type !== 'video' && type !== 'audio')) return;
  const mediaFacts = type === 'photo' ? extra.photo : extra.media;
  if (mediaFacts?.contentVersion === contentVersion) return;
  const read = (start: number, end: number) => bytesOf(storage.blobs.read(blob, start, end));
  const mime = item.data.mimeType ?? mimeTypeOf(item.name);
  try {
    const learned =
      type === 'photo'
        ? { photo: await readPhotoFacts(await read(0, Math.min(size, photoHeadSize)), contentVersion) }
        : { media: await readMediaFacts({ size, type: mime, read }, contentVersion) };
    storage.write((records) => putExtra(records, key, learned));
  } catch (error) {
    // Bytes that cannot be read fail where they are downloaded; the object is described without its facts.
    if (!(error instanceof StorageError) || (error.code !== 'damaged' && error.code !== 'io')) throw error;
  }
}

/** All bytes of a stream. */
export async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk.slice());
    size += chunk.byteLength;
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}
