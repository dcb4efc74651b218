/** The listener as a proxy, used as programs use it: CONNECT, TLS with the authority's certificate, HTTP inside. */
import { once } from 'node:events';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { memoryStore } from '../../packages/kit/src/platform/memory/memory-store.ts';
import { seededRandom } from '../../packages/kit/src/platform/memory/seeded-random.ts';
import { systemClock } from '../../packages/kit/src/platform/web/system-clock.ts';
import type { Handler } from '../../packages/server/src/core/http.ts';
import { createOneDrive } from '../../packages/server/src/index.ts';
import { isCloudHost } from '../../packages/server/src/listen/intercept/cloud-hosts.ts';
import { type Listening, type ListenOptions, listen } from '../../packages/server/src/listen/node-server.ts';
import { type Authority, openAuthority } from '../../packages/server/src/listen/tls/authority.ts';
import { raw } from './raw.ts';

let authority: Authority;
let server: Listening;
let refused: string[];
beforeAll(async () => {
  authority = await openAuthority(memoryStore(), { clock: systemClock, random: seededRandom(3) });
});
afterEach(() => server.close());

const tell: Handler = async (request) => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request.body) chunks.push(chunk);
  return {
    status: 200,
    headers: { 'Content-Type': 'text/plain' },
    body: `${request.method} ${request.url.href} ${Buffer.concat(chunks).length}`,
  };
};

async function start(handler: Handler = tell, options: ListenOptions = {}): Promise<void> {
  refused = [];
  server = await listen(handler, {
    graceMs: 200,
    ...options,
    intercept: {
      answersFor: isCloudHost,
      certificateFor: (host) => authority.certificateFor([host]),
      onRefused: (target) => refused.push(target),
    },
  });
}

async function tunnel(target: string): Promise<Awaited<ReturnType<typeof raw>>> {
  const client = await raw(server.port);
  client.send(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`);
  return client;
}

/** Opens TLS to `host` through a tunnel; the certificate is validated. */
async function secure(host: string): Promise<TLSSocket> {
  const { socket, until } = await tunnel(`${host}:443`);
  await until(/^HTTP\/1\.1 200 .*\r\n\r\n$/);
  socket.removeAllListeners('data');
  const inside = connectTls({ socket, servername: host, ca: authority.certificate });
  await once(inside, 'secureConnect');
  return inside;
}

async function all(stream: TLSSocket): Promise<string> {
  let text = '';
  stream.on('data', (bytes: Buffer) => (text += bytes.toString('latin1')));
  await once(stream, 'close');
  return text;
}

describe('the port itself', () => {
  it.each([true, false])(
    'serves a name of the cloud to clients with a hosts file, with and without HTTPS (%s)',
    async (own) => {
      await start(tell, own ? { tls: await authority.certificateFor(['localhost']) } : {});
      const get = async (servername: string) => {
        const client = connectTls({
          host: '127.0.0.1',
          port: server.port,
          servername,
          ca: authority.certificate,
        });
        await once(client, 'secureConnect');
        client.write(`GET /v1.0/me HTTP/1.1\r\nHost: ${servername}\r\nConnection: close\r\n\r\n`);
        return all(client);
      };
      expect(await get('graph.microsoft.com')).toContain('GET https://graph.microsoft.com/v1.0/me 0');
      expect(await get('contoso.sharepoint.com')).toContain('GET https://contoso.sharepoint.com/v1.0/me 0');
      if (own) expect(await get('localhost')).toContain('GET https://localhost/v1.0/me 0');
    },
  );

  it('accepts HTTPS without a tunnel, with a certificate of its own name, because older clients omit CONNECT', async () => {
    await start();
    const client = connectTls({ host: '127.0.0.1', port: server.port, ca: authority.certificate });
    await once(client, 'secureConnect');
    const host = `127.0.0.1:${server.port}`;
    client.write(
      `PUT /v5.0/x HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n0\r\n\r\n`,
    );
    expect(await all(client)).toContain(`PUT https://${host}/v5.0/x 3`);
  });

  it('returns https addresses to Live v5.0 clients that request them over http, and serves those', async () => {
    const onedrive = await createOneDrive();
    await start(onedrive.handler);
    const own = `http://127.0.0.1:${server.port}`;
    const token = `access_token=${onedrive.token()}`;
    await fetch(`${own}/v5.0/me/skydrive/files/a.txt?${token}`, { method: 'PUT', body: 'hello' });
    const list = async (query: string) => {
      const answer = await fetch(`${own}/v5.0/me/skydrive/files?${token}${query}`);
      return ((await answer.json()) as { data: [{ source: string }] }).data[0].source;
    };
    expect(await list('')).toMatch(new RegExp(`^${own}/`));
    const source = new URL(await list('&return_ssl_resources=true'));
    expect(source.origin).toBe(`https://127.0.0.1:${server.port}`);
    const client = connectTls({ host: '127.0.0.1', port: server.port, ca: authority.certificate });
    await once(client, 'secureConnect');
    client.write(`GET ${source.pathname} HTTP/1.1\r\nHost: ${source.host}\r\nConnection: close\r\n\r\n`);
    expect(await all(client)).toMatch(/200 OK[^]*hello$/);
    await onedrive.close();
  });

  it('closes even with a connection that never sent anything', async () => {
    await start();
    const { socket } = await raw(server.port);
    await server.close();
    if (!socket.destroyed) await once(socket, 'close');
  });

  it('still accepts HTTP, in chunks of any size', async () => {
    await start();
    const client = await raw(server.port);
    for (const piece of ['G', 'ET /v1.0/me HTTP/1.1\r\nHo', `st: 127.0.0.1:${server.port}\r\n\r\n`])
      client.send(piece);
    expect(await client.until(/GET http.*\/v1\.0\/me 0/)).toContain('200 OK');
  });
});

