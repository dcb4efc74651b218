/**
 * Setting the picture of a file: personal drives only.
 * https://learn.microsoft.com/onedrive/developer/rest-api/api/driveitem_put_thumbnailset_content
 */
import { empty } from '../core/answers.ts';
import { limitedBody } from '../core/body.ts';
import type { ServerResponse } from '../core/http.ts';
import { invalidRequest, itemNotFound, notSupported, ServiceError } from '../core/service-error.ts';
import { type DriveRoute, type ItemContext, param } from '../files/drives/drive-route.ts';
import { findItem } from '../files/items/resolve.ts';
import { customThumbnail, setCustomThumbnail } from './custom-thumbnail.ts';
import { readBlob } from './image-facts.ts';
import { imageSize } from './image-size.ts';

const source =
  'https://learn.microsoft.com/onedrive/developer/rest-api/api/driveitem_put_thumbnailset_content';
const item = { on: 'item', writes: true, source } as const;

export const customThumbnailRoutes: readonly DriveRoute[] = [
  { ...item, method: 'PUT', tail: 'thumbnails/{set}/source/content', handle: putPicture },
  { ...item, method: 'DELETE', tail: 'thumbnails/{set}', handle: dropPicture },
];

/** Bytes of a picture; the page says no limit, and a simple upload of its time took as much. */
const limit = 4 * 1024 * 1024;

function check(context: ItemContext): void {
  if (context.drive.kind !== 'personal')
    throw notSupported('Custom thumbnails are available on OneDrive Personal only.', 400);
  if (param(context, 'set') !== '0') throw itemNotFound('There is no such thumbnail set.');
}

/** @throws ServiceError 400 for a folder, 413, 415 for bytes that are no image. */
async function putPicture(context: ItemContext): Promise<ServerResponse> {
  check(context);
  const { storage } = context.world;
  const blob = storage.blobs.create();
  try {
    await storage.blobs.append(blob, 0, limitedBody(context.request, limit));
    const { size } = await storage.blobs.seal(blob);
    const pixels = imageSize(await readBlob(storage, { blob }, size));
    if (pixels === undefined)
      throw new ServiceError(415, 'invalidRequest', 'The content is not an image that can be read.');
    storage.write((records) => {
      const found = findItem(records, context.drive, context.selector);
      if (found.data.kind !== 'file') throw invalidRequest('Only files have a picture of their own.');
      setCustomThumbnail(records, found, { blob, size, ...pixels });
    });
  } catch (error) {
    await storage.blobs.discard(blob);
    throw error;
  }
  const { href } = context.request.url;
  return empty(200, { Location: href, 'Content-Location': href });
}

/** Back to the picture that is rendered from the file. */
async function dropPicture(context: ItemContext): Promise<ServerResponse> {
  check(context);
  context.world.storage.write((records) => {
    const found = findItem(records, context.drive, context.selector);
    if (customThumbnail(records, found) === undefined)
      throw itemNotFound('No picture was set for this item.');
    setCustomThumbnail(records, found, undefined);
  });
  return empty(204);
}
