/**
 * One call to the v5.0 API: a request value in, a typed value or a {@link LiveError} out. What every endpoint has in
 * common lives here, so that an endpoint function is only its path, its body and its type.
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

/** What every endpoint function takes as its last parameter. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** One request. */
export interface LiveCall {
  /** GET, POST, PUT, DELETE, and v5.0's own MOVE and COPY. */
  readonly method: string;
  /** Below `baseUrl`, without a slash in front: `me/skydrive`; or absolute. */
  readonly url: string;
  /** Finishes "Could not …" in messages. */
  readonly what: string;
  readonly query?: Query | undefined;
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly body?: HttpBody | undefined;
  /** See {@link HttpRequest.idempotent}. */
  readonly idempotent?: boolean | undefined;
  readonly options: CallOptions;
  /** The documented success. Any other answer below 400 is a `protocol` error. */
  readonly contract: Contract;
  /** Remembers attempts that may have been carried out although they failed. */
  readonly attempts?: Attempts | undefined;
  /** Default: `client.transport`. `client.plain` for pre-authenticated URLs. */
  readonly via?: Transport;
}

const longestErrorBody = 256 << 10;

/** `?limit=5&offset=10`, or nothing; undefined values are left out. */
function queryString(query: Query = {}): string {
  const parts = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/**
 * An id or a friendly path (`me/skydrive/my_documents`) as part of a URL.
 * @throws OneDriveError `usage` for what would leave its place in the URL.
 */
export function objectPath(object: string): string {
  const parts = object.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) {
    throw new OneDriveError('usage', `${JSON.stringify(object)} is no v5.0 object.`, {
      hint: 'Objects are ids, such as folder.a6b2a7e8f2515e5e, or paths that start with me/skydrive.',
    });
  }
  return parts.map(encodeSegment).join('/');
}

/**
 * One name or id as a URL segment; `!` stays, since ids are shown with it.
 * @throws OneDriveError `invalid-name` for a name that cannot be a segment.
 */
export function encodeSegment(name: string): string {
  if (name === '' || name === '.' || name === '..' || /\p{Surrogate}/u.test(name)) {
    throw new OneDriveError('invalid-name', `${JSON.stringify(name)} cannot be part of a URL.`);
  }
  return encodeURIComponent(name);
}

/** The address of a call, query included. @throws OneDriveError `protocol` for a link that is not safe to use. */
function urlOf(client: LiveClient, call: LiveCall): string {
  if (call.via !== undefined) transferUrl(call.url, client.baseUrl, call.what);
  if (!/^https?:/i.test(call.url)) return `${client.baseUrl}/${call.url}${queryString(call.query)}`;
  const query = queryString(call.query);
  return query !== '' && call.url.includes('?') ? `${call.url}&${query.slice(1)}` : call.url + query;
}

/**
 * Sends a call and returns the answer, body unread.
 * @throws LiveError for a status of 400 and above; OneDriveError `protocol` for any other answer that the contract of
 * the call does not have; what the transport throws.
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

/** Times that a call is sent whose answer breaks off while it is read. */
const maxReads = 3;

/**
 * Sends a call and reads the answer as an object. An answer that breaks off is requested again where the call may be
 * repeated. Throws as {@link send}; `protocol` when the answer is something else.
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
      `Could not ${call.what}: the answer has the media type ${(type ?? '').split(';')[0]}.`,
    );
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as T;
  throw new OneDriveError('protocol', `Could not ${call.what}: the answer is JSON but not an object.`);
}

/** Sends a call whose answer holds nothing of interest. Throws as {@link send}. */
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

/** The text of an error answer, as much of it as could be read. */
async function errorText(response: HttpResponse): Promise<string> {
  try {
    return await readText(response, { limit: longestErrorBody });
  } catch (error) {
    if (!isOneDriveError(error)) throw error;
    return ''; // the status alone must do
  }
}
