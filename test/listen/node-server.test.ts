import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import type { Handler, ServerRequest } from '../../packages/server/src/core/http.ts';
import { type Listening, type ListenOptions, listen } from '../../packages/server/src/listen/node-server.ts';
import { raw } from './raw.ts';

const servers: Listening[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(handler: Handler, options: ListenOptions = {}): Promise<Listening> {
  const server = await listen(handler, { graceMs: 200, ...options });
  servers.push(server);
  return server;
}

const ok = async () => ({ status: 200, headers: { 'Content-Type': 'text/plain' }, body: 'hello' });
const text = async (request: ServerRequest) => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request.body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};
const echo: Handler = async (request) => ({ status: 200, headers: {}, body: await text(request) });
async function* chunks(count: number, size: number) {
  for (let at = 0; at < count; at++) yield new Uint8Array(size).fill(at % 251);
}
const get = (port: number, more = '') => `GET / HTTP/1.1\r\nHost: localhost:${port}\r\n${more}\r\n`;

/** A promise and the function that settles it. */
function signalled<T>() {
  let settle: (value: T) => void = () => {};
  const promise = new Promise<T>((resolve) => {
    settle = resolve;
  });
  return { promise, settle };
}

/** Waits until a count stays the same for many turns of the event loop. */
async function stillness(count: () => number): Promise<void> {
  for (let before = -1; before !== count(); ) {
    before = count();
    for (let turn = 0; turn < 500; turn++) await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('a request', () => {
  it('reaches the handler as method, URL, headers and body', async () => {
    const seen: ServerRequest[] = [];
    const { url, port } = await serve(async (request) => {
      seen.push(request);
      return { status: 201, headers: {}, body: await text(request) };
    });
    const response = await fetch(`${url}/a%2Fb?q=1`, {
      method: 'PATCH',
      body: 'däta',
      headers: { 'X-One': '1' },
    });
    expect([response.status, await response.text()]).toEqual([201, 'däta']);
    expect(seen[0]).toMatchObject({ method: 'PATCH', url: new URL(`http://127.0.0.1:${port}/a%2Fb?q=1`) });
    expect(seen[0]?.headers['x-one']).toBe('1');
  });

  it('through a relay has the URL that the client used', async () => {
    const { url } = await serve(async (request) => ({ status: 200, headers: {}, body: request.url.href }));
    const headers = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'graph.microsoft.com' };
    expect(await (await fetch(`${url}/v1.0/me`, { headers })).text()).toBe(
      'https://graph.microsoft.com/v1.0/me',
    );
  });

  it('with a large body arrives complete, in chunks of any size', async () => {
    let size = 0;
    let sum = 0;
    const { url } = await serve(async (request) => {
      for await (const chunk of request.body) {
        size += chunk.length;
        for (const byte of chunk) sum = (sum + byte) % 65_521;
      }
      return { status: 200, headers: {}, body: String(size) };
    });
    const bytes = new Uint8Array(9_000_001).map((_, at) => at % 253);
    let expected = 0;
    for (const byte of bytes) expected = (expected + byte) % 65_521;
    expect(await (await fetch(url, { method: 'PUT', body: bytes })).text()).toBe('9000001');
    expect([size, sum]).toEqual([bytes.length, expected]);
  });

  it('with an unread body gets a response, and the connection can be reused', async () => {
    const { port } = await serve(ok);
    const wire = await raw(port);
    const body = 'x'.repeat(300_000);
    wire.send(
      `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n${body}${get(port)}`,
    );
    expect(await wire.until(/hello[^]*hello/)).toMatch(/^HTTP\/1\.1 200 OK/);
    wire.socket.destroy();
  });

  it('is not received faster than the handler reads', async () => {
    const begun = signalled<undefined>();
    const { port } = await serve(async (request) => {
      await request.body[Symbol.asyncIterator]().next();
      begun.settle(undefined);
      return new Promise(() => {});
    });
    const wire = await raw(port);
    const total = 64 * 1024 * 1024;
    wire.send(`PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${total}\r\n\r\n`);
    const piece = new Uint8Array(1024 * 1024);
    for (let at = 0; at < total; at += piece.length) wire.send(piece);
    await begun.promise;
    await stillness(() => wire.socket.bytesWritten - wire.socket.writableLength);
    expect(wire.socket.writableLength).toBeGreaterThan(total / 2);
    wire.socket.destroy();
  });

  it('with chunks is read to its end', async () => {
    const { port } = await serve(echo);
    const wire = await raw(port);
    wire.send(
      'POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n',
    );
    expect(await wire.end()).toMatch(/abcde$/);
  });

  it('whose client disconnects aborts its signal and its body', async () => {
    const aborted = signalled<unknown>();
    const broken = signalled<unknown>();
    const started = signalled<undefined>();
    const { port } = await serve(async (request) => {
      request.signal?.addEventListener('abort', () => aborted.settle(request.signal?.reason));
      started.settle(undefined);
      await text(request).catch(broken.settle);
      return { status: 200, headers: {} };
    });
    const wire = await raw(port);
    wire.send('PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf');
    await started.promise;
    wire.socket.destroy();
    expect(await aborted.promise).toMatchObject({ name: 'ClientGone' });
    expect(await broken.promise).toMatchObject({ name: 'ClientGone' });
  });

  it('that expects 100-continue gets it when its body is read', async () => {
    const { port } = await serve(echo);
    const wire = await raw(port);
    wire.send(
      'PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n',
    );
    await wire.until(/^HTTP\/1\.1 100 Continue\r\n\r\n/);
    wire.send('body');
    expect(await wire.end()).toMatch(/200 OK[^]*body$/);
  });

  it('that expects 100-continue and is refused gets no 100, and the connection is closed', async () => {
    const { port } = await serve(async () => ({ status: 401, headers: {}, body: 'no' }));
    const wire = await raw(port);
    wire.send('PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n');
    const answer = await wire.end();
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
    expect(answer).toMatch(/Connection: close/i);
  });
});

describe('an answer', () => {
  it.each([
    ['text', 'grün', '5'],
    ['bytes', new Uint8Array(7), '7'],
  ])('of %s has its length', async (_what, body, length) => {
    const { url } = await serve(async () => ({ status: 200, headers: {}, body }));
    expect((await fetch(url)).headers.get('content-length')).toBe(length);
  });

  it('of a stream has its length, or is chunked', async () => {
    const { url } = await serve(async (request) => ({
      status: 200,
      headers: {},
      body:
        request.url.pathname === '/known'
          ? { stream: chunks(3, 1000), length: 3000 }
          : { stream: chunks(3, 1000) },
    }));
    const known = await fetch(`${url}/known`);
    expect(known.headers.get('content-length')).toBe('3000');
    expect((await known.arrayBuffer()).byteLength).toBe(3000);
    const unknown = await fetch(`${url}/unknown`);
    expect(unknown.headers.get('transfer-encoding')).toBe('chunked');
    expect((await unknown.arrayBuffer()).byteLength).toBe(3000);
  });

  it('to HEAD has the length and no body', async () => {
    const { port } = await serve(ok);
    const wire = await raw(port);
    wire.send('HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    const answer = await wire.end();
    expect(answer).toMatch(/Content-Length: 5\r\n/);
    expect(answer).toMatch(/\r\n\r\n$/);
  });

  it.each([204, 304])('of status %i has neither', async (status) => {
    const { port } = await serve(async () => ({ status, headers: {}, body: 'left out' }));
    const wire = await raw(port);
    wire.send(get(port, 'Connection: close\r\n'));
    const answer = await wire.end();
    expect(answer).not.toMatch(/content-length|left out/i);
  });

  it('is not produced faster than the client reads', async () => {
    let produced = 0;
    async function* endless() {
      // An uncontrolled server would consume all of them immediately.
      while (produced < 1000) {
        produced += 1;
        yield new Uint8Array(1024 * 1024);
      }
    }
    const { port } = await serve(async () => ({ status: 200, headers: {}, body: { stream: endless() } }));
    const wire = await raw(port);
    wire.send(get(port));
    await wire.until(/200 OK/);
    wire.socket.pause();
    // Only as much as the buffers of both ends hold, measured in turns of the event loop.
    await stillness(() => produced);
    expect(produced).toBeLessThan(100);
    wire.socket.destroy();
  });

  it('whose client disconnects ends its stream', async () => {
    const left = signalled<undefined>();
    async function* endless() {
      try {
        for (;;) yield new Uint8Array(65_536);
      } finally {
        left.settle(undefined);
      }
    }
    const { port } = await serve(async () => ({ status: 200, headers: {}, body: { stream: endless() } }));
    const wire = await raw(port);
    wire.send(get(port));
    await wire.until(/200 OK/);
    wire.socket.destroy();
    await left.promise;
  });

  it.each([
    [
      'breaks',
      async function* () {
        yield new Uint8Array(10);
        throw new Error('disk');
      },
    ],
    ['is shorter than promised', () => chunks(1, 10)],
    ['is longer than promised', () => chunks(9, 10)],
  ])('whose stream %s never looks complete', async (_what, stream) => {
    const { url } = await serve(async () => ({
      status: 200,
      headers: {},
      body: { stream: stream(), length: 50 },
    }));
    await expect(fetch(url).then((response) => response.arrayBuffer())).rejects.toThrow();
  });

  it('is 500 if the handler throws or returns an invalid header', async () => {
    const { url } = await serve(async (request) => {
      if (request.url.pathname === '/throws') throw new Error('secret detail');
      return { status: 200, headers: { 'X-Bad': 'a\r\nSet-Cookie: b' }, body: '' };
    });
    for (const path of ['/throws', '/header']) {
      const response = await fetch(url + path);
      expect(response.status).toBe(500);
      expect(response.headers.has('set-cookie')).toBe(false);
      expect(await response.text()).not.toContain('secret');
    }
  });
});

describe('text that is not HTTP', () => {
  it.each([
    ['nonsense', 'hello\r\n\r\n', 400],
    ['a bad version', 'GET / HTTP/9.9\r\nHost: localhost\r\n\r\n', 400],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['an invalid Host', 'GET / HTTP/1.1\r\nHost: a b/c\r\n\r\n', 400],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc',
      400,
    ],
    [
      'length and chunks',
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['a folded header', 'GET / HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n', 0],
    ['a NUL in a header', 'GET / HTTP/1.1\r\nHost: localhost\r\nX: \0\r\n\r\n', 400],
    [
      'headers beyond the limit',
      `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`,
      431,
    ],
    [
      'a request line beyond the limit',
      `GET /${'x'.repeat(40_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
      431,
    ],
    ['a tunnel', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n', 0],
  ])('%s is refused, and the server continues', async (_what, bytes, status) => {
    const { port, url } = await serve(ok);
    const wire = await raw(port);
    wire.send(bytes);
    if (status > 0) expect(await wire.until(/\r\n\r\n/)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    wire.socket.end();
    await wire.end();
    expect(await (await fetch(url)).text()).toBe('hello');
  });

  it('a long header within the limit is accepted, because tokens are long', async () => {
    const { url } = await serve(async (request) => ({
      status: 200,
      headers: {},
      body: String(request.headers['authorization']?.length),
    }));
    expect(await (await fetch(url, { headers: { authorization: 'x'.repeat(20_000) } })).text()).toBe('20000');
  });
});

describe('closing', () => {
  it('completes a response in progress and accepts no new connection', async () => {
    const [started, go] = [signalled<undefined>(), signalled<undefined>()];
    const server = await serve(
      async () => {
        started.settle(undefined);
        await go.promise;
        return { status: 200, headers: {}, body: 'late' };
      },
      { graceMs: 20_000 },
    );
    const answer = fetch(server.url);
    await started.promise;
    const closing = server.close();
    await expect(fetch(server.url)).rejects.toThrow();
    go.settle(undefined);
    expect(await (await answer).text()).toBe('late');
    await closing;
  });

  it('closes a busy connection as soon as its response is complete', async () => {
    const go = signalled<undefined>();
    async function* slow() {
      yield new Uint8Array(3);
      await go.promise;
      yield new Uint8Array(3);
    }
    const body = { stream: slow(), length: 6 };
    const server = await serve(async () => ({ status: 200, headers: {}, body }), { graceMs: 600_000 });
    const wire = await raw(server.port);
    wire.send(get(server.port));
    await wire.until(/\r\n\r\n\0{3}/);
    const closing = server.close();
    go.settle(undefined);
    await closing;
    expect(await wire.end()).toMatch(/\r\n\r\n\0{6}$/);
  });

  it('closes idle connections immediately, used or never used', async () => {
    const server = await serve(ok, { graceMs: 600_000 });
    const [used, unused] = [await raw(server.port), await raw(server.port)];
    used.send(get(server.port));
    await used.until(/hello/);
    await server.close();
    await Promise.all([used.end(), unused.end()]);
  });

  it('closes the remaining connections when the grace period ends', async () => {
    const started = signalled<undefined>();
    const server = await serve(
      async () => {
        started.settle(undefined);
        return new Promise(() => {});
      },
      { graceMs: 1 },
    );
    const wire = await raw(server.port);
    wire.send(get(server.port));
    await started.promise;
    await server.close();
    expect(await wire.end()).toBe('');
  });

  it('can be repeated, also after an aborted signal', async () => {
    const controller = new AbortController();
    const server = await serve(ok, { signal: controller.signal });
    controller.abort();
    await Promise.all([server.close(), server.close()]);
    await expect(listen(ok, { signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('the address of a listener', () => {
  it('is on loopback only by default', async () => {
    const { url, port } = await serve(ok);
    expect(url).toBe(`http://127.0.0.1:${port}`);
    const everywhere = await serve(ok, { host: '0.0.0.0' });
    expect(await (await fetch(everywhere.url)).text()).toBe('hello');
  });

  it('gives an error if the port is taken', async () => {
    const { port } = await serve(ok);
    await expect(listen(ok, { port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('keeps the connection open for the next request', async () => {
    const { port } = await serve(ok);
    const wire = await raw(port);
    for (let turn = 1; turn <= 3; turn++) {
      wire.send(get(port));
      await wire.until(new RegExp(`(hello[^]*){${turn}}`));
    }
    wire.socket.end();
    await once(wire.socket, 'close');
  });
});
