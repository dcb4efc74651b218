/** Stores the content of a request in the drive; photos are scaled down first if the client allows it. */
import { mimeTypeOf } from '../../core/media-type.ts';
import { sealedContent } from '../../files/content/sealed-content.ts';
import type { Content } from '../../files/items/add-item.ts';
import { imageSize } from '../../media/image-size.ts';
import { photoHeadSize } from '../../media/photo-facts.ts';
import { render, renditionSizes } from '../../media/rendition.ts';
import type { Blobs, Records, SealedBlob } from '../../storage/storage.ts';
import { bytesOf } from './describe.ts';
import type { LiveContext } from './live-route.ts';

export interface Upload {
  readonly name: string;
  readonly body: AsyncIterable<Uint8Array>;
  /** Whether to scale down a photo that is larger than 2048 pixels. */
  readonly downsize: boolean;
}

/** Stores the bytes, then calls `finish` in one transaction to create the file. */
export async function storeUpload<T>(
  { world }: LiveContext,
  upload: Upload,
  finish: (records: Records, content: Content) => T,
): Promise<T> {
  const { storage } = world;
  const blob = storage.blobs.create();
  const made = [blob];
  try {
    await storage.blobs.append(blob, 0, upload.body);
    const sealed = await storage.blobs.seal(blob);
    const smaller = upload.downsize ? await downsized(storage.blobs, sealed, upload.name) : undefined;
    if (smaller !== undefined) {
      made.push(smaller.id);
      await storage.blobs.discard(blob);
    }
    return storage.write((records) => finish(records, sealedContent(smaller ?? sealed)));
  } catch (error) {
    for (const id of made) await storage.blobs.discard(id);
    throw error;
  }
}

/** A copy of the photo, no larger than 2048 pixels; undefined if it stays unchanged. */
async function downsized(blobs: Blobs, sealed: SealedBlob, name: string): Promise<SealedBlob | undefined> {
  if (!mimeTypeOf(name).startsWith('image/')) return undefined;
  const side = renditionSizes.full;
  const size = imageSize(await bytesOf(blobs.read(sealed.id, 0, Math.min(sealed.size, photoHeadSize))));
  if (size === undefined || Math.max(size.width, size.height) <= side) return undefined;
  const rendered = await render(await bytesOf(blobs.read(sealed.id, 0, sealed.size)), side, true);
  // If the image library is not installed or cannot read the file, the photo is kept unchanged.
  if (typeof rendered === 'string') return undefined;
  const id = blobs.create();
  await blobs.append(id, 0, one(rendered.bytes));
  return blobs.seal(id);
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}
