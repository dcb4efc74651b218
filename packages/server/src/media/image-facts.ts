/** Width and height of images as displayed, stored for each version of a file's content. */
import { mimeTypeOf } from '../core/media-type.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import type { PhotoFacts } from '../live-v5/live-records.ts';
import { collection } from '../storage/collection.ts';
import type { Records, Storage } from '../storage/storage.ts';
import { StorageError } from '../storage/storage-error.ts';
import { imageSize } from './image-size.ts';
import { loadSharp } from './load-sharp.ts';
import { readPhotoFacts } from './photo-facts.ts';

export interface ImageFacts {
  readonly contentVersion: number;
  /** Pixels, after rotation; 0 if the format is unknown. */
  readonly width: number;
  readonly height: number;
  /** Further metadata; undefined in records of an earlier version. */
  readonly photo?: PhotoFacts | undefined;
}

const facts = collection<ImageFacts>('image-facts');

/** Bytes at the start of an image that are searched for its headers. */
const headSize = 512 * 1024;
/** Bytes; larger images are not rendered, because rendering holds them in memory. */
const maxImageSize = 64 * 1024 * 1024;

/** Whether the item can have thumbnails. */
export function isImage(item: ItemRecord): boolean {
  if (item.data.kind !== 'file' || item.size === 0 || item.size > maxImageSize) return false;
  return (item.data.mimeType ?? mimeTypeOf(item.name)).startsWith('image/');
}

/** The stored facts of an image; undefined until {@link learnImages} has analysed it. */
export function imageFacts(records: Records, item: ItemRecord): ImageFacts | undefined {
  const stored = facts.get(records, String(item.key));
  return stored?.contentVersion === item.contentVersion ? stored : undefined;
}

/**
 * Analyses the headers of images. If this server cannot render images, their size is recorded as unknown. An image whose
 * bytes cannot be read is left out, so that the listing it is in can be answered.
 */
export async function learnImages(storage: Storage, items: readonly ItemRecord[]): Promise<void> {
  const canRender = (await loadSharp()) !== undefined;
  for (const item of items) {
    const head = await readableHead(storage, item);
    if (head === undefined) continue;
    const size = canRender ? await sizeOf(head) : { width: 0, height: 0 };
    const photo = await readPhotoFacts(head, item.contentVersion);
    storage.write((records) =>
      facts.put(records, String(item.key), { contentVersion: item.contentVersion, ...size, photo }),
    );
  }
}

async function readableHead(storage: Storage, item: ItemRecord): Promise<Uint8Array | undefined> {
  try {
    return await readBlob(storage, item, Math.min(item.size, headSize));
  } catch (error) {
    if (error instanceof StorageError && (error.code === 'damaged' || error.code === 'io')) return undefined;
    throw error;
  }
}

async function sizeOf(head: Uint8Array) {
  const size = imageSize(head) ?? { width: 0, height: 0 };
  return (await isSideways(head)) ? { width: size.height, height: size.width } : size;
}

/** Orientations 5 to 8 of EXIF lay the image on its side. */
async function isSideways(head: Uint8Array): Promise<boolean> {
  const { default: exifr } = await import('exifr');
  try {
    return ((await exifr.orientation(head)) ?? 1) >= 5;
  } catch {
    return false;
  }
}

/** The first `length` bytes of a file. */
export async function readBlob(
  storage: Storage,
  item: Pick<ItemRecord, 'blob'>,
  length: number,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for await (const chunk of storage.blobs.read(item.blob ?? '', 0, length)) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}
