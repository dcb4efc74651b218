/**
 * The server of the transport contract: one handler, used in memory or behind a loopback `node:http` server, so that all
 * transports are tested with the same requests.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { HandlerRequest, HandlerResponse } from '../../packages/kit/src/http/index.ts';

export const mebibyte = 1 << 20;

/** State of the server that tests can observe and control. */
export interface Peer {
  handler(request: HandlerRequest): Promise<HandlerResponse>;
  /** Number of response body bytes sent so far. */
  produced: number;
  /** Number of request body bytes received so far. */
  received: number;
  /** Resolves when the next `/silent` or `/drip` request has arrived. */
  arrived: Promise<void>;
  /** Resolves when a response body was cancelled, or its connection was closed. */
  left: Promise<void>;
}

export function makePeer(): Peer {
  const arrived = signalOnce();
  const left = signalOnce();
  const peer: Peer = {
    produced: 0,
    received: 0,
    arrived: arrived.promise,
    left: left.promise,
    handler: answer,
  };

  async function* produce(bytes: number): AsyncGenerator<Uint8Array, void, undefined> {
    let whole = false;
    try {
      for (let at = 0; at < bytes; at += 65_536) {
        const chunk = new Uint8Array(Math.min(65_536, bytes - at)).fill(at / 65_536);
        peer.produced += chunk.byteLength;
        yield chunk;
      }
      whole = true;
    } finally {
      if (!whole) left.resolve();
    }
  }

  async function* drip(first: string): AsyncGenerator<Uint8Array, void, undefined> {
    yield new TextEncoder().encode(first);
    arrived.resolve();
    await new Promise<never>(() => {});
  }

  async function* breaking(): AsyncGenerator<Uint8Array, void, undefined> {
    yield new TextEncoder().encode('the first part');
    throw new Error('the server stumbles');
  }

  /** Keeps every chunk until the last one arrived, like a handler that stores in memory. */
  async function hoard(request: HandlerRequest): Promise<HandlerResponse> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request.body) chunks.push(chunk);
    return summary({
      ...request,
      body: (async function* () {
        yield* chunks;
      })(),
    });
  }

  async function summary(request: HandlerRequest): Promise<HandlerResponse> {
    const hash = createHash('sha256');
    for await (const chunk of request.body) {
      peer.received += chunk.byteLength;
      hash.update(chunk);
    }
    const { method, url, headers } = request;
    const text = JSON.stringify({
      method,
      path: url.pathname + url.search,
      headers,
      size: peer.received,
      sha256: hash.digest('hex'),
    });
    return { status: 200, headers: { 'Content-Type': 'application/json' }, body: text };
  }

  async function answer(request: HandlerRequest): Promise<HandlerResponse> {
    const number = Number(request.url.searchParams.get('n') ?? 0);
    switch (request.url.pathname) {
      case '/summary':
        return summary(request);
      case '/hoard':
        return hoard(request);
      case '/sized':
        return {
          status: 200,
          headers: { 'X-Case': 'Kept' },
          body: { stream: produce(number), length: number },
        };
      case '/chunked':
        return { status: 200, headers: {}, body: { stream: produce(number) } };
      case '/truncated':
        return { status: 200, headers: {}, body: { stream: produce(number), length: number + 10 } };
      case '/breaking':
        return { status: 200, headers: {}, body: { stream: breaking() } };
      case '/drip':
        return { status: 200, headers: {}, body: { stream: drip('a') } };
      case '/silent':
        arrived.resolve();
        return new Promise<never>(() => {});
      case '/redirect':
        return { status: 302, headers: { Location: '/summary' } };
      case '/nothing':
        return { status: 204, headers: {} };
      case '/early':
        return { status: 416, headers: {}, body: 'no such range' };
      case '/gzip':
        return packed(request);
      default:
        return { status: 404, headers: {}, body: 'no such path' };
    }
  }
  return peer;
}

function packed(request: HandlerRequest): HandlerResponse {
  const text = new TextEncoder().encode('{"packed":true}');
  const asked = (request.headers['accept-encoding'] ?? '').includes('gzip');
  return {
    status: 200,
    headers: asked ? { 'Content-Encoding': 'gzip' } : {},
    body: asked ? gzipSync(text) : text,
  };
}

/** A promise and what resolves it. */
function signalOnce(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

/** The same handler behind a socket. */
export async function listenTo(peer: Peer): Promise<{ url: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((incoming, outgoing) => void serve(peer, incoming, outgoing));
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function serve(peer: Peer, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host ?? ''}`);
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
  );
  const answer = await peer.handler({ method: incoming.method ?? '', url, headers, body: incoming });
  outgoing.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers)) outgoing.setHeader(name, value);
  const { body } = answer;
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) {
    if (answer.status !== 204) outgoing.setHeader('Content-Length', Buffer.byteLength(body ?? ''));
    outgoing.end(body);
    return;
  }
  if (body.length !== undefined) outgoing.setHeader('Content-Length', body.length);
  if (incoming.method === 'HEAD') return void outgoing.end();
  outgoing.flushHeaders();
  const gone = new Promise<void>((resolve) => outgoing.once('close', resolve));
  try {
    for await (const chunk of body.stream) {
      await Promise.race([gone, new Promise((resolve) => outgoing.write(chunk, resolve))]);
      if (outgoing.destroyed) break;
    }
    // A body that is too short cannot be completed: the connection is closed.
    if (peer.produced > 0 && body.length !== undefined && peer.produced < body.length) outgoing.destroy();
    else outgoing.end();
  } catch {
    outgoing.destroy();
  }
}
