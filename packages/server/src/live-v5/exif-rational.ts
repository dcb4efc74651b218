/**
 * Rationals in EXIF, as stored. The EXIF library divides them, after which 4/300 and 1/75 are indistinguishable.
 * Layout: TIFF 6.0, section 2; EXIF 2.32, section 4.6.
 */

/** A numerator and a denominator, not reduced. */
export interface Rational {
  readonly numerator: number;
  readonly denominator: number;
}

const exifDirectory = 0x8769;
const exposureTime = 0x829a;
/** Type number of an unsigned rational. */
const rationalType = 5;

/** The exposure time in the EXIF block of an image's first bytes; undefined if it is missing or damaged. */
export function readExposure(head: Uint8Array): Rational | undefined {
  const start = tiffStart(head);
  if (start === undefined) return undefined;
  const view = new DataView(head.buffer, head.byteOffset + start, head.byteLength - start);
  const little = view.getUint8(0) === 0x49;
  try {
    const entry = (directory: number, tag: number) => entryAt(view, little, directory, tag);
    const pointer = entry(view.getUint32(4, little), exifDirectory);
    const at = pointer && entry(view.getUint32(pointer + 8, little), exposureTime);
    if (at === undefined || view.getUint16(at + 2, little) !== rationalType) return undefined;
    const value = view.getUint32(at + 8, little);
    const rational = {
      numerator: view.getUint32(value, little),
      denominator: view.getUint32(value + 4, little),
    };
    return rational.denominator === 0 ? undefined : rational;
  } catch (error) {
    if (error instanceof RangeError) return undefined; // An offset after the bytes that were read.
    throw error;
  }
}

/** Offset of the entry of `tag` in a directory. */
function entryAt(view: DataView, little: boolean, directory: number, tag: number): number | undefined {
  const count = view.getUint16(directory, little);
  for (let index = 0; index < count; index++) {
    const at = directory + 2 + index * 12;
    if (view.getUint16(at, little) === tag) return at;
  }
  return undefined;
}

/** The start of the TIFF structure: after `Exif\0\0` in JPEG, HEIC and WebP, at the start of TIFF files. */
function tiffStart(head: Uint8Array): number | undefined {
  const isTiff = (at: number): boolean =>
    (head[at] === 0x49 && head[at + 1] === 0x49 && head[at + 2] === 0x2a && head[at + 3] === 0) ||
    (head[at] === 0x4d && head[at + 1] === 0x4d && head[at + 2] === 0 && head[at + 3] === 0x2a);
  if (isTiff(0)) return 0;
  const last = head.byteLength - 14;
  for (let at = head.indexOf(0x45); at !== -1 && at <= last; at = head.indexOf(0x45, at + 1)) {
    const marked = head[at + 1] === 0x78 && head[at + 2] === 0x69 && head[at + 3] === 0x66;
    if (marked && head[at + 4] === 0 && head[at + 5] === 0 && isTiff(at + 6)) return at + 6;
  }
  return undefined;
}
