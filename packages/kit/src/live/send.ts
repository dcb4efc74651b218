/**
 * One call to the v5.0 API: takes a request value and returns a typed value or throws a {@link LiveError}.
 * Everything that endpoints have in common is here, so that an endpoint function is only its path, its body
 * and its type.
 */
import { isOneDriveError, OneDriveError } from '../errors/index.ts';
import { type Attempts, attempts } from '../http/attempts.ts';
import { jsonBody } from '../http/bodies.ts';
import { brokenContract, type Contract, isJsonType, keepsContract } from '../http/contract.ts';
import { isIdempotent } from '../http/governor/retry-policy.ts';
import { networkFault } from '../http/network-error.ts';
import { discard, readJson, readText } from '../http/read.ts';
import { transferUrl } from '../http/transfer-url.ts';
import type { HttpBody, HttpResponse, Transport } from '../http/transport.ts';
import type { LiveClient } from './client.ts';
import { liveErrorOf } from './error-answer.ts';

/** The last parameter of every endpoint function. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** One request. */
export interface LiveCall {
  /** GET, POST, PUT, DELETE, and v5.0's own MOVE and COPY. */
  readonly method: string;
  /** Relative to `baseUrl`, without a leading slash: `me/skydrive`; or absolute. */
  readonly url: string;
  /** Completes "Could not …" in messages. */
  readonly what: string;
  readonly query?: Query | undefined;
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent unchanged. */
  readonly body?: HttpBody | undefined;
  /** See {@link HttpRequest.idempotent}. */
  readonly idempotent?: boolean | undefined;
  readonly options: CallOptions;
  /** The documented success. Any other response below 400 is a `protocol` error. */
  readonly contract: Contract;
  /** Tracks attempts that failed but may have taken effect. */
  readonly attempts?: Attempts | undefined;
  /** Default: `client.transport`. `client.plain` for pre-authenticated URLs. */
  readonly via?: Transport;
}

const longestErrorBody = 256 << 10;

/** `?limit=5&offset=10`, or an empty string; undefined values are omitted. */
function queryString(query: Query = {}): string {
  const parts = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/**
 * An id or a friendly path (`me/skydrive/my_documents`) as part of a URL.
 * @throws OneDriveError `usage` for a text that would change the rest of the URL.
 */
export function objectPath(object: string): string {
  const parts = object.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) {
    throw new OneDriveError('usage', `Invalid v5.0 object: ${JSON.stringify(object)}.`, {
      hint: 'Use an id, such as folder.a6b2a7e8f2515e5e, or a path that starts with me/skydrive.',
    });
  }
  return parts.map(encodeSegment).join('/');
}

/**
 * One name or id as a URL segment; `!` is not encoded, since ids are shown with it.
 * @throws OneDriveError `invalid-name` for a name that cannot be a segment.
 */
export function encodeSegment(name: string): string {
  if (name === '' || name === '.' || name === '..' || /\p{Surrogate}/u.test(name)) {
    throw new OneDriveError('invalid-name', `${JSON.stringify(name)} cannot be part of a URL.`);
  }
  return encodeURIComponent(name);
}

/** The URL of a call, including its query. @throws OneDriveError `protocol` for an unsafe link. */
function urlOf(client: LiveClient, call: LiveCall): string {
  if (call.via !== undefined) transferUrl(call.url, client.baseUrl, call.what);
  if (!/^https?:/i.test(call.url)) return `${client.baseUrl}/${call.url}${queryString(call.query)}`;
  const query = queryString(call.query);
  return query !== '' && call.url.includes('?') ? `${call.url}&${query.slice(1)}` : call.url + query;
}

/**
 * Sends a call and returns the response with its body unread.
 * @throws LiveError for a status of 400 and above; OneDriveError `protocol` for any other response outside
 * the contract of the call; errors of the transport.
 */
export async function send(client: LiveClient, call: LiveCall): Promise<HttpResponse> {
  const response = await (call.via ?? client.transport)({
    method: call.method,
    url: urlOf(client, call),
    headers: headersOf(call),
    body: call.json === undefined ? call.body : jsonBody(call.json),
    signal: call.options.signal,
    idempotent: call.idempotent,
    onUnclear: call.attempts?.note,
  });
  if (keepsContract(response.status, call.contract)) return response;
  if (response.status < 400) throw await brokenContract(response, call.contract, call.what);
  throw liveErrorOf(call.what, response.status, response.headers, await errorText(response));
}

/** Maximum number of times that a call is sent if its response breaks off while it is read. */
const maxReads = 3;

/**
 * Sends a call and reads the response as an object. If the response breaks off and the call may be repeated,
 * it is sent again. Throws like {@link send}; `protocol` if the response is not an object.
 */
export async function sendForObject<T extends object>(client: LiveClient, call: LiveCall): Promise<T> {
  const memory = call.attempts ?? attempts();
  for (let read = 1; ; read++) {
    const response = await send(client, { ...call, attempts: memory });
    try {
      return await readObject<T>(response, call);
    } catch (error) {
      if (networkFault(error) !== 'broken') throw error;
      memory.note();
      if (read >= maxReads || !isIdempotent(call) || call.body?.replayable === false) throw error;
    }
  }
}

async function readObject<T extends object>(response: HttpResponse, call: LiveCall): Promise<T> {
  const value = await readJson(response).catch((error: unknown) => {
    if (!isOneDriveError(error) || error.code !== 'protocol') throw error;
    throw new OneDriveError('protocol', `Could not ${call.what}: ${error.message}`, { cause: error });
  });
  const type = response.headers['content-type'];
  if (!isJsonType(type))
    throw new OneDriveError(
      'protocol',
      `Could not ${call.what}: the response has the media type ${(type ?? '').split(';')[0]}.`,
    );
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as T;
  throw new OneDriveError('protocol', `Could not ${call.what}: the response is JSON but not an object.`);
}

/** Sends a call and discards its response. Throws like {@link send}. */
export async function sendForNothing(client: LiveClient, call: LiveCall): Promise<void> {
  await discard(await send(client, call));
}

function headersOf(call: LiveCall): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (call.json !== undefined) headers['content-type'] = 'application/json';
  for (const [name, value] of Object.entries(call.headers ?? {}))
    if (value !== undefined) headers[name] = value;
  return headers;
}

/** The text of an error response, as much of it as could be read. */
async function errorText(response: HttpResponse): Promise<string> {
  try {
    return await readText(response, { limit: longestErrorBody });
  } catch (error) {
    if (!isOneDriveError(error)) throw error;
    return ''; // only the status is available
  }
}
