/**
 * Renders images in other sizes with `sharp`, an optional dependency. If it is not installed, the server reports that
 * instead of returning a placeholder.
 */

import type { PixelSize } from './image-size.ts';
import { loadSharp } from './load-sharp.ts';

/** Longest side in pixels. Names and sizes: MSDN hh243648, "Photo object"; recorded responses call the smallest `thumbnail`. */
export const renditionSizes = { normal: 800, album: 176, thumbnail: 96, full: 2048 } as const;

export type Rendition = keyof typeof renditionSizes;

/** Whether `name` is the name of a rendition. */
export function isRendition(name: string): name is Rendition {
  return Object.hasOwn(renditionSizes, name);
}

/** The size of an image scaled down to fit into a square of `side` pixels. Images are never enlarged. */
export function fitted({ width, height }: PixelSize, side: number): PixelSize {
  const scale = Math.min(1, side / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Why an image was not rendered. */
export type RenderFailure = 'not-installed' | 'not-an-image';

export interface Rendered {
  readonly bytes: Uint8Array;
  readonly type: string;
}

/** Formats that are preserved; all others are converted to JPEG. */
const preservedFormats: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'gif']);

/**
 * Scales `image` down to fit into a square of `side` pixels.
 * @param keepMetadata whether to keep EXIF data: true for a scaled upload, false for a thumbnail.
 */
export async function render(
  image: Uint8Array,
  side: number,
  keepMetadata: boolean,
): Promise<Rendered | RenderFailure> {
  const sharp = await loadSharp();
  if (sharp === undefined) return 'not-installed';
  try {
    const { format } = await sharp(image).metadata();
    const scaled = sharp(image, { limitInputPixels: 268_402_689 })
      .autoOrient()
      .resize(side, side, { fit: 'inside', withoutEnlargement: true });
    const output = preservedFormats.has(format) ? scaled : scaled.jpeg();
    const { data, info } = await (keepMetadata ? output.keepMetadata() : output).toBuffer({
      resolveWithObject: true,
    });
    return { bytes: data, type: `image/${info.format}` };
  } catch {
    return 'not-an-image';
  }
}
