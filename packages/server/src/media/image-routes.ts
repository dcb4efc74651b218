/** Routes of the URLs of thumbnails, converted images and previews. They need no access token. */

import { cTagOf, eTagOf } from '../core/entity-tags.ts';
import type { ServerResponse } from '../core/http.ts';
import type { Route, RouteContext } from '../core/route.ts';
import { itemNotFound, notSupported, ServiceError } from '../core/service-error.ts';
import { inert, serveBytes } from '../files/content/content-route.ts';
import { drives } from '../files/drives/drive-record.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import { readDownloadTicket } from '../sharing/links.ts';
import { customThumbnail } from './custom-thumbnail.ts';
import { isImage, readBlob } from './image-facts.ts';
import { renderImage } from './render-image.ts';
import { thumbnailBox } from './thumbnail-size.ts';

const docs = 'https://learn.microsoft.com/graph/api';

export const imageRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: '/_thumb/{ticket}/{size}',
    source: `${docs}/driveitem-list-thumbnails`,
    handle: thumbnail,
  },
  {
    method: 'GET',
    pattern: '/_converted/{ticket}/{size}',
    source: `${docs}/driveitem-get-content-format`,
    handle: converted,
  },
  { method: 'GET', pattern: '/_preview/{ticket}', source: `${docs}/driveitem-preview`, handle: preview },
];

function itemOf({ world, params }: RouteContext): ItemRecord {
  const read = readDownloadTicket(world, params['ticket'] ?? '');
  if (read === undefined || read.expires * 1000 <= world.clock.now())
    throw new ServiceError(401, 'unauthenticated', 'The URL is not valid, or has expired.');
  const item = world.storage.read((records) => records.item(read.item));
  if (item === undefined || item.bin !== 0 || item.blob === null) throw itemNotFound();
  return item;
}

async function thumbnail(context: RouteContext): Promise<ServerResponse> {
  const item = itemOf(context);
  const size = context.params['size'] ?? '';
  const box = thumbnailBox(size);
  const set = context.world.storage.read((records) => customThumbnail(records, item));
  if (set !== undefined && (box !== undefined || size === 'source'))
    return jpeg(await rendered(context, set, box));
  if (box === undefined || !isImage(item)) throw itemNotFound('There is no thumbnail of that size.');
  return jpeg(await rendered(context, item, box));
}

/** `full`, or `c800x600`: an image as JPEG. */
async function converted(context: RouteContext): Promise<ServerResponse> {
  const item = itemOf(context);
  return jpeg(await rendered(context, item, thumbnailBox(context.params['size'] ?? '')));
}

async function rendered(
  { world }: RouteContext,
  item: Pick<ItemRecord, 'blob' | 'size'>,
  box: ReturnType<typeof thumbnailBox>,
): Promise<Uint8Array> {
  const image = await renderImage(await readBlob(world.storage, item, item.size), box);
  if (image === 'not-installed')
    throw notSupported('This server cannot render images: the optional package sharp is not installed.');
  if (image === 'not-an-image')
    throw new ServiceError(415, 'notSupported', 'The file is not an image in a supported format.');
  return image;
}

function jpeg(body: Uint8Array): ServerResponse {
  return {
    status: 200,
    headers: {
      'Content-Type': 'image/jpeg',
      'Content-Length': String(body.byteLength),
      'Cache-Control': 'private, max-age=3600',
      ...inert,
    },
    body,
  };
}

/** The file itself, displayed in the browser instead of downloaded. */
async function preview(context: RouteContext): Promise<ServerResponse> {
  const item = itemOf(context);
  const { world, request } = context;
  const drive = world.storage
    .read((records) => drives.list(records))
    .find(({ number }) => number === item.drive);
  const kind = drive?.kind ?? 'business';
  const response = await serveBytes(world, request, item, [eTagOf(item, kind), cTagOf(item, kind)]);
  return { ...response, headers: { ...response.headers, 'Content-Disposition': 'inline' } };
}
