/** Pre-authenticated images: renditions of photos, created on request, and the picture of a user. */

import type { ServerResponse } from '../../core/http.ts';
import type { Route, RouteContext } from '../../core/route.ts';
import { itemNotFound, notSupported, ServiceError } from '../../core/service-error.ts';
import type { World } from '../../core/world.ts';
import { inert } from '../../files/content/content-route.ts';
import { readingItem } from '../../files/content/item-damage.ts';
import type { ItemRecord } from '../../files/items/item-record.ts';
import { heicRefused, isHeic } from '../../media/heic.ts';
import { isRendition, render, renditionSizes } from '../../media/rendition.ts';
import { readDownloadTicket } from '../../sharing/links.ts';
import { liveTypeOf } from '../live-type.ts';
import { bytesOf } from './describe.ts';

/** Bytes; larger images are not rendered, because rendering holds them in memory. */
const largestImage = 64 * 1024 * 1024;

const source = 'MSDN hh243648, "Photo object", images';

export const pictureRoutes: readonly Route[] = [
  { method: 'GET', pattern: '/_live/images/{ticket}/{rendition}/{name}', source, handle: serveRendition },
  {
    method: 'GET',
    pattern: '/_live/user-picture',
    source: 'MSDN hh243648, "User object"',
    handle: serveUserPicture,
  },
];

async function serveRendition({ world, params }: RouteContext): Promise<ServerResponse> {
  const item = photoOf(world, params['ticket'] ?? '');
  const name = params['rendition'] ?? '';
  if (!isRendition(name)) throw itemNotFound('There is no rendition with that name.');
  if (item.size > largestImage)
    throw notSupported(`Images of more than ${largestImage} bytes are not rendered.`);
  const bytes = await readingItem(world, item, () =>
    bytesOf(world.storage.blobs.read(item.blob ?? '', 0, item.size)),
  );
  const rendered = await render(bytes, renditionSizes[name], false);
  if (rendered === 'not-installed')
    throw notSupported('Renditions are not available: the optional package sharp is not installed here.');
  if (rendered === 'not-an-image')
    throw isHeic(bytes)
      ? heicRefused(item)
      : new ServiceError(415, 'notSupported', `${item.name} is not an image in a supported format.`);
  return answer(rendered.bytes, rendered.type);
}

function photoOf(world: World, ticket: string): ItemRecord {
  const read = readDownloadTicket(world, ticket);
  if (read === undefined || read.expires * 1000 <= world.clock.now())
    throw new ServiceError(401, 'unauthenticated', 'The image URL is not valid, or has expired.');
  const item = world.storage.read((records) => records.item(read.item));
  if (item === undefined || item.bin !== 0 || item.blob === null || liveTypeOf(item, {}) !== 'photo')
    throw itemNotFound();
  return item;
}

function answer(bytes: Uint8Array, type: string): ServerResponse {
  return {
    status: 200,
    headers: {
      'Content-Type': type,
      'Content-Length': String(bytes.byteLength),
      'Cache-Control': 'private, max-age=3600',
      ...inert,
    },
    body: bytes,
  };
}

/** A gray pixel, as GIF: users of this server have no pictures. */
const pixel = Uint8Array.of(
  ...[0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 1, 0, 1, 0, 0x80, 0, 0, 0xb0, 0xb0, 0xb0, 0, 0, 0],
  ...[0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b],
);

async function serveUserPicture(): Promise<ServerResponse> {
  return answer(pixel, 'image/gif');
}
