/**
 * A `node:http` message as a {@link ServerRequest}. What is costly and seldom needed (an AbortController) is made when
 * somebody asks for it.
 */
import type { IncomingMessage, ServerResponse as NodeResponse } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { ServerRequest } from '../http.ts';
import { requestUrl } from './origin.ts';
import { ClientGone, requestBody } from './request-body.ts';

export interface IncomingOptions {
  /** Sends `100 Continue`; called once, when the handler starts to read the body. */
  readonly onBodyWanted?: (() => void) | undefined;
  /** As in {@link ServerRequest}. */
  readonly alsoEncrypted?: boolean;
}

/** The request as a value, or undefined when its target or Host header is not a URL. */
export function readIncoming(
  message: IncomingMessage,
  response: NodeResponse,
  options: IncomingOptions = {},
): ServerRequest | undefined {
  const url = urlOf(message);
  return url === undefined ? undefined : new IncomingRequest(url, message, response, options);
}

/** A class, because an object literal with a getter takes V8 longer to make than all the rest of a request. */
class IncomingRequest implements ServerRequest {
  readonly method: string;
  readonly url: URL;
  readonly alsoEncrypted: boolean | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
  readonly #response: NodeResponse;
  #signal: AbortSignal | undefined;

  constructor(url: URL, message: IncomingMessage, response: NodeResponse, options: IncomingOptions) {
    this.method = (message.method ?? 'GET').toUpperCase();
    this.url = url;
    this.alsoEncrypted = options.alsoEncrypted;
    this.headers = headersOf(message);
    this.body = new IncomingBody(message, options);
    this.#response = response;
  }

  get signal(): AbortSignal {
    this.#signal ??= signalOf(this.#response);
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

function urlOf(message: IncomingMessage): URL | undefined {
  const { socket, headers } = message;
  return requestUrl({
    target: message.url ?? '/',
    host: headers.host,
    forwardedProto: single(headers['x-forwarded-proto']),
    forwardedHost: single(headers['x-forwarded-host']),
    encrypted: (socket as Partial<TLSSocket>).encrypted === true,
    localHost:
      socket.localFamily === 'IPv6' ? `[::1]:${socket.localPort ?? 0}` : `127.0.0.1:${socket.localPort ?? 0}`,
  });
}

/** `set-cookie` alone comes as a list, and only responses should have it: all others are handed on as they are. */
function headersOf({ headers }: IncomingMessage): Readonly<Record<string, string>> {
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
