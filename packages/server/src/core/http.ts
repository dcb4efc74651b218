/**
 * The server is a function from a request value to a response value. These are the values; `listen/` puts them on
 * `node:http`, and a `(Request) => Promise<Response>` adapter puts them anywhere else. The server shares no code
 * with the client's http layer: one wrong idea about the wire would otherwise pass on both sides.
 */

export interface ServerRequest {
  /** Upper case. */
  readonly method: string;
  /** Scheme and host as the client saw them (X-Forwarded-Proto/-Host win), path and query as sent: not decoded. */
  readonly url: URL;
  /** Whether the same address answers over HTTPS too, where the request came without. */
  readonly alsoEncrypted?: boolean | undefined;
  /** How it reached a listener. Undefined in process. */
  readonly arrival?: Arrival | undefined;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
  readonly signal?: AbortSignal | undefined;
}

/** How a request reached a listener, judged by the socket and the Host header before any `X-Forwarded-*`. */
export interface Arrival {
  /** Scheme of the connection and host of the Host header: `http://127.0.0.1:8080`. */
  readonly origin: string;
  /** The port of the socket. */
  readonly port: number;
  /** Whose name the Host header is: one of this machine, or one of the service's that `intercept` answers for. */
  readonly name: 'machine' | 'service';
  /** Whether `X-Forwarded-Host` names a host that the server does not answer to. Links carry it; nothing trusts it. */
  readonly forwardedFromUnknown: boolean;
}

/** The same request but for `change`. Its signal, which is costly where a socket stands behind it, is still made on demand. */
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

/** Bytes, or a stream of them of a known or unknown length. */
export type ServerBody = string | Uint8Array | { readonly stream: ByteStream; readonly length?: number };

/** Bytes as they come. */
export interface ByteStream extends AsyncIterable<Uint8Array> {
  /** Takes a chunk back that is on its way: its memory may hold a later one. */
  recycle?(chunk: Uint8Array): void;
}

/** The text of a body that is whole, be it text or UTF-8; undefined of a stream, and where there is none. */
export function wholeText(body: ServerBody | undefined): string | undefined {
  if (body instanceof Uint8Array) return new TextDecoder().decode(body);
  return typeof body === 'string' ? body : undefined;
}

/** One answer. */
export interface ServerResponse {
  readonly status: number;
  /** Names as they go on the wire. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: ServerBody | undefined;
}

/** The server: a function from a request to an answer. It throws to break the connection. */
export type Handler = (request: ServerRequest) => Promise<ServerResponse>;
