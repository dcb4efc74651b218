/** An image in another size, as JPEG, turned as its EXIF orientation says. */

import { loadSharp } from './load-sharp.ts';
import type { ThumbnailBox } from './thumbnail-size.ts';

/** Pixels of the largest image that is opened: a small file can hold a huge one. */
const pixelLimit = 268_402_689;

/**
 * Renders `image` into `box`, or in its own size.
 * @returns JPEG bytes, or why there are none.
 */
export async function renderImage(
  image: Uint8Array,
  box: ThumbnailBox | undefined,
): Promise<Uint8Array | 'not-installed' | 'not-an-image'> {
  const sharp = await loadSharp();
  if (sharp === undefined) return 'not-installed';
  try {
    const upright = sharp(image, { limitInputPixels: pixelLimit })
      .autoOrient()
      .flatten({ background: '#fff' });
    const sized =
      box === undefined
        ? upright
        : upright.resize(box.width, box.height, {
            fit: box.crop ? 'cover' : 'inside',
            withoutEnlargement: !box.crop,
          });
    return await sized.jpeg().toBuffer();
  } catch {
    return 'not-an-image';
  }
}
