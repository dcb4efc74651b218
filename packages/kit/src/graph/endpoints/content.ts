/** Content of files: finding its URL, downloading it, and uploading small files. */
import { OneDriveError } from '../../errors/index.ts';
import { followRedirects } from '../../http/follow-redirects.ts';
import { discard } from '../../http/read.ts';
import { transferUrl } from '../../http/transfer-url.ts';
import type { HttpBody, HttpResponse } from '../../http/transport.ts';
import type { GraphClient } from '../client.ts';
import { contracts } from '../contract.ts';
import type { DriveRef, ItemRef } from '../item-ref.ts';
import { describeItem } from '../item-ref-forms.ts';
import { urlOf } from '../page.ts';
import { itemPath } from '../path.ts';
import { type CallOptions, type ChangeOptions, type GraphCall, send, sendForObject } from '../send.ts';
import type { ConflictBehavior, DriveItem } from '../types/index.ts';

/** Either the location of the bytes or, from servers that do not redirect, the bytes. */
export type ContentPlace =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'bytes'; readonly response: HttpResponse };

/**
 * Returns the location of a file's content: a pre-authenticated URL that is valid for minutes. Documented as
 * 302; a 200 with the bytes is accepted too. @see https://learn.microsoft.com/graph/api/driveitem-get-content
 * @throws GraphError `not-found`, `access-denied` …
 */
export async function getContentUrl(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  options: CallOptions = {},
): Promise<ContentPlace> {
  const what = `download ${describeItem(item)}`;
  const response = await send(client, {
    method: 'GET',
    contract: contracts.getContentUrl,
    url: itemPath(drive, item, 'content'),
    what,
    headers: { accept: '*/*' },
    options,
  });
  if (response.status < 300) return { kind: 'bytes', response };
  await discard(response);
  const location = response.headers['location'];
  const url = location === undefined ? undefined : urlOf(location, client.baseUrl);
  if (url !== undefined) return { kind: 'url', url: transferUrl(url.href, client.baseUrl, what) };
  throw new OneDriveError('protocol', `Could not ${what}: the redirect has no address.`);
}

/** Which part of the content to download. */
export interface ReadContentOptions extends CallOptions {
  /** The first byte, from 0. */
  readonly start?: number | undefined;
  /** One past the last byte. */
  readonly end?: number | undefined;
  /** An ETag from an earlier response of this URL: 412 if the content has changed. */
  readonly ifMatch?: string | undefined;
  /** Completes "Could not …". */
  readonly what: string;
  /** The reader keeps no chunk after it requests the next: see `transient` of HttpRequest. */
  readonly transient?: boolean | undefined;
}

/**
 * Downloads bytes from a pre-authenticated URL, without the token. 206 for a range, 200 if the server ignores
 * it. Follows a few redirects, also without the token.
 * @see https://learn.microsoft.com/graph/api/driveitem-get-content#partial-range-downloads
 * @throws GraphError `range` beyond the end; `auth-required` or `access-denied` if the URL has expired.
 */
export async function readContent(
  client: GraphClient,
  url: string,
  options: ReadContentOptions,
): Promise<HttpResponse> {
  const { start = 0, end, what } = options;
  const whole = start === 0 && end === undefined;
  const call: GraphCall = {
    method: 'GET',
    contract: contracts.readContent,
    url,
    what,
    headers: {
      accept: '*/*',
      'accept-encoding': 'identity',
      'if-match': options.ifMatch,
      range: whole ? undefined : `bytes=${start}-${end === undefined ? '' : end - 1}`,
    },
    options,
    transient: options.transient === true,
    via: client.plain,
  };
  return await followRedirects(url, what, (at) => send(client, { ...call, url: at }));
}

/** Options for an upload of content. */
export interface PutContentOptions extends ChangeOptions {
  readonly conflict: ConflictBehavior;
}

/**
 * Creates or replaces a file in one request. For small files, including empty ones.
 * @param item an address by path, `folder:/name`, or the id of the file to replace.
 * @see https://learn.microsoft.com/graph/api/driveitem-put-content
 * @throws GraphError `conflict`, `precondition`, `quota`, `locked`
 */
export function putContent(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  body: HttpBody,
  options: PutContentOptions,
): Promise<DriveItem> {
  return sendForObject(client, {
    method: 'PUT',
    contract: contracts.putContent,
    url: itemPath(drive, item, 'content'),
    what: `upload ${describeItem(item)}`,
    query: { '@microsoft.graph.conflictBehavior': options.conflict },
    headers: { 'content-type': 'application/octet-stream', 'if-match': options.ifMatch },
    body,
    // A second `rename` after a lost response would create two files.
    idempotent: options.conflict === 'replace',
    options,
  });
}
