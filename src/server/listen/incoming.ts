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
  if (url === undefined) return undefined;
  let signal: AbortSignal | undefined;
  return {
    method: (message.method ?? 'GET').toUpperCase(),
    url,
    alsoEncrypted: options.alsoEncrypted,
    headers: headersOf(message),
    body: { [Symbol.asyncIterator]: () => requestBody(message, options.onBodyWanted) },
    get signal() {
      signal ??= signalOf(response);
      return signal;
    },
  };
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

function headersOf(message: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name in message.headers) {
    const value = single(message.headers[name]);
    if (value !== undefined) headers[name] = value;
  }
  return headers;
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
