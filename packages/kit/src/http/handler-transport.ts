/**
 * A transport to a server that is a function in this process: no port, no socket, no serialization. It
 * behaves like the network: bodies are streams in both directions, a body of the wrong length is an error,
 * and an abort stops it.
 */
import { exactLength } from './exact-length.ts';
import { networkError, networkFailure } from './network-error.ts';
import { outgoing } from './outgoing.ts';
import type { HeaderMap, HttpRequest, HttpResponse, Transport } from './transport.ts';

/** The request of a handler. The embedded server's handler has this shape; others may too. */
export interface HandlerRequest {
  readonly method: string;
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: HeaderMap;
  readonly body: AsyncIterable<Uint8Array>;
  readonly signal?: AbortSignal | undefined;
}

/** The response of a handler. */
export interface HandlerResponse {
  readonly status: number;
  readonly headers: HeaderMap;
  readonly body?:
    | string
    | Uint8Array
    | { readonly stream: AsyncIterable<Uint8Array>; readonly length?: number }
    | undefined;
}

/** A server as a function of one request. */
export type RequestHandler = (request: HandlerRequest) => Promise<HandlerResponse>;

/**
 * Sends requests to `handler`. An error of the handler becomes OneDriveError `network`: the connection broke.
 */
export function handlerTransport(handler: RequestHandler): Transport {
  return async (request) => {
    request.signal?.throwIfAborted();
    const source = oneReader(request);
    try {
      const answer = await unlessAborted(request, handler(toHandler(request, source.bytes)));
      if (source.failed()) throw source.failed()?.error;
      return await toResponse(request, answer, source.close);
    } catch (error) {
      await source.close();
      throw source.failed() ? source.failed()?.error : failureOf(request, error);
    }
  };
}

function toHandler(request: HttpRequest, body: AsyncIterable<Uint8Array>): HandlerRequest {
  const url = new URL(request.url);
  const framing: Record<string, string> = {};
  if (request.body?.length !== undefined) framing['content-length'] = String(request.body.length);
  else if (request.body) framing['transfer-encoding'] = 'chunked';
  else if (/^(post|put|patch)$/i.test(request.method)) framing['content-length'] = '0';
  const headers = { host: url.host, ...lowerCased(request.headers), ...framing };
  return { method: request.method.toUpperCase(), url, headers, body, signal: request.signal };
}

async function toResponse(
  request: HttpRequest,
  answer: HandlerResponse,
  close: () => Promise<void>,
): Promise<HttpResponse> {
  const { stream, length } = payload(answer.body);
  const headers = lowerCased(answer.headers);
  const bodiless = request.method.toUpperCase() === 'HEAD' || answer.status === 204 || answer.status === 304;
  if (length !== undefined && answer.status !== 204 && answer.status !== 304)
    headers['content-length'] ??= String(length);
  if (bodiless) await abandon(stream);
  const promised = bodiless ? 0 : Number(headers['content-length'] ?? Number.NaN);
  const bytes = bodiless ? nothing() : stream;
  return {
    status: answer.status,
    headers,
    body: delivered(request, bytes, Number.isNaN(promised) ? undefined : promised, close),
  };
}

async function* delivered(
  request: HttpRequest,
  stream: AsyncIterable<Uint8Array>,
  length: number | undefined,
  close: () => Promise<void>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const truncated = (got: number) =>
    networkFailure(request.url, 'ETRUNCATED', `truncated: ${got} of ${length ?? 0} bytes were sent`);
  const chunks = exactLength(stream, length, truncated);
  try {
    for (;;) {
      const step = await unlessAborted(request, chunks.next());
      if (step.done) return;
      if (step.value.byteLength > 0) yield step.value;
    }
  } catch (error) {
    throw failureOf(request, error);
  } finally {
    await close();
    void chunks.return().catch(() => undefined); // it may be waiting in an aborted read: the server gets the signal
  }
}

/** The request's bytes: opened on the first read, with its error kept, closed at the end of the exchange. */
function oneReader(request: HttpRequest) {
  let failed: { readonly error: unknown } | undefined;
  let open: AsyncGenerator<Uint8Array, void, undefined> | undefined;
  async function* bytes(): AsyncGenerator<Uint8Array, void, undefined> {
    if (!request.body) return;
    open = outgoing(request.body);
    try {
      // Copied: the source reuses a chunk's memory for the next one, and a handler may keep it.
      for await (const chunk of open) yield chunk.slice();
    } catch (error) {
      failed = { error };
      throw error;
    }
  }
  const close = async () => void open?.return().catch(() => undefined);
  return { bytes: bytes(), close, failed: () => failed };
}

function unlessAborted<T>(request: HttpRequest, work: Promise<T>): Promise<T> {
  const { signal } = request;
  if (!signal) return work;
  return new Promise<T>((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

function failureOf(request: HttpRequest, error: unknown): unknown {
  return request.signal?.aborted ? request.signal.reason : networkError(request.url, error);
}

function payload(body: HandlerResponse['body']): { stream: AsyncIterable<Uint8Array>; length?: number } {
  if (body === undefined) return { stream: nothing(), length: 0 };
  if (typeof body === 'string') return payload(new TextEncoder().encode(body));
  if (body instanceof Uint8Array) return { stream: once(body), length: body.byteLength };
  return body;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {}

async function abandon(stream: AsyncIterable<Uint8Array>): Promise<void> {
  await stream[Symbol.asyncIterator]().return?.();
}

function lowerCased(headers: HeaderMap): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
