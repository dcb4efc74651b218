/**
 * Sets and removes the custom thumbnail of a file; on personal drives only.
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
  { ...item, method: 'DELETE', tail: 'thumbnails/{set}', handle: deletePicture },
];

/** Bytes of a picture. The page states no limit; this was the limit of simple uploads at the time. */
const maxPictureSize = 4 * 1024 * 1024;

function assertSupported(context: ItemContext): void {
  if (context.drive.kind !== 'personal')
    throw notSupported('Custom thumbnails are available on OneDrive Personal only.', 400);
  if (param(context, 'set') !== '0') throw itemNotFound('There is no such thumbnail set.');
}

/** @throws ServiceError 400 for a folder, 413 if too large, 415 for bytes that are not an image. */
async function putPicture(context: ItemContext): Promise<ServerResponse> {
  assertSupported(context);
  const { storage } = context.world;
  const blob = storage.blobs.create();
  try {
    await storage.blobs.append(blob, 0, limitedBody(context.request, maxPictureSize));
    const { size } = await storage.blobs.seal(blob);
    const pixels = imageSize(await readBlob(storage, { blob }, size));
    if (pixels === undefined)
      throw new ServiceError(415, 'invalidRequest', 'The content is not an image in a supported format.');
    storage.write((records) => {
      const item = findItem(records, context.drive, context.selector);
      if (item.data.kind !== 'file') throw invalidRequest('Only files can have a custom thumbnail.');
      setCustomThumbnail(records, item, { blob, size, ...pixels });
    });
  } catch (error) {
    await storage.blobs.discard(blob);
    throw error;
  }
  const { href } = context.request.url;
  return empty(200, { Location: href, 'Content-Location': href });
}

/** Removes the custom thumbnail, so that thumbnails are rendered from the file again. */
async function deletePicture(context: ItemContext): Promise<ServerResponse> {
  assertSupported(context);
  context.world.storage.write((records) => {
    const item = findItem(records, context.drive, context.selector);
    if (customThumbnail(records, item) === undefined)
      throw itemNotFound('This item has no custom thumbnail.');
    setCustomThumbnail(records, item, undefined);
  });
  return empty(204);
}
