/**
 * The transport on fetch, for browsers and workers, and for programs that bring their own fetch.
 *
 * Limits of fetch: A browser hides redirects (a response of type `opaqueredirect`), so the content of a file
 * is read from its download URL and not from `/content`. A body of known size up to `bufferLimit` is sent
 * from memory, because only then does every runtime send Content-Length, which OneDrive requires for
 * fragments; a larger one is streamed if the runtime supports it (`duplex: 'half'`).
 */
import { OneDriveError } from '../errors/index.ts';
import { exactLength } from './exact-length.ts';
import { networkError, networkFailure } from './network-error.ts';
import { outgoing } from './outgoing.ts';
import { readBytes } from './read.ts';
import type { HeaderMap, HttpBody, HttpRequest, HttpResponse, Transport } from './transport.ts';

/** Which fetch to use, and how much to buffer. */
export interface FetchTransportOptions {
  /** Default: the runtime's own fetch. */
  readonly fetch?: typeof fetch;
  /**
   * Bodies of at most this many bytes are sent from memory. Default: 64 MiB, which is more than the largest
   * fragment.
   */
  readonly bufferLimit?: number;
}

/** Sends each request with fetch, once. Compressed responses are decompressed by fetch. */
export function fetchTransport(options: FetchTransportOptions = {}): Transport {
  const send = options.fetch ?? fetch;
  const bufferLimit = options.bufferLimit ?? 64 << 20;
  return async (request) => {
    const { signal } = request;
    signal?.throwIfAborted();
    const source: Source = {};
    try {
      const response = await send(request.url, await initOf(request, bufferLimit, source));
      if (response.type === 'opaqueredirect') throw hiddenRedirect();
      return toResponse(request, response, () => (source.unwanted = true));
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw source.failed ? source.failed.error : networkError(request.url, error);
    }
  };
}

interface Source {
  /** The response is complete, so the rest of the request body is not needed. */
  unwanted?: boolean;
  /** The error of the source; fetch would wrap it in an error of its own. */
  failed?: { readonly error: unknown };
}

async function initOf(request: HttpRequest, bufferLimit: number, source: Source): Promise<RequestInit> {
  const { method, headers, body, signal } = request;
  return {
    method: method.toUpperCase(),
    headers: { ...headers, ...(body?.length === undefined ? {} : { 'content-length': String(body.length) }) },
    redirect: 'manual',
    cache: 'no-store',
    credentials: 'omit',
    ...(signal ? { signal } : {}),
    ...(body ? await bodyInit(body, bufferLimit, source) : {}),
  };
}

async function bodyInit(body: HttpBody, bufferLimit: number, source: Source): Promise<RequestInit> {
  const bytes = remembering(outgoing(body), source);
  if (streamsRequests() && (body.length === undefined || body.length > bufferLimit)) {
    return { body: streamOf(bytes), duplex: 'half' } as RequestInit;
  }
  const whole = await readBytes({ status: 0, headers: {}, body: bytes }, { limit: body.length ?? Infinity });
  return { body: whole as Uint8Array<ArrayBuffer> };
}

async function* remembering(
  chunks: AsyncIterable<Uint8Array>,
  source: Source,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    // Copied: the source reuses a chunk's memory for the next one, and fetch may hold on to it.
    for await (const chunk of chunks) {
      if (source.unwanted) throw new Error('The response arrived before the body was sent.');
      yield chunk.slice();
    }
  } catch (error) {
    source.failed = { error };
    throw error;
  }
}

/**
 * A runtime that streams request bodies reads `duplex` and does not convert the stream to text (Fetch
 * standard, 5.4).
 */
function streamsRequests(): boolean {
  const asked = { duplex: false };
  const init = {
    method: 'POST',
    body: new ReadableStream(),
    get duplex() {
      asked.duplex = true;
      return 'half';
    },
  };
  return !new Request('https://localhost/', init).headers.has('content-type') && asked.duplex;
}

function streamOf(chunks: AsyncGenerator<Uint8Array, void, undefined>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const step = await chunks.next();
        if (step.done) controller.close();
        else controller.enqueue(step.value);
      },
      async cancel() {
        await chunks.return();
      },
    },
    { highWaterMark: 0 },
  );
}

function toResponse(request: HttpRequest, response: Response, onEnd: () => void): HttpResponse {
  const unpacked = response.headers.has('content-encoding') && request.method.toUpperCase() !== 'HEAD';
  const headers = headerMap(response.headers, unpacked ? /^content-(encoding|length)$/ : /^$/);
  const bodiless = !response.body || request.method.toUpperCase() === 'HEAD';
  const length =
    bodiless || headers['content-length'] === undefined ? undefined : Number(headers['content-length']);
  return {
    status: response.status,
    headers,
    body: bytesOf(request, bodiless ? null : response.body, length, onEnd),
  };
}

async function* bytesOf(
  request: HttpRequest,
  stream: ReadableStream<Uint8Array> | null,
  length: number | undefined,
  onEnd: () => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (!stream) {
    onEnd();
    return;
  }
  const truncated = (got: number) =>
    networkFailure(request.url, 'ETRUNCATED', `truncated after ${got} bytes`);
  try {
    yield* exactLength(chunksOf(stream), length, truncated);
  } catch (error) {
    if (request.signal?.aborted) throw request.signal.reason;
    throw networkError(request.url, error);
  } finally {
    onEnd();
  }
}

/** Leaving the loop early cancels the stream, which closes the connection. */
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  let whole = false;
  try {
    for (;;) {
      const step = await reader.read();
      if (step.done) {
        whole = true;
        return;
      }
      yield step.value;
    }
  } finally {
    if (!whole) await reader.cancel().catch(() => undefined);
  }
}

function headerMap(headers: Headers, without: RegExp): HeaderMap {
  const map: Record<string, string> = {};
  for (const [name, value] of headers) {
    if (!without.test(name)) map[name] = map[name] === undefined ? value : `${map[name]}, ${value}`;
  }
  return map;
}

function hiddenRedirect(): OneDriveError {
  return new OneDriveError('not-supported', 'This browser hides the target of redirects.', {
    hint: 'Request the item and read its @microsoft.graph.downloadUrl instead of its /content.',
  });
}
