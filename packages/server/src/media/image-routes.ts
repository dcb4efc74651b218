/** Routes of the URLs of thumbnails, converted images and previews. They need no access token. */

import { cTagOf, eTagOf } from '../core/entity-tags.ts';
import type { ServerResponse } from '../core/http.ts';
import type { Route, RouteContext } from '../core/route.ts';
import { itemNotFound, notSupported, ServiceError } from '../core/service-error.ts';
import { inert, serveBytes } from '../files/content/content-route.ts';
import { readingItem } from '../files/content/item-damage.ts';
import { driveNumbered } from '../files/drives/drive-record.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import { readDownloadTicket } from '../sharing/links.ts';
import { customThumbnail } from './custom-thumbnail.ts';
import { heicRefused, isHeic } from './heic.ts';
import { largestMarkup, markupOf, toHtml } from './html-conversion.ts';
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
    return jpeg(await rendered(context, { ...item, blob: set.blob, size: set.size }, box));
  if (box === undefined || !isImage(item)) throw itemNotFound('There is no thumbnail of that size.');
  return jpeg(await rendered(context, item, box));
}

/** `full`, or `c800x600`: an image as JPEG; `html`: a text as a page. */
async function converted(context: RouteContext): Promise<ServerResponse> {
  const item = itemOf(context);
  if (context.params['size'] === 'html') return page(context, item);
  return jpeg(await rendered(context, item, thumbnailBox(context.params['size'] ?? '')));
}

/** @throws ServiceError 406 for a file that cannot be converted. */
async function page({ world }: RouteContext, item: ItemRecord): Promise<ServerResponse> {
  const markup = markupOf(item.name);
  if (markup === undefined || item.size > largestMarkup) throw notConverted(item);
  const bytes = await readingItem(world, item, () => readBlob(world.storage, item, item.size));
  const text = await toHtml(bytes, markup, item.name).catch(() => {
    throw notConverted(item);
  });
  return inertBytes(new TextEncoder().encode(text), 'text/html; charset=utf-8');
}

const notConverted = ({ name }: ItemRecord) =>
  new ServiceError(406, 'notSupported', `${name} cannot be converted to HTML by this server.`);

async function rendered(
  { world }: RouteContext,
  item: ItemRecord,
  box: ReturnType<typeof thumbnailBox>,
): Promise<Uint8Array> {
  const bytes = await readingItem(world, item, () => readBlob(world.storage, item, item.size));
  const image = await renderImage(bytes, box);
  if (image === 'not-installed')
    throw notSupported('This server cannot render images: the optional package sharp is not installed.');
  if (image !== 'not-an-image') return image;
  throw isHeic(bytes) ? heicRefused(item) : notAnImage(item);
}

const notAnImage = ({ name }: ItemRecord) =>
  new ServiceError(
    415,
    'notSupported',
    `${name} cannot be rendered: it is damaged, or not an image in a supported format.`,
  );

const jpeg = (body: Uint8Array): ServerResponse => inertBytes(body, 'image/jpeg');

function inertBytes(body: Uint8Array, type: string): ServerResponse {
  return {
    status: 200,
    headers: {
      'Content-Type': type,
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
  const drive = world.storage.read((records) => driveNumbered(records, item.drive));
  const kind = drive?.kind ?? 'business';
  const response = await serveBytes(world, request, item, [eTagOf(item, kind), cTagOf(item, kind)]);
  return { ...response, headers: { ...response.headers, 'Content-Disposition': 'inline' } };
}
