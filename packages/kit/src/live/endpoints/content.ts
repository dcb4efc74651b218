/**
 * Content of files: finding its URL, downloading it, and uploading files of less than 100 MB in one request.
 */
import { OneDriveError } from '../../errors/index.ts';
import { followRedirects } from '../../http/follow-redirects.ts';
import { discard } from '../../http/read.ts';
import type { HttpBody, HttpResponse } from '../../http/transport.ts';
import type { LiveClient } from '../client.ts';
import { contracts } from '../contract.ts';
import { type CallOptions, encodeSegment, objectPath, send, sendForObject } from '../send.ts';
import type { LiveOverwrite, LiveUploaded } from '../types/index.ts';

/** Either the location of the bytes or, from servers that do not redirect, the bytes. */
export type ContentPlace =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'bytes'; readonly response: HttpResponse };

export interface GetContentOptions extends CallOptions {
  /** The part after `bytes=` in a Range header: `0-499`, `-500`. */
  readonly byteRange?: string | undefined;
}

/**
 * The content of a file: a redirect to a pre-authenticated URL, or the bytes themselves (206 for a range).
 * @see MSDN dn659726, "Upload and download files"
 * @throws LiveError `not-found`; `not-supported` for a notebook, which has no content of its own; `range`
 */
export async function getContent(
  client: LiveClient,
  file: string,
  options: GetContentOptions = {},
): Promise<ContentPlace> {
  const what = `download ${file}`;
  const response = await send(client, {
    method: 'GET',
    contract: contracts.getContent,
    url: `${objectPath(file)}/content`,
    query: { download: 'true' },
    what,
    headers: contentHeaders(options.byteRange),
    options,
  });
  if (response.status < 300) return { kind: 'bytes', response };
  await discard(response);
  const location = response.headers['location'];
  if (location !== undefined && URL.canParse(location, client.baseUrl))
    return { kind: 'url', url: new URL(location, client.baseUrl).href };
  throw new OneDriveError('protocol', `Could not ${what}: the redirect has no address.`);
}

/** The sizes of a photo: {@link LiveImage}. */
export type PictureSize = 'small' | 'thumbnail' | 'album' | 'normal' | 'full';

/**
 * The location of a photo in another size. @see MSDN hh243648, "Photo object", "picture"
 * @throws LiveError `not-found`, `invalid-request` for an object that is not a photo; OneDriveError
 * `protocol`
 */
export async function getPhotoUrl(
  client: LiveClient,
  photo: string,
  size: PictureSize = 'thumbnail',
  options: CallOptions = {},
): Promise<string> {
  const what = `read the picture of ${photo}`;
  const url = `${objectPath(photo)}/picture`;
  const query = { type: size, suppress_redirects: true };
  const { location } = await sendForObject<{ readonly location?: unknown }>(client, {
    method: 'GET',
    contract: contracts.read,
    url,
    query,
    what,
    options,
  });
  if (typeof location === 'string') return location;
  throw new OneDriveError('protocol', `Could not ${what}: the response has no address.`);
}

/**
 * Downloads bytes from a `source` or a redirect, without the token; follows a few redirects, also without it.
 * Throws like {@link getContent}.
 */
export function readSource(
  client: LiveClient,
  url: string,
  options: GetContentOptions & { readonly what: string; readonly ifMatch?: string | undefined },
): Promise<HttpResponse> {
  const { what } = options;
  const headers = { ...contentHeaders(options.byteRange), 'if-match': options.ifMatch };
  return followRedirects(url, what, (at) =>
    send(client, {
      method: 'GET',
      contract: contracts.readSource,
      url: at,
      what,
      headers,
      options,
      via: client.plain,
    }),
  );
}

function contentHeaders(byteRange: string | undefined): Record<string, string | undefined> {
  return {
    accept: '*/*',
    'accept-encoding': 'identity',
    range: byteRange === undefined ? undefined : `bytes=${byteRange}`,
  };
}

/** Options for an upload. */
export interface PutOptions extends CallOptions {
  /** What to do with an existing file of that name. Default of the service: replace it. */
  readonly overwrite?: LiveOverwrite | undefined;
  /**
   * Fail if the name is taken. The service had two ways to prevent overwriting: a header, which makes the
   * request fail, and `overwrite=false` in the query, which keeps both files under one name.
   */
  readonly refuseTaken?: boolean | undefined;
  /** Whether photos are scaled down. Default of the service: true. */
  readonly downsize?: boolean | undefined;
}

/**
 * Creates or replaces a file in one request. The real service hung on a PUT that was not chunked, so
 * Content-Length is omitted if the body allows it. @see MSDN dn659726, "Upload and download files"
 * @param folder an id or a friendly path.
 * @throws LiveError `conflict`, `quota`, `invalid-request` for an invalid name
 */
export function putFile(
  client: LiveClient,
  folder: string,
  name: string,
  body: HttpBody,
  options: PutOptions = {},
): Promise<LiveUploaded> {
  return sendForObject(client, {
    method: 'PUT',
    contract: contracts.put,
    url: `${objectPath(folder)}/files/${encodeSegment(name)}`,
    what: `upload ${JSON.stringify(name)} to ${folder}`,
    query: { overwrite: options.overwrite, downsize_photo_uploads: options.downsize },
    headers: {
      'content-type': 'application/octet-stream',
      overwrite: options.refuseTaken ? 'false' : undefined,
    },
    body: { ...body, length: body.length === 0 ? 0 : undefined, open: () => body.open() },
    idempotent: !options.refuseTaken && (options.overwrite ?? 'true') === 'true',
    options,
  });
}

/** Replaces the content of a file by its id. Like {@link putFile}. */
export function putContent(
  client: LiveClient,
  file: string,
  body: HttpBody,
  options: Pick<PutOptions, 'signal' | 'downsize'> = {},
): Promise<LiveUploaded> {
  return sendForObject(client, {
    method: 'PUT',
    contract: contracts.put,
    url: `${objectPath(file)}/content`,
    what: `replace the content of ${file}`,
    query: { downsize_photo_uploads: options.downsize },
    headers: { 'content-type': 'application/octet-stream' },
    body: { ...body, length: body.length === 0 ? 0 : undefined, open: () => body.open() },
    options,
  });
}

/**
 * Uploads a file to an `upload_location`: that of a folder, to which the name is appended, or that of a file.
 * The address may have its own query. Like {@link putFile}.
 * @param location from an object.
 * @param name of the new file; undefined for the location of a file.
 */
export function putToLocation(
  client: LiveClient,
  location: string,
  name: string | undefined,
  body: HttpBody,
  options: PutOptions = {},
): Promise<LiveUploaded> {
  const [address = '', query] = location.split('?', 2);
  const target = name === undefined ? address : `${address.replace(/\/$/, '')}/${encodeSegment(name)}`;
  return sendForObject(client, {
    method: 'PUT',
    contract: contracts.put,
    url: query === undefined ? target : `${target}?${query}`,
    what: `upload ${JSON.stringify(name ?? 'a file')}`,
    query: { overwrite: options.overwrite, downsize_photo_uploads: options.downsize },
    headers: {
      'content-type': 'application/octet-stream',
      overwrite: options.refuseTaken ? 'false' : undefined,
    },
    body: { ...body, length: body.length === 0 ? 0 : undefined, open: () => body.open() },
    options,
    // The token is for the API's own host; any other address must include its own authorization.
    ...(new URL(target).origin === new URL(client.baseUrl).origin ? {} : { via: client.plain }),
  });
}
