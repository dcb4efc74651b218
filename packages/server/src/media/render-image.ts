/** Renders an image in another size, as JPEG, rotated by its EXIF orientation. */

import { loadSharp } from './load-sharp.ts';
import type { ThumbnailBox } from './thumbnail-size.ts';

/** Pixels: larger images are not opened, because a small file can contain a huge image. */
const pixelLimit = 268_402_689;

/**
 * Renders `image` into `box`, or in its own size.
 * @returns JPEG bytes, or the reason why it was not rendered.
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