describe('a tunnel', () => {
  it.each(['graph.microsoft.com', 'login.live.com', 'contoso-my.sharepoint.com'])(
    'to %s ends in this process, with a certificate of that name',
    async (host) => {
      await start();
      const client = await secure(host);
      client.write(
        `POST /v1.0/me HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc`,
      );
      expect(await all(client)).toContain(`POST https://${host}/v1.0/me 3`);
      expect(refused).toEqual([]);
    },
  );

  it('transports several requests, and a body larger than any buffer', async () => {
    await start();
    const client = await secure('graph.microsoft.com');
    const size = 5_000_000;
    client.write('GET /one HTTP/1.1\r\nHost: graph.microsoft.com\r\n\r\n');
    client.write(
      `PUT /two HTTP/1.1\r\nHost: graph.microsoft.com\r\nContent-Length: ${size}\r\nConnection: close\r\n\r\n`,
    );
    client.write(Buffer.alloc(size));
    const received = await all(client);
    expect(received).toContain('GET https://graph.microsoft.com/one 0');
    expect(received).toContain(`PUT https://graph.microsoft.com/two ${size}`);
  });

  it.each([
    'example.com:443',
    'graph.microsoft.com:80',
    'graph.microsoft.com',
    '127.0.0.1:443',
    'x@login.live.com:443',
    '[::1]:443',
  ])('to %s is refused', async (target) => {
    await start();
    const client = await tunnel(target);
    expect(await client.end()).toMatch(/^HTTP\/1\.1 4\d\d /);
  });

  it('has no certificate for a name that is not intercepted', async () => {
    await start();
    const { socket, until } = await tunnel('graph.microsoft.com:443');
    await until(/\r\n\r\n$/);
    socket.removeAllListeners('data');
    const inside = connectTls({ socket, servername: 'example.com', ca: authority.certificate });
    await expect(once(inside, 'secureConnect')).rejects.toThrow();
  });

  it('transports the socket.io channel, and handles other upgrades as plain requests', async () => {
    const onedrive = await createOneDrive();
    await start(tell, { channels: onedrive.world });
    const upgrade = async (path: string, headers: string) => {
      const client = await secure('graph.microsoft.com');
      let text = '';
      client.on('data', (bytes: Buffer) => (text += bytes.toString('latin1')));
      client.write(
        `GET ${path} HTTP/1.1\r\nHost: graph.microsoft.com\r\nConnection: Upgrade\r\n${headers}\r\n`,
      );
      return { client, text: () => text };
    };
    const websocket =
      'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';
    const channel = await upgrade('/socket.io/?EIO=4&transport=websocket', websocket);
    await expect.poll(channel.text).toMatch(/^HTTP\/1\.1 101 [^]*"pingInterval":25000/);
    const other = await upgrade('/v1.0/me', 'Upgrade: h2c\r\n');
    await expect.poll(other.text).toContain('GET https://graph.microsoft.com/v1.0/me 0');
    await onedrive.close();
  });

  it('without TLS is closed', async () => {
    await start();
    const client = await tunnel('graph.microsoft.com:443');
    await client.until(/\r\n\r\n$/);
    client.send('GET / HTTP/1.1\r\n\r\n');
    await client.end();
  });
});

describe('a proxy request in plain http', () => {
  it('is served for a name of the service', async () => {
    await start();
    const client = await raw(server.port);
    client.send(
      'GET http://graph.microsoft.com/v1.0/me HTTP/1.1\r\nHost: graph.microsoft.com\r\nConnection: close\r\n\r\n',
    );
    expect(await client.end()).toContain('GET http://graph.microsoft.com/v1.0/me 0');
  });

  it('is refused for any other name', async () => {
    await start();
    const client = await raw(server.port);
    client.send('GET http://example.com/ HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n');
    expect(await client.end()).toMatch(/^HTTP\/1\.1 403 /);
    expect(refused).toEqual(['http://example.com/']);
  });

  it('is served if it is for the listener itself', async () => {
    await start();
    const client = await raw(server.port);
    client.send(
      `GET http://127.0.0.1:${server.port}/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    );
    expect(await client.end()).toContain(`GET http://127.0.0.1:${server.port}/x 0`);
  });
});

describe('closing', () => {
  it('closes idle tunnels immediately', async () => {
    await start(tell, { graceMs: 60_000 });
    const client = await secure('graph.microsoft.com');
    const closed = once(client, 'close');
    client.resume();
    await server.close();
    await closed;
  });

  it('completes a response in a tunnel', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    let entered = () => {};
    const inside = new Promise<void>((resolve) => (entered = resolve));
    await start(
      async () => {
        entered();
        await held;
        return { status: 200, headers: {}, body: 'late' };
      },
      { graceMs: 60_000 },
    );
    const client = await secure('graph.microsoft.com');
    client.write('GET / HTTP/1.1\r\nHost: graph.microsoft.com\r\n\r\n');
    await inside;
    const closed = server.close();
    const received = all(client);
    release();
    await closed;
    expect(await received).toContain('late');
  });

  it('closes a tunnel that is still busy when the grace period ends', async () => {
    await start(() => new Promise(() => {}), { graceMs: 20 });
    const client = await secure('graph.microsoft.com');
    client.write('GET / HTTP/1.1\r\nHost: graph.microsoft.com\r\n\r\n');
    client.on('error', () => {});
    client.resume();
    const closed = once(client, 'close');
    await server.close();
    await closed;
  });
});
