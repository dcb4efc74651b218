/**
 * One call to Microsoft Graph: takes a request value and returns a typed value or throws a {@link
 * GraphError}. Everything that endpoints have in common is here, so that an endpoint function is only its
 * URL, its body and its type.
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
import type { GraphClient } from './client.ts';
import { graphErrorOf } from './error-answer.ts';
import { type Query, queryString } from './path.ts';

/** The last parameter of every endpoint function. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Options of endpoint functions that change something. */
export interface ChangeOptions extends CallOptions {
  /** Sent as If-Match: an eTag or a cTag from the service. A mismatch throws `precondition`. */
  readonly ifMatch?: string | undefined;
}

/** One request. */
export interface GraphCall {
  readonly method: string;
  /** Relative to `baseUrl`, starting with a slash; or absolute, for a URL from the service. */
  readonly url: string;
  /** Completes "Could not …" in messages: `list the children of /Documents`. */
  readonly what: string;
  /** The documented success. Any other response below 400 is a `protocol` error. */
  readonly contract: Contract;
  readonly query?: Query | undefined;
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent unchanged. */
  readonly body?: HttpBody | undefined;
  /** See {@link HttpRequest.idempotent}. */
  readonly idempotent?: boolean | undefined;
  /** Tracks attempts that failed but may have taken effect. */
  readonly attempts?: Attempts | undefined;
  readonly options: CallOptions;
  /** See `transient` of HttpRequest. */
  readonly transient?: boolean;
  /** Default: `client.transport`. `client.plain` for pre-authenticated URLs. */
  readonly via?: Transport;
}

/** Larger error bodies are truncated to this size. */
const longestErrorBody = 256 << 10;

function headersOf(call: GraphCall): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (call.json !== undefined) headers['content-type'] = 'application/json';
  for (const [name, value] of Object.entries(call.headers ?? {}))
    if (value !== undefined) headers[name] = value;
  return headers;
}

async function errorText(response: HttpResponse): Promise<string> {
  try {
    return await readText(response, { limit: longestErrorBody });
  } catch (error) {
    if (!isOneDriveError(error)) throw error;
    return ''; // only the status is available
  }
}

/** Returns the URL of a call. @throws OneDriveError `protocol` for an unsafe pre-authenticated URL. */
function urlOf(client: GraphClient, { url, query, via, what }: GraphCall): string {
  if (via !== undefined) return transferUrl(url, client.baseUrl, what) + queryString(query);
  return (url.startsWith('/') ? client.baseUrl + url : url) + queryString(query);
}

/**
 * Sends a call and returns the response with its body unread.
 * @throws GraphError for a status of 400 and above; OneDriveError `protocol` for any other response outside
 * the contract of the call; errors of the transport.
 */
export async function send(client: GraphClient, call: GraphCall): Promise<HttpResponse> {
  const response = await (call.via ?? client.transport)({
    method: call.method,
    url: urlOf(client, call),
    headers: headersOf(call),
    body: call.json === undefined ? call.body : jsonBody(call.json),
    signal: call.options.signal,
    idempotent: call.idempotent,
    transient: call.transient,
    onUnclear: call.attempts?.note,
  });
  if (keepsContract(response.status, call.contract)) return response;
  if (response.status < 400) throw await brokenContract(response, call.contract, call.what);
  throw graphErrorOf(call.what, response.status, response.headers, await errorText(response));
}

/**
 * Reads a response as an object.
 * @throws OneDriveError `protocol` if its media type is not JSON, or it is HTML, empty, truncated or not an
 * object; the message names the call.
 */
export async function readObject<T extends object>(response: HttpResponse, what: string): Promise<T> {
  const value = await readJson(response).catch((error: unknown) => {
    if (!isOneDriveError(error) || error.code !== 'protocol') throw error;
    throw new OneDriveError('protocol', `Could not ${what}: ${error.message}`, {
      cause: error,
      hint: error.hintSentences,
    });
  });
  const type = response.headers['content-type'];
  if (!isJsonType(type)) throw notGraph(what, `has the media type ${(type ?? '').split(';')[0]}`);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as T;
  throw notGraph(what, 'is JSON but not an object');
}

function notGraph(what: string, why: string): OneDriveError {
  return new OneDriveError('protocol', `Could not ${what}: the response ${why}.`, {
    hint: 'Check that the base URL is that of Microsoft Graph.',
  });
}

/** Maximum number of times that a call is sent if its response breaks off while it is read. */
const maxReads = 3;

/**
 * Sends a call and reads the response as an object of type `T`. If the response breaks off and the call may
 * be repeated, it is sent again. Throws like {@link send} and {@link readObject}.
 */
export async function sendForObject<T extends object>(client: GraphClient, call: GraphCall): Promise<T> {
  const memory = call.attempts ?? attempts();
  for (let read = 1; ; read++) {
    const response = await send(client, { ...call, attempts: memory });
    try {
      return await readObject<T>(response, call.what);
    } catch (error) {
      if (networkFault(error) !== 'broken') throw error;
      memory.note();
      if (read >= maxReads || !isRepeatable(call)) throw error;
    }
  }
}

function isRepeatable(call: GraphCall): boolean {
  return isIdempotent(call) && (call.body?.replayable ?? true);
}

/** Sends a call and discards its response. Throws like {@link send}. */
export async function sendForNothing(client: GraphClient, call: GraphCall): Promise<void> {
  await discard(await send(client, call));
}
