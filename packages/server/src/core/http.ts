/**
 * The server is a function from a request value to a response value. This file defines these values; `listen/` serves the
 * function on `node:http`, and an adapter turns it into `(Request) => Promise<Response>`. The server shares no code with the
 * client's HTTP layer, because a wrong assumption about the wire would then go unnoticed.
 */

export interface ServerRequest {
  /** Upper case. */
  readonly method: string;
  /**
   * Scheme and host as seen by the client (X-Forwarded-Proto and X-Forwarded-Host take precedence); path and query as sent,
   * not decoded.
   */
  readonly url: URL;
  /** Whether the same address also serves HTTPS, for a request that was sent without. */
  readonly alsoEncrypted?: boolean | undefined;
  /** How the request reached a listener. Undefined for in-process requests. */
  readonly arrival?: Arrival | undefined;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
  readonly signal?: AbortSignal | undefined;
}

/** How a request reached a listener, determined from the socket and the Host header, ignoring `X-Forwarded-*`. */
export interface Arrival {
  /** Scheme of the connection and host of the Host header: `http://127.0.0.1:8080`. */
  readonly origin: string;
  /** The port of the socket. */
  readonly port: number;
  /** The kind of the Host header: a name of this machine, or a name of the service that `intercept` serves. */
  readonly name: 'machine' | 'service';
  /** Whether `X-Forwarded-Host` names a host that the server does not serve. It is used in links, but never trusted. */
  readonly forwardedFromUnknown: boolean;
}

/** A copy of the request with `change` applied. The signal, which is costly with a socket, is still created on demand. */
export function requestWith(request: ServerRequest, change: Partial<ServerRequest>): ServerRequest {
  const { method, url, alsoEncrypted, arrival, headers, body } = request;
  return {
    method,
    url,
    alsoEncrypted,
    arrival,
    headers,
    body,
    get signal() {
      return request.signal;
    },
    ...change,
  };
}

/** Bytes, or a stream of known or unknown length. */
export type ServerBody = string | Uint8Array | { readonly stream: ByteStream; readonly length?: number };

/** The chunks of the body. */
export interface ByteStream extends AsyncIterable<Uint8Array> {
  /** Returns a chunk that was not sent completely: its memory may be reused for a later one. */
  recycle?(chunk: Uint8Array): void;
}

/** The text of a body that is text or UTF-8 bytes; undefined for a stream and for no body. */
export function wholeText(body: ServerBody | undefined): string | undefined {
  if (body instanceof Uint8Array) return new TextDecoder().decode(body);
  return typeof body === 'string' ? body : undefined;
}

/** One response. */
export interface ServerResponse {
  readonly status: number;
  /** Names as they are sent. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: ServerBody | undefined;
}

/** The server: a function from a request to a response. It throws to abort the connection. */
export type Handler = (request: ServerRequest) => Promise<ServerResponse>;
