/**
 * Metadata of a photo: its size in pixels and, from EXIF, the time, place and camera. The EXIF parser is loaded with
 * the first photo.
 */
import { readExposure } from '../live-v5/exif-rational.ts';
import type { PhotoFacts } from '../live-v5/live-records.ts';
import { imageSize } from './image-size.ts';

/** Bytes at the start of an image that are searched for its headers. */
export const photoHeadSize = 512 * 1024;

/** Metadata of a photo whose content has version `contentVersion`, read from its first {@link photoHeadSize} bytes. */
export async function readPhotoFacts(head: Uint8Array, contentVersion: number): Promise<PhotoFacts> {
  const size = imageSize(head) ?? { width: 0, height: 0 };
  return { contentVersion, ...size, ...(await readExif(head)) };
}

type Exif = Readonly<Record<string, unknown>>;

async function readExif(head: Uint8Array): Promise<Partial<PhotoFacts>> {
  const { default: exifr } = await import('exifr');
  let tags: Exif | undefined;
  try {
    tags = (await exifr.parse(head, {
      tiff: true,
      exif: true,
      gps: true,
      reviveValues: false,
      translateValues: false,
    })) as Exif | undefined;
  } catch {
    return {}; // a photo with a broken or missing EXIF block is still a photo
  }
  return tags === undefined ? {} : factsOf(tags, head);
}

function factsOf(tags: Exif, head: Uint8Array): Partial<PhotoFacts> {
  const seconds = numberOf(tags['ExposureTime']);
  const exposure = readExposure(head);
  return {
    taken: timeOf(tags['DateTimeOriginal'] ?? tags['CreateDate']),
    make: textOf(tags['Make']),
    model: textOf(tags['Model']),
    focalRatio: numberOf(tags['FNumber']),
    focalLength: numberOf(tags['FocalLength']),
    ...(exposure === undefined
      ? fractionOf(seconds ?? 0)
      : { exposureNumerator: exposure.numerator, exposureDenominator: exposure.denominator }),
    iso: isoOf(tags['ISO']),
    orientation: orientationOf(tags['Orientation']),
    location: locationOf(tags),
  };
}

/** Some cameras write several values, of which the first is in effect; 0 means unknown. */
function isoOf(value: unknown): number | undefined {
  const list: unknown[] = ArrayBuffer.isView(value) ? [...(value as Uint16Array)] : [value].flat();
  const iso = numberOf(list[0]);
  return iso !== undefined && iso > 0 ? iso : undefined;
}

/** One of the eight orientations of EXIF. */
function orientationOf(value: unknown): number | undefined {
  const number = numberOf(value);
  return number !== undefined && Number.isInteger(number) && number >= 1 && number <= 8 ? number : undefined;
}

/** The exposure time as a fraction, such as 1/250 for 0.004 s; used if the stored fraction could not be read. */
function fractionOf(seconds: number): Pick<PhotoFacts, 'exposureNumerator' | 'exposureDenominator'> {
  if (seconds <= 0) return {};
  if (seconds < 1) return { exposureNumerator: 1, exposureDenominator: Math.round(1 / seconds) };
  return { exposureNumerator: Math.round(seconds * 10), exposureDenominator: 10 };
}

function locationOf(tags: Exif): PhotoFacts['location'] {
  const latitude = numberOf(tags['latitude']);
  const longitude = numberOf(tags['longitude']);
  if (latitude === undefined || longitude === undefined) return undefined;
  const below = tags['GPSAltitudeRef'] === 1 || (tags['GPSAltitudeRef'] as Uint8Array | undefined)?.[0] === 1;
  const altitude = numberOf(tags['GPSAltitude']);
  if (altitude === undefined) return { latitude, longitude };
  return { latitude, longitude, altitude: below ? -altitude : altitude };
}

/** `2010:07:19 03:39:24`. EXIF has no time zone; like the service, this reads the time as UTC. */
function timeOf(value: unknown): number | undefined {
  const match = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(typeof value === 'string' ? value : '');
  if (match === null) return undefined;
  const ms = Date.parse(`${match[1] ?? ''}-${match[2] ?? ''}-${match[3] ?? ''}T${match[4] ?? ''}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

function textOf(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.replace(/\0+$/, '').trim() : '';
  return text === '' ? undefined : text;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
