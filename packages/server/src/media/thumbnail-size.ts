/**
 * Sizes of thumbnails. Microsoft publishes two lists; this is the one on the method's page:
 * https://learn.microsoft.com/onedrive/developer/rest-api/api/driveitem_list_thumbnails
 */

/** The box of a thumbnail: the image is scaled to fit into it, or with `crop` to fill it. */
export interface ThumbnailBox {
  readonly width: number;
  readonly height: number;
  readonly crop: boolean;
}

const longestSides = { small: 96, medium: 176, large: 800 } as const;

/** Sizes in a set by default. */
export const standardSizes = ['small', 'medium', 'large'] as const;

/** Pixels; larger thumbnails are not rendered. */
const maxSide = 4096;

/** The box of `small`, `mediumSquare`, `c300x400`, `c300x400_crop`; undefined for other names. */
export function thumbnailBox(name: string): ThumbnailBox | undefined {
  const standard = /^(small|medium|large)(Square)?$/.exec(name);
  if (standard !== null) {
    const side = longestSides[standard[1] as keyof typeof longestSides];
    return { width: side, height: side, crop: standard[2] !== undefined };
  }
  const custom = /^c(\d{1,5})x(\d{1,5})(_crop)?$/i.exec(name);
  if (custom === null) return undefined;
  const width = Number(custom[1]);
  const height = Number(custom[2]);
  const valid = width > 0 && height > 0 && width <= maxSide && height <= maxSide;
  return valid ? { width, height, crop: custom[3] !== undefined } : undefined;
}

/** Size in pixels of an image scaled into a box. Images are never enlarged. */
export function fitInto(
  image: { readonly width: number; readonly height: number },
  box: ThumbnailBox,
): { readonly width: number; readonly height: number } {
  if (box.crop) return { width: box.width, height: box.height };
  const scale = Math.min(1, box.width / image.width, box.height / image.height);
  return {
    width: Math.max(1, Math.round(image.width * scale)),
    height: Math.max(1, Math.round(image.height * scale)),
  };
}
