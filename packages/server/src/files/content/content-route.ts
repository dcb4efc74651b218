/**
 * The target of a download URL: content without a token, during the lifetime of the URL.
 * https://learn.microsoft.com/graph/api/driveitem-get-content
 */
import { empty } from '../../core/answers.ts';
import { precondition, tagsMatch } from '../../core/conditional.ts';
import { cTagOf, eTagOf, headerTag } from '../../core/entity-tags.ts';
import type { ServerRequest, ServerResponse } from '../../core/http.ts';
import { mimeTypeOf } from '../../core/media-type.ts';
import type { Route, RouteContext } from '../../core/route.ts';
import { itemNotFound, ServiceError } from '../../core/service-error.ts';
import type { World } from '../../core/world.ts';
import { readDownloadTicket } from '../../sharing/links.ts';
import { driveNumbered } from '../drives/drive-record.ts';
import type { ItemRecord } from '../items/item-record.ts';
import { type ByteRange, readRange } from './byte-range.ts';
import { bytesNamingItem, readingItem } from './item-damage.ts';

export const contentRoute: Route = {
  method: 'GET',
  pattern: '/_content/{ticket}',
  source: 'https://learn.microsoft.com/graph/api/driveitem-get-content',
  opensFromAnySite: 'window',
  handle: serveContent,
};

async function serveContent({ request, world, params }: RouteContext): Promise<ServerResponse> {
  const { item, tags } = findContent(world, params['ticket'] ?? '');
  return serveBytes(world, request, item, tags);
}

/** The content of an item, whole or a range, subject to the conditional headers of `request`. */
export async function serveBytes(
  world: World,
  request: ServerRequest,
  item: ItemRecord,
  tags: readonly [string, string],
): Promise<ServerResponse> {
  const [eTag] = tags;
  const headers = { ...contentHeaders(item), ETag: headerTag(eTag) };
  const { headers: sent } = request;
  const verdict = precondition({ ifMatch: sent['if-match'], ifNoneMatch: sent['if-none-match'] }, tags, true);
  if (verdict === 'not-modified') return empty(304, { ETag: headerTag(eTag) });
  if (verdict === 'failed')
    throw new ServiceError(412, 'resourceModified', "ETag does not match current item's value");
  const current =
    sent['if-range'] === undefined || tagsMatch(sent['if-range'], tags) || sameDate(sent['if-range'], item);
  const range = current ? readRange(sent['range'], item.size) : undefined;
  if (range === 'unsatisfiable') {
    throw new ServiceError(416, 'invalidRange', 'The requested range lies beyond the end of the file.', {
      headers: { 'Content-Range': `bytes */${item.size}` },
    });
  }
  return bytesOf(world, item, range, headers);
}

function findContent(
  world: World,
  ticket: string,
): { readonly item: ItemRecord; readonly tags: readonly [string, string] } {
  const read = readDownloadTicket(world, ticket);
  if (read === undefined) throw new ServiceError(401, 'unauthenticated', 'The download URL is not valid.');
  if (read.expires * 1000 <= world.clock.now())
    throw new ServiceError(
      401,
      'unauthenticated',
      'The download URL has expired; request the item again to get a new one.',
    );
  return world.storage.read((records) => {
    const item = records.item(read.item);
    const drive = driveNumbered(records, read.drive);
    if (item === undefined || drive === undefined || item.bin !== 0 || item.blob === null)
      throw itemNotFound();
    return { item, tags: [eTagOf(item, drive.kind), cTagOf(item, drive.kind)] };
  });
}

function contentHeaders(item: ItemRecord): Record<string, string> {
  return {
    'Content-Type': item.data.mimeType ?? mimeTypeOf(item.name),
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(item.name)}`,
    'Last-Modified': new Date(item.modified).toUTCString(),
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'private, no-store',
    ...inert,
  };
}

/** Headers for uploaded content, so that a browser never renders it as a page of this server. */
export const inert = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; sandbox",
} as const;

function sameDate(value: string, item: ItemRecord): boolean {
  return Date.parse(value) === Math.floor(item.modified / 1000) * 1000;
}

async function bytesOf(
  world: World,
  item: ItemRecord,
  range: ByteRange | undefined,
  headers: Record<string, string>,
): Promise<ServerResponse> {
  const { start, end } = range ?? { start: 0, end: item.size };
  const length = end - start;
  const partial = range === undefined ? {} : { 'Content-Range': `bytes ${start}-${end - 1}/${item.size}` };
  const checking = world.storage.blobs.check?.(item.blob ?? '', start, end);
  if (checking !== undefined) await readingItem(world, item, () => checking);
  const stream = bytesNamingItem(world, item, world.storage.blobs.read(item.blob ?? '', start, end));
  return {
    status: range === undefined ? 200 : 206,
    headers: { ...headers, ...partial, 'Content-Length': String(length) },
    body: stream.whole ?? { stream, length },
  };
}
