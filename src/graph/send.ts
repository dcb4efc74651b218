/**
 * One call to Microsoft Graph: a request value in, a typed value or a {@link GraphError} out. Everything that
 * every endpoint has in common lives here, so that an endpoint function is only its URL, its body and its type.
 */
import { isOneDriveError, OneDriveError } from '../errors/index.ts';
import { jsonBody } from '../http/bodies.ts';
import { discard, readJson, readText } from '../http/read.ts';
import type { HttpBody, HttpResponse, Transport } from '../http/transport.ts';
import type { GraphClient } from './client.ts';
import { graphErrorOf } from './error-answer.ts';
import { type Query, queryString } from './path.ts';

/** What every endpoint function takes as its last parameter. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** What every endpoint function that changes something may take. */
export interface ChangeOptions extends CallOptions {
  /** Sent as If-Match: an eTag or a cTag, as the service gave it. A mismatch throws `precondition`. */
  readonly ifMatch?: string | undefined;
}

/** One request. */
export interface GraphCall {
  readonly method: string;
  /** Below `baseUrl`, from the slash on; or absolute, for a URL that the service gave. */
  readonly url: string;
  /** Finishes "Could not …" in messages: `list the children of /Documents`. */
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
  /** See `transient` of HttpRequest. */
  readonly transient?: boolean;
  /** Statuses of 300 and above that are answers, not errors. */
  readonly accept?: readonly number[];
  /** `client.transport` unless told: `client.plain` for pre-authenticated URLs. */
  readonly via?: Transport;
}

/** Error bodies beyond this are cut: nobody reads a megabyte of apology. */
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
    return ''; // the status alone must do
  }
}

/**
 * Sends a call and gives the answer, body unread.
 * @throws GraphError for a status of 300 and above that the call does not accept; what the transport throws.
 */
export async function send(client: GraphClient, call: GraphCall): Promise<HttpResponse> {
  const base = call.url.startsWith('/') ? client.baseUrl + call.url : call.url;
  const response = await (call.via ?? client.transport)({
    method: call.method,
    url: base + queryString(call.query),
    headers: headersOf(call),
    body: call.json === undefined ? call.body : jsonBody(call.json),
    signal: call.options.signal,
    idempotent: call.idempotent,
    transient: call.transient,
  });
  if (response.status < 300 || call.accept?.includes(response.status)) return response;
  throw graphErrorOf(call.what, response.status, response.headers, await errorText(response));
}

/**
 * Reads an answer as an object.
 * @throws OneDriveError `protocol` when it is HTML, empty, cut off or no object; names the call.
 */
export async function readObject<T extends object>(response: HttpResponse, what: string): Promise<T> {
  const value = await readJson(response).catch((error: unknown) => {
    if (!isOneDriveError(error) || error.code !== 'protocol') throw error;
    throw new OneDriveError('protocol', `Could not ${what}: ${error.message}`, {
      cause: error,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    });
  });
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as T;
  throw new OneDriveError('protocol', `Could not ${what}: the answer is JSON but not an object.`, {
    hint: 'Check that the address is that of Microsoft Graph.',
  });
}

/** Sends a call and reads the answer as an object of type `T`. Throws as {@link send} and {@link readObject}. */
export async function sendForObject<T extends object>(client: GraphClient, call: GraphCall): Promise<T> {
  return await readObject<T>(await send(client, call), call.what);
}

/** Sends a call whose answer holds nothing of interest. Throws as {@link send}. */
export async function sendForNothing(client: GraphClient, call: GraphCall): Promise<void> {
  await discard(await send(client, call));
}
