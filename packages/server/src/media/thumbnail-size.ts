/**
 * Sizes of thumbnails. Of the two lists in Microsoft's texts, the one on the method's page:
 * https://learn.microsoft.com/onedrive/developer/rest-api/api/driveitem_list_thumbnails
 */

/** How an image is fitted: into a box with its own ratio, or so that it fills the box. */
export interface ThumbnailBox {
  readonly width: number;
  readonly height: number;
  readonly crop: boolean;
}

const longest = { small: 96, medium: 176, large: 800 } as const;

/** Those that a set holds when nothing else is asked for. */
export const standardSizes = ['small', 'medium', 'large'] as const;

/** Pixels; larger ones are not rendered. */
const largest = 4096;

/** The box of `small`, `mediumSquare`, `c300x400`, `c300x400_crop`; undefined for no size. */
export function thumbnailBox(name: string): ThumbnailBox | undefined {
  const standard = /^(small|medium|large)(Square)?$/.exec(name);
  if (standard !== null) {
    const side = longest[standard[1] as keyof typeof longest];
    return { width: side, height: side, crop: standard[2] !== undefined };
  }
  const custom = /^c(\d{1,5})x(\d{1,5})(_crop)?$/i.exec(name);
  if (custom === null) return undefined;
  const width = Number(custom[1]);
  const height = Number(custom[2]);
  const valid = width > 0 && height > 0 && width <= largest && height <= largest;
  return valid ? { width, height, crop: custom[3] !== undefined } : undefined;
}

/** Pixels of an image of that size in a box; it is never enlarged. */
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
