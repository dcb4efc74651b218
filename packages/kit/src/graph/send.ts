/**
 * One call to Microsoft Graph: a request value in, a typed value or a {@link GraphError} out. Everything that
 * every endpoint has in common lives here, so that an endpoint function is only its URL, its body and its type.
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
  /** The documented success. Any other answer below 400 is a `protocol` error. */
  readonly contract: Contract;
  readonly query?: Query | undefined;
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly body?: HttpBody | undefined;
  /** See {@link HttpRequest.idempotent}. */
  readonly idempotent?: boolean | undefined;
  /** Remembers attempts that may have been carried out although they failed. */
  readonly attempts?: Attempts | undefined;
  readonly options: CallOptions;
  /** See `transient` of HttpRequest. */
  readonly transient?: boolean;
  /** Default: `client.transport`. `client.plain` for pre-authenticated URLs. */
  readonly via?: Transport;
}

/** Error bodies are cut beyond this size. */
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

/** Where a call goes. @throws OneDriveError `protocol` for a pre-authenticated URL that is not safe to use. */
function urlOf(client: GraphClient, { url, query, via, what }: GraphCall): string {
  if (via !== undefined) return transferUrl(url, client.baseUrl, what) + queryString(query);
  return (url.startsWith('/') ? client.baseUrl + url : url) + queryString(query);
}

/**
 * Sends a call and returns the answer, body unread.
 * @throws GraphError for a status of 400 and above; OneDriveError `protocol` for any other answer that the contract of
 * the call does not have; what the transport throws.
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
 * Reads an answer as an object.
 * @throws OneDriveError `protocol` when its media type is not JSON, or it is HTML, empty, cut off or not an object;
 * names the call.
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
  return new OneDriveError('protocol', `Could not ${what}: the answer ${why}.`, {
    hint: 'Check that the address is that of Microsoft Graph.',
  });
}

/** Times that a call is sent whose answer breaks off while it is read. */
const maxReads = 3;

/**
 * Sends a call and reads the answer as an object of type `T`. An answer that breaks off is requested again where the
 * call may be repeated. Throws as {@link send} and {@link readObject}.
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

/** Sends a call whose answer holds nothing of interest. Throws as {@link send}. */
export async function sendForNothing(client: GraphClient, call: GraphCall): Promise<void> {
  await discard(await send(client, call));
}
