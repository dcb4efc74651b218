/**
 * Converts a `node:http` message to a {@link ServerRequest}. Costly and rarely needed parts (an AbortController) are created
 * on first use.
 */
import type { IncomingMessage, ServerResponse as NodeResponse } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { Arrival, ServerRequest } from '../core/http.ts';
import { type HostKind, type HostRules, hostKind } from '../guard/host-names.ts';
import { firstOf, isAuthority, type RequestTarget, requestUrl } from './origin.ts';
import { ClientGone, requestBody } from './request-body.ts';

export interface IncomingOptions {
  /** Sends `100 Continue`; called once, when the handler starts to read the body. */
  readonly onBodyWanted?: (() => void) | undefined;
  /** See {@link ServerRequest}. */
  readonly alsoEncrypted?: boolean;
  /** The host names that the server accepts. */
  readonly hosts: HostRules;
}

/** Why a host name is refused: it is malformed, or not a name of this server. */
export type HostRefusal = 'bad-request' | 'misdirected';

/** The request as a value, or why its host name is refused. The Host header is checked before headers that a relay adds. */
export function readIncoming(
  message: IncomingMessage,
  response: NodeResponse,
  options: IncomingOptions,
): ServerRequest | HostRefusal {
  const name = judgeHost(message, options.hosts);
  if (name === 'bad-request' || name === 'misdirected') return name;
  const url = urlOf(message);
  if (url === undefined) return 'bad-request';
  return new IncomingRequest({ url, message, response, name }, options);
}

/**
 * The kind of the host name in a message. Two Host headers are refused, as RFC 9112 §3.2 requires; the host of a target in
 * absolute form is checked as well.
 */
export function judgeHost(message: IncomingMessage, hosts: HostRules): HostKind | HostRefusal {
  const { host } = message.headers;
  if (countOf('host', message.rawHeaders) > 1) return 'bad-request';
  const target = /^https?:\/\/([^/?#]*)/i.exec(message.url ?? '/')?.[1];
  const names = [target, host].filter((name) => name !== undefined);
  if (!names.every(isAuthority)) return 'bad-request';
  // HTTP/1.0 has no Host header; browsers always send it.
  const kinds = names.map((name) => hostKind(name, hosts));
  return kinds.includes(undefined) ? 'misdirected' : (kinds[0] ?? 'machine');
}

function countOf(name: string, raw: readonly string[]): number {
  let count = 0;
  for (let at = 0; at < raw.length; at += 2) if (raw[at]?.toLowerCase() === name) count += 1;
  return count;
}

/** How a message arrived, with the name that {@link judgeHost} accepted. */
export function arrivalOf(message: IncomingMessage, name: HostKind, hosts: HostRules): Arrival {
  const { socket, headers } = message;
  const forwarded = firstOf(single(headers['x-forwarded-host']));
  return {
    origin:
      requestUrl({ ...targetOf(message), forwardedProto: undefined, forwardedHost: undefined })?.origin ??
      'null',
    port: socket.localPort ?? 0,
    name,
    forwardedFromUnknown: forwarded !== undefined && hostKind(forwarded, hosts) === undefined,
  };
}

interface Received {
  readonly url: URL;
  readonly message: IncomingMessage;
  readonly response: NodeResponse;
  readonly name: HostKind;
}

/** A class, because V8 creates an object literal with a getter more slowly than all other parts of a request. */
class IncomingRequest implements ServerRequest {
  readonly method: string;
  readonly url: URL;
  readonly alsoEncrypted: boolean | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
  readonly #received: Received;
  readonly #hosts: HostRules;
  #arrival: Arrival | undefined;
  #signal: AbortSignal | undefined;

  constructor(received: Received, options: IncomingOptions) {
    const { url, message } = received;
    this.method = (message.method ?? 'GET').toUpperCase();
    this.url = url;
    this.alsoEncrypted = options.alsoEncrypted;
    this.headers = headersOf(message);
    this.body = new IncomingBody(message, options);
    this.#received = received;
    this.#hosts = options.hosts;
  }

  get arrival(): Arrival {
    this.#arrival ??= arrivalOf(this.#received.message, this.#received.name, this.#hosts);
    return this.#arrival;
  }

  get signal(): AbortSignal {
    this.#signal ??= signalOf(this.#received.response);
    return this.#signal;
  }
}

class IncomingBody implements AsyncIterable<Uint8Array> {
  readonly #message: IncomingMessage;
  readonly #options: IncomingOptions;

  constructor(message: IncomingMessage, options: IncomingOptions) {
    this.#message = message;
    this.#options = options;
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return requestBody(this.#message, this.#options.onBodyWanted);
  }
}

/** The URL of a message as seen by its client. */
export function urlOf(message: IncomingMessage): URL | undefined {
  return requestUrl(targetOf(message));
}

function targetOf(message: IncomingMessage): RequestTarget {
  const { socket, headers } = message;
  return {
    target: message.url ?? '/',
    host: headers.host,
    forwardedProto: single(headers['x-forwarded-proto']),
    forwardedHost: single(headers['x-forwarded-host']),
    encrypted: (socket as Partial<TLSSocket>).encrypted === true,
    localHost:
      socket.localFamily === 'IPv6' ? `[::1]:${socket.localPort ?? 0}` : `127.0.0.1:${socket.localPort ?? 0}`,
  };
}

/** Only `set-cookie` is a list, and only responses should have it: all other headers are passed on unchanged. */
export function headersOf({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  const { 'set-cookie': cookies } = headers;
  const rest = headers as Readonly<Record<string, string>>;
  return cookies === undefined ? rest : { ...rest, 'set-cookie': cookies.join(', ') };
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value;
}

function signalOf(response: NodeResponse): AbortSignal {
  const controller = new AbortController();
  const gone = () => {
    if (!response.writableFinished) controller.abort(new ClientGone());
  };
  if (response.destroyed) gone();
  else response.once('close', gone);
  return controller.signal;
}
