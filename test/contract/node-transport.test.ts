/** What only the Node transport has: connections of its own, TLS, timers. */
import { EventEmitter, once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type HttpRequest, networkFault, readText, streamBody } from '../../packages/kit/src/http/index.ts';
import { type NodeTransport, nodeTransport } from '../../packages/kit/src/http/node/node-transport.ts';
import type { NodeTransportOptions } from '../../packages/kit/src/http/node/options.ts';
import { memoryStore } from '../../packages/kit/src/platform/memory/memory-store.ts';
import { seededRandom } from '../../packages/kit/src/platform/memory/seeded-random.ts';
import { eventLoopTurn } from '../../packages/kit/src/platform/web/event-loop-turn.ts';
import { systemClock } from '../../packages/kit/src/platform/web/system-clock.ts';
import { openAuthority } from '../../packages/server/src/listen/tls/authority.ts';

const open: (() => void)[] = [];
afterEach(() => open.splice(0).forEach((close) => close()));

function transportOf(options: NodeTransportOptions = {}): NodeTransport {
  const transport = nodeTransport(options);
  open.push(() => transport.close());
  return transport;
}

/** @returns the port, and every connection made so far */
async function listening(server: Server): Promise<{ port: number; sockets: Socket[] }> {
  const sockets: Socket[] = [];
  server.on('connection', (socket: Socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, sockets };
}

async function served(listener: RequestListener) {
  const { port, sockets } = await listening(createHttpServer(listener));
  return { url: `http://127.0.0.1:${port}/`, sockets };
}

const get = (url: string, request: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  headers: {},
  ...request,
  url,
});
const thrownBy = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('connections of the node transport', () => {
  test('one after the other share one', async () => {
    const { url, sockets } = await served((_request, response) => response.end('x'));
    const send = transportOf();
    for (let n = 0; n < 5; n++) await readText(await send(get(url)));
    expect(sockets).toHaveLength(1);
  });

  test('at once there are no more than allowed, and everybody is served', async () => {
    const { url, sockets } = await served((_request, response) => response.end('x'));
    const send = transportOf({ maxConnections: 3 });
    const texts = await Promise.all(Array.from({ length: 30 }, async () => readText(await send(get(url)))));
    expect(texts).toHaveLength(30);
    expect(sockets.length).toBeLessThanOrEqual(3);
  });

  test('closing the transport ends what is under way', async () => {
    const arrival = new EventEmitter();
    const { url } = await served(() => arrival.emit('request'));
    const send = transportOf();
    const waiting = thrownBy(send(get(url)));
    await once(arrival, 'request');
    send.close();
    expect(networkFault(await waiting)).toBe('broken');
  });

  test('an abort while waiting for a free connection lets go of the source', async () => {
    const { url } = await served(() => {});
    const send = transportOf({ maxConnections: 1 });
    const first = thrownBy(send(get(url)));
    let stopped = false;
    async function* source() {
      try {
        for (;;) yield new Uint8Array(1000);
      } finally {
        stopped = true;
      }
    }
    const abort = new AbortController();
    const body = streamBody(source, undefined, false);
    const second = thrownBy(send(get(url, { method: 'PUT', body, signal: abort.signal })));
    await eventLoopTurn();
    const reason = new Error('enough');
    abort.abort(reason);
    expect(await second).toBe(reason);
    for (let turns = 0; turns < 100; turns++) await eventLoopTurn();
    expect(stopped).toBe(true);
    open.splice(0).forEach((close) => close());
    await first;
  });
});

describe('TLS of the node transport', () => {
  let certificate: { readonly ca: string; readonly cert: string; readonly key: string };
  beforeAll(async () => {
    const world = { clock: systemClock, random: seededRandom(1) };
    const authority = await openAuthority(memoryStore(), world);
    const own = await authority.certificateFor(['localhost', '127.0.0.1']);
    certificate = { ca: authority.certificate, ...own };
  });
  const secure = async () => {
    const { port } = await listening(
      createHttpsServer(certificate, (_request, response) => response.end('secret')),
    );
    return `https://127.0.0.1:${port}/`;
  };

  test('a certificate of the authority that it was told is trusted', async () => {
    const url = await secure();
    const send = transportOf({ ca: certificate.ca });
    expect(await readText(await send(get(url)))).toBe('secret');
    const asBytes = transportOf({ ca: [new TextEncoder().encode(certificate.ca)] });
    expect(await readText(await asBytes(get(url)))).toBe('secret');
  });

  test('any other certificate is an error that says so and is not worth trying again', async () => {
    const error = await thrownBy(transportOf()(get(await secure())));
    expect(networkFault(error)).toBe('untrusted');
    expect(String(error)).toContain('127.0.0.1');
    expect((error as { hint: string }).hint).toContain('NODE_EXTRA_CA_CERTS');
  });

  test('a certificate for another host is an error', async () => {
    const url = (await secure()).replace('127.0.0.1', '127.0.0.2');
    expect(networkFault(await thrownBy(transportOf({ ca: certificate.ca })(get(url))))).toMatch(
      /untrusted|unreachable/,
    );
  });

  test('a server that does not speak TLS is an error', async () => {
    const { url } = await served((_request, response) => response.end('plain'));
    const error = await thrownBy(transportOf()(get(url.replace('http:', 'https:'))));
    expect(error).toMatchObject({ code: 'network' });
  });
});

describe('timers of the node transport', () => {
  test('a connection that never stands is given up as unreachable', async () => {
    const { port } = await listening(createServer(() => {})); // accepts, and says nothing to the TLS greeting
    const error = await thrownBy(transportOf({ connectTimeoutMs: 30 })(get(`https://127.0.0.1:${port}/`)));
    expect(networkFault(error)).toBe('unreachable');
  });

  test('an answer that does not come is given up as broken', async () => {
    const { url } = await served(() => {});
    expect(networkFault(await thrownBy(transportOf({ headTimeoutMs: 30 })(get(url))))).toBe('broken');
  });

  test('an answer that stops in the middle is given up as broken', async () => {
    const { url } = await served((_request, response) => response.write('a'));
    const response = await transportOf({ idleTimeoutMs: 30 })(get(url));
    expect(networkFault(await thrownBy(readText(response)))).toBe('broken');
  });

  test('a server that stops taking the body is given up as broken', async () => {
    const { url } = await served((request) => request.pause());
    async function* endless() {
      for (;;) yield new Uint8Array(1 << 20);
    }
    const sending = transportOf({ headTimeoutMs: 30 })(
      get(url, { method: 'PUT', body: streamBody(endless, undefined, true) }),
    );
    expect(networkFault(await thrownBy(sending))).toBe('broken');
  });

  test('a slow source is waited for', async () => {
    const { url } = await served((request, response) =>
      request.resume().on('end', () => response.end('thanks')),
    );
    async function* slow() {
      yield new Uint8Array(1);
      await new Promise((resolve) => setTimeout(resolve, 120));
      yield new Uint8Array(1);
    }
    const send = transportOf({ headTimeoutMs: 30 });
    expect(await readText(await send(get(url, { method: 'PUT', body: streamBody(slow, 2, true) })))).toBe(
      'thanks',
    );
  });
});
