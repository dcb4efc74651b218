/**
 * EXIF data of an image as facets. Personal drives return all of it, other drives only the time taken.
 * https://learn.microsoft.com/onedrive/developer/rest-api/resources/driveitem,
 * https://learn.microsoft.com/graph/api/resources/photo
 */
import { timestamp } from '../core/timestamps.ts';
import type { Json } from '../files/items/item-json.ts';
import type { PhotoFacts } from '../live-v5/live-records.ts';
import type { DriveKind } from '../people/account-record.ts';

/** The facets `image`, `photo` and `location`, as far as their values are known. */
export function imageFacets(facts: PhotoFacts, kind: DriveKind): Json {
  const { width, height, taken, make, model, location } = facts;
  const takenDateTime = taken === undefined ? {} : { takenDateTime: timestamp(taken, kind) };
  if (kind !== 'personal') return taken === undefined ? {} : { photo: takenDateTime };
  const { focalRatio, focalLength, exposureNumerator, exposureDenominator } = facts;
  const { iso, orientation } = facts;
  const exposure = {
    fNumber: focalRatio,
    focalLength,
    exposureNumerator,
    exposureDenominator,
    iso,
    orientation,
  };
  return {
    ...(width > 0 ? { image: { width, height } } : {}),
    photo: { ...takenDateTime, cameraMake: make, cameraModel: model, ...exposure },
    ...(location === undefined ? {} : { location }),
  };
}
