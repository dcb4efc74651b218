/**
 * The seam between this project and HTTP: a transport is a function from a request to a response. A decorator
 * (retry, pace, authorize, trace, timeout) is a function from a transport to a transport.
 */

/** Header names are lower case; a repeated header is joined with ", ". */
export type HeaderMap = Readonly<Record<string, string>>;

/**
 * A request body. `open` may be called again only if `replayable`; `length` is in bytes, undefined = chunked.
 */
export interface HttpBody {
  readonly length: number | undefined;
  readonly replayable: boolean;
  /** A chunk is valid until the next one is requested: sources reuse their memory. */
  open(): AsyncIterable<Uint8Array>;
}

/** A request that is ready to be sent. */
export interface HttpRequest {
  readonly method: string;
  /** Absolute. Transports never follow redirects. */
  readonly url: string;
  readonly headers: HeaderMap;
  readonly body?: HttpBody | undefined;
  readonly signal?: AbortSignal | undefined;
  /**
   * Whether this request may be sent again after an unknown outcome. Default: true for GET, HEAD, PUT,
   * DELETE, OPTIONS and PATCH, false for POST. A POST that creates only something that may be lost (an upload
   * session) sets true.
   */
  readonly idempotent?: boolean | undefined;
  /**
   * Called by `retry` after an attempt that failed but may have taken effect: the connection broke, or the
   * status was 408 or 5xx. The response to a later attempt (409, 404) has to be interpreted accordingly.
   * @param sinceFirst milliseconds since the first attempt began.
   */
  readonly onUnclear?: ((sinceFirst: () => number) => void) | undefined;
  /**
   * The reader releases each chunk before it requests the next, so a transport may reuse its memory. Default:
   * false, the reader may keep chunks.
   */
  readonly transient?: boolean | undefined;
}

/** A response whose body is still to be read. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: HeaderMap;
  /**
   * The bytes, to be read at most once. Iteration throws OneDriveError `network` if the connection breaks or
   * fewer bytes than Content-Length arrive. Leaving the loop early closes the connection.
   */
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Sends one request, once.
 * @throws OneDriveError `network` without a response, `signal.reason` when aborted.
 */
export type Transport = (request: HttpRequest) => Promise<HttpResponse>;

/** Wraps a transport in another. */
export type TransportDecorator = (inner: Transport) => Transport;

/** Applies decorators; the first one is the outermost. */
export function compose(inner: Transport, ...decorators: readonly TransportDecorator[]): Transport {
  return decorators.reduceRight((transport, decorate) => decorate(transport), inner);
}
