/** Recognizes HEIC images, which the prebuilt `sharp` cannot decode: it contains no HEVC decoder. */

import { ServiceError } from '../core/service-error.ts';
import type { ItemRecord } from '../files/items/item-record.ts';

/** Brands of the `ftyp` box whose images are compressed with HEVC: ISO/IEC 23008-12, annex B. */
const brands = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs']);
/** Bytes; no file lists so many brands that its box is longer. */
const longestBox = 512;

/** Whether the bytes begin with a `ftyp` box that names one of the brands. */
export function isHeic(bytes: Uint8Array): boolean {
  if (text(bytes, 4) !== 'ftyp') return false;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const end = Math.min(length, longestBox, bytes.byteLength);
  for (let at = 8; at + 4 <= end; at += 4) if (brands.has(text(bytes, at))) return true;
  return false;
}

const text = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));

/** 415: the service renders such images, this server does not. */
export const heicRefused = ({ name }: Pick<ItemRecord, 'name'>): ServiceError =>
  new ServiceError(
    415,
    'notSupported',
    `${name} is a HEIC image, which this server cannot decode. Upload a JPEG, or set a thumbnail with PUT thumbnails/0/source/content.`,
  );
