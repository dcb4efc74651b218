/** Content over Microsoft Graph: its download URL, and ranges of it. */
import { OneDriveError } from '../../errors/index.ts';
import type { GraphClient } from '../../graph/client.ts';
import { getContentUrl, readContent } from '../../graph/index.ts';
import type { DriveRef } from '../../graph/item-ref.ts';
import type { DriveItem } from '../../graph/types/index.ts';
import { discard } from '../../http/read.ts';
import type { HttpResponse } from '../../http/transport.ts';
import { refOf } from './item-home.ts';
import type { ContentRange, ContentStream, ProviderCall } from './provider.ts';

/**
 * The download URL of a file: the one that the item has, which also works in browsers (they may not follow
 * the redirect of a signed request), otherwise by requesting the content.
 * @throws OneDriveError `protocol` for a server that returns the bytes instead of a URL: such a download
 * cannot be resumed.
 */
export async function graphContentPlace(
  client: GraphClient,
  drive: DriveRef,
  item: DriveItem,
  call: ProviderCall,
): Promise<string> {
  const known = item['@microsoft.graph.downloadUrl'];
  // The URL of a damaged item may be invalid, or lack its scheme: then the content is requested.
  if (known !== undefined && /^https?:/i.test(known) && URL.canParse(known)) return known;
  const place = await getContentUrl(client, drive, refOf(item), call);
  if (place.kind === 'url') return place.url;
  await discard(place.response);
  throw new OneDriveError('protocol', 'The server returns the content itself instead of its download URL.', {
    hint: 'Microsoft Graph redirects content requests; check that nothing in between follows redirects.',
  });
}

/** `bytes 0-499/1234` → start 0, total 1234. */
export function parseContentRange(
  text: string,
): { readonly start: number; readonly total: number | undefined } | undefined {
  const match = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(text.trim());
  if (match === null) return undefined;
  return { start: Number(match[1]), total: match[2] === '*' ? undefined : Number(match[2]) };
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Bytes from a download URL. Throws like graph's readContent; `protocol` for a 206 without Content-Range. */
export async function readGraphContent(
  client: GraphClient,
  url: string,
  range: ContentRange,
): Promise<ContentStream> {
  const response = await readContent(client, url, {
    ...range,
    what: 'read the content',
    transient: true,
  });
  const version = response.headers['etag'];
  if (response.status !== 206) {
    return { start: 0, total: numberOf(response.headers['content-length']), version, body: response.body };
  }
  return { ...partOf(response), version, body: response.body };
}

function partOf(response: HttpResponse) {
  const part = parseContentRange(response.headers['content-range'] ?? '');
  if (part !== undefined) return part;
  throw new OneDriveError('protocol', 'The server returned a part of the content without stating which one.');
}
