/**
 * Images in other sizes, really rendered, by `sharp`, which is an optional dependency: where it is not installed the
 * server says so instead of making something up.
 */

import type { PixelSize } from './image-size.ts';
import { loadSharp } from './load-sharp.ts';

/** Longest side in pixels. Names and sizes: MSDN hh243648, "Photo object"; recorded answers call the smallest `thumbnail`. */
export const renditionSizes = { normal: 800, album: 176, thumbnail: 96, full: 2048 } as const;

export type Rendition = keyof typeof renditionSizes;

/** Is it the name of a rendition? */
export function isRendition(name: string): name is Rendition {
  return Object.hasOwn(renditionSizes, name);
}

/** The size of an image that fits into a square of `side` pixels, never larger than it is. */
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

/** Formats that come out as they went in; every other one comes out as JPEG. */
const kept: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'gif']);

/**
 * `image`, scaled down to fit into a square of `side` pixels.
 * @param keepMetadata whether EXIF stays: for an upload that is scaled, not for a thumbnail.
 */
export async function render(
  image: Uint8Array,
  side: number,
  keepMetadata: boolean,
): Promise<Rendered | RenderFailure> {
  const open = await loadSharp();
  if (open === undefined) return 'not-installed';
  try {
    const { format } = await open(image).metadata();
    const scaled = open(image, { limitInputPixels: 268_402_689 })
      .autoOrient()
      .resize(side, side, { fit: 'inside', withoutEnlargement: true });
    const output = kept.has(format) ? scaled : scaled.jpeg();
    const { data, info } = await (keepMetadata ? output.keepMetadata() : output).toBuffer({
      resolveWithObject: true,
    });
    return { bytes: data, type: `image/${info.format}` };
  } catch {
    return 'not-an-image';
  }
}
