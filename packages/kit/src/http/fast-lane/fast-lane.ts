/**
 * The fast lane for content: GET requests without a body, on connections of its own, with as little code as
 * possible between socket and reader. It is twice as fast as `node:http` if the disk can keep up. All other
 * requests, and unusual responses, use `node:http`: a GET can be repeated.
 */
import { exactLength } from '../exact-length.ts';
import { networkError, networkFailure } from '../network-error.ts';
import { tlsOptions } from '../node/agents.ts';
import { type NodeTransport, nodeTransport } from '../node/node-transport.ts';
import { dialing, type NodeTransportOptions, timeoutsOf } from '../node/options.ts';
import type { HttpRequest, HttpResponse } from '../transport.ts';
import { type Connection, openConnection } from './connection.ts';
import { headEnd, longestHead, parseHead, type ResponseHead } from './response-head.ts';

export interface FastLaneOptions extends NodeTransportOptions {
  /** Which requests use the fast lane. Default: downloads of content. */
  readonly when?: ((request: HttpRequest) => boolean) | undefined;
}

/** Content whose reader allows the buffer to be reused, because that is what makes the fast lane fast. */
const isContent = ({ transient }: HttpRequest) => transient === true;

/** The Node transport, with the fast lane for downloads. */
export function fastLane({ when = isContent, ...options }: FastLaneOptions = {}): NodeTransport {
  const plain = nodeTransport(options);
  const pool = connectionPool(options);
  const send = async (request: HttpRequest): Promise<HttpResponse> => {
    const url = new URL(request.url);
    const carries =
      request.method === 'GET' && request.body === undefined && options.proxy?.(url) === undefined;
    const encoding = request.headers['accept-encoding'] ?? 'identity';
    if (!carries || encoding !== 'identity' || !when(request)) return plain(request);
    return (await exchange(pool, url, request, options)) ?? plain(request);
  };
  const close = () => {
    plain.close();
    pool.close();
  };
  return Object.assign(send, { close });
}

type Pool = ReturnType<typeof connectionPool>;

/** Idle connections by origin, at most as many as would be open at once anyway. */
function connectionPool(options: NodeTransportOptions) {
  const resting = new Map<string, Connection[]>();
  const all = new Set<Connection>();
  const { connect: timeoutMs } = timeoutsOf(options);
  return {
    /** Returns an idle connection that is still open. */
    rested(url: URL): Connection | undefined {
      const idle = resting.get(url.origin) ?? [];
      for (let one = idle.pop(); one !== undefined; one = idle.pop()) {
        if (one.closed) continue;
        one.rest(false);
        return one;
      }
      return undefined;
    },
    async fresh(url: URL): Promise<Connection> {
      const secure = url.protocol === 'https:';
      const one = await openConnection({
        host: url.hostname.replace(/^\[|\]$/g, ''),
        port: Number(url.port) || (secure ? 443 : 80),
        tls: secure ? await tlsOptions(options) : undefined,
        dial: dialing(options),
        timeoutMs,
        late: () => networkFailure(url.href, 'ECONNECTTIMEOUT', 'connect'),
      });
      for (const other of all) if (other.closed) all.delete(other);
      all.add(one);
      return one;
    },
    keep(url: URL, one: Connection): void {
      one.rest(true);
      one.patience(options.keepAliveMs ?? 30_000, () => new Error('idle for too long'));
      resting.set(url.origin, [...(resting.get(url.origin) ?? []), one]);
    },
    close(): void {
      for (const one of all) one.close(new Error('closed'));
      all.clear();
      resting.clear();
    },
  };
}

/** @returns undefined if `node:http` must send the request. */
async function exchange(
  pool: Pool,
  url: URL,
  request: HttpRequest,
  options: NodeTransportOptions,
): Promise<HttpResponse | undefined> {
  const { signal } = request;
  signal?.throwIfAborted();
  const rested = pool.rested(url);
  try {
    const connection = rested ?? (await orAborted(pool.fresh(url), signal));
    return await ask({ pool, url, request, connection, options });
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    // The server may close an idle connection at any moment; there was no response, so the request is sent
    // again.
    if (rested !== undefined) return undefined;
    throw networkError(request.url, error);
  }
}

