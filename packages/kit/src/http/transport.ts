/**
 * The seam between this project and HTTP: a transport is a function from a request to a response. What decorates
 * one (retry, pace, authorize, trace, timeout) is a function from a transport to a transport.
 */

/** Header names are lower case; a header that repeats is joined with ", ". */
export type HeaderMap = Readonly<Record<string, string>>;

/** What a request carries. `open` may be called again only when `replayable`; `length` is in bytes, undefined = chunked. */
export interface HttpBody {
  readonly length: number | undefined;
  readonly replayable: boolean;
  /** A chunk is valid until the next one is asked for: sources read into the same memory again. */
  open(): AsyncIterable<Uint8Array>;
}

/** One request, ready to be sent. */
export interface HttpRequest {
  readonly method: string;
  /** Absolute. Redirects are never followed by a transport. */
  readonly url: string;
  readonly headers: HeaderMap;
  readonly body?: HttpBody | undefined;
  readonly signal?: AbortSignal | undefined;
  /**
   * May this request be sent again after an unknown outcome? Default: true for GET, HEAD, PUT, DELETE, OPTIONS and
   * PATCH, false for POST. A POST that only creates something that may be lost (an upload session) says true.
   */
  readonly idempotent?: boolean | undefined;
  /**
   * Called by `retry` after an attempt that may have been carried out although it failed: the connection broke, or the
   * answer was 408 or 5xx. What a later attempt answers (409, 404) has to be judged in this light.
   * @param sinceFirst milliseconds since the first attempt began.
   */
  readonly onUnclear?: ((sinceFirst: () => number) => void) | undefined;
  /**
   * The reader of the answer lets go of each chunk before it asks for the next, so a transport may use the same
   * memory again. Default: false, a chunk is the reader's to keep.
   */
  readonly transient?: boolean | undefined;
}

/** One answer; its body is still to be read. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: HeaderMap;
  /**
   * The bytes, to be read at most once. Iteration throws OneDriveError `network` when the connection breaks or
   * fewer bytes than Content-Length arrive. Leaving the loop early closes the connection.
   */
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Sends one request, once.
 * @throws OneDriveError `network` when no answer came, `signal.reason` when aborted.
 */
export type Transport = (request: HttpRequest) => Promise<HttpResponse>;

/** Wraps a transport in another. */
export type TransportDecorator = (inner: Transport) => Transport;

/** Applies decorators so that the first one named is the outermost. */
export function compose(inner: Transport, ...decorators: readonly TransportDecorator[]): Transport {
  return decorators.reduceRight((transport, decorate) => decorate(transport), inner);
}