interface Asking {
  readonly pool: Pool;
  readonly url: URL;
  readonly request: HttpRequest;
  readonly connection: Connection;
  readonly options: NodeTransportOptions;
}

async function ask(asking: Asking): Promise<HttpResponse | undefined> {
  const { url, request, connection, options } = asking;
  const { signal } = request;
  const { head: headMs, idle } = timeoutsOf(options);
  const onAbort = () => connection.close(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  const leave = () => signal?.removeEventListener('abort', onAbort);
  try {
    connection.patience(headMs, () => networkFailure(request.url, 'EIDLETIMEOUT', 'silence'));
    connection.send(requestText(url, request));
    // The timeout of `next` covers silence only; a head that arrives byte by byte gets no more time than
    // one that never arrives.
    const late = setTimeout(
      () => connection.close(networkFailure(request.url, 'EIDLETIMEOUT', 'no response')),
      headMs,
    );
    const head = await readHead(connection, request.method).finally(() => clearTimeout(late));
    if (head === undefined || head.framing.kind !== 'length') {
      connection.close();
      leave();
      return undefined;
    }
    connection.patience(idle, () => networkFailure(request.url, 'EIDLETIMEOUT', 'silence'));
    const body = bodyOf(asking, head, head.framing.length, leave);
    return { status: head.status, headers: head.headers, body };
  } catch (error) {
    leave();
    connection.close();
    throw error;
  }
}

function requestText({ pathname, search, host }: URL, { method, headers }: HttpRequest): string {
  const lines = Object.entries({ host, ...headers, connection: 'keep-alive' }).map(([name, value]) => {
    if (/[\r\n\0]|[^\0-\xff]/.test(name + value)) throw new TypeError(`The header ${name} cannot be sent.`);
    return `${name}: ${value}\r\n`;
  });
  return `${method} ${pathname}${search} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

/** @throws an error with code ETRUNCATED if the connection ends early. */
async function readHead(connection: Connection, method: string): Promise<ResponseHead | undefined> {
  let bytes = new Uint8Array(0);
  while (bytes.length < longestHead) {
    const chunk = await connection.next();
    if (chunk === undefined)
      throw Object.assign(new Error('closed without a response'), { code: 'ETRUNCATED' });
    const joined = new Uint8Array(bytes.length + Math.min(chunk.length, longestHead));
    joined.set(bytes);
    joined.set(chunk.subarray(0, longestHead), bytes.length);
    const end = headEnd(joined);
    if (end !== undefined) {
      const rest = chunk.subarray(end - bytes.length);
      if (rest.length > 0) connection.unread(rest);
      return parseHead(joined.subarray(0, end), method);
    }
    bytes = joined;
  }
  return undefined;
}

function bodyOf(
  { pool, url, request, connection }: Asking,
  head: ResponseHead,
  length: number,
  leave: () => void,
): AsyncIterable<Uint8Array> {
  const truncated = () =>
    networkFailure(request.url, 'ETRUNCATED', `the body ended before its ${String(length)} bytes`);
  const done = (whole: boolean) => {
    leave();
    if (whole && head.keepAlive && !connection.closed) pool.keep(url, connection);
    else connection.close();
  };
  if (length === 0) done(true);
  async function* read(): AsyncGenerator<Uint8Array, void, undefined> {
    let left = length;
    try {
      while (left > 0) {
        const chunk = await connection.next();
        if (chunk === undefined) throw truncated();
        const part = chunk.length > left ? chunk.subarray(0, left) : chunk;
        left -= part.length;
        yield request.transient === true ? part : part.slice();
      }
    } catch (error) {
      throw request.signal?.aborted ? request.signal.reason : networkError(request.url, error);
    } finally {
      if (length > 0) done(left === 0);
    }
  }
  return exactLength(read(), length, truncated);
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise<T>((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
