import { request as httpRequest } from 'node:http';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { listen } from '../../packages/server/src/listen/node-server.ts';
import { raw } from '../listen/raw.ts';
import { type Hostile, hostileRequests } from './hostile-requests.ts';
import { complaint, secret, startTarget } from './target.ts';

it('no hostile request in this process is answered 500 or sees what is not its own', async () => {
  const target = await startTarget();
  const ask = async ({ method, target: path, headers, body }: Hostile) => {
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : (body ?? new Uint8Array());
    const url = URL.canParse(`http://h${path}`) ? new URL(`http://h${path}`) : undefined;
    if (url === undefined) return;
    const lower: Record<string, string> = { host: 'h', 'content-length': String(bytes.length), ...headers };
    const answer = await target.onedrive.handler({
      method,
      url,
      headers: lower,
      body: (async function* () {
        yield bytes;
      })(),
    });
    const text = await textOf(answer.body);
    expect(complaint(answer.status, text), `${method} ${path} ${JSON.stringify(headers)}`).toBeUndefined();
  };
  await fc.assert(fc.asyncProperty(hostileRequests(target), ask), {
    numRuns: 2500,
    interruptAfterTimeLimit: 25_000,
  });
  await target.onedrive.close();
}, 60_000);

it('no hostile request over a socket is answered 500, hangs, or ends the server', async () => {
  const target = await startTarget();
  const server = await listen(target.onedrive.handler, { graceMs: 100 });
  const ask = ({ method, target: path, headers, body }: Hostile) =>
    new Promise<void>((resolve, reject) => {
      const request = httpRequest(
        {
          port: server.port,
          method,
          path: path.replaceAll(/[^\x21-\x7e]/g, '%20'),
          headers: printable(headers),
        },
        (answer) => {
          let text = '';
          answer.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
          answer.on('end', () => {
            const wrong = complaint(answer.statusCode ?? 0, text);
            if (wrong) reject(new Error(`${method} ${path}: ${wrong}`));
            else resolve();
          });
          answer.on('error', () => resolve());
        },
      );
      request.on('error', () => resolve());
      request.end(body);
    });
  await fc.assert(fc.asyncProperty(hostileRequests(target), ask), {
    numRuns: 700,
    interruptAfterTimeLimit: 20_000,
  });
  await server.close();
  await target.onedrive.close();
}, 60_000);

it.each([
  ['two lengths', 'POST /v1.0/me HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nContent-Length: 30\r\n\r\nabc'],
  [
    'length and chunks',
    'POST /v1.0/me HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n',
  ],
  [
    'a chunk size that is not a number',
    'POST /v1.0/me HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n',
  ],
  ['a bare line feed in a header', 'GET / HTTP/1.1\nHost: h\nX: a\n\n'],
  ['a header without a name', 'GET / HTTP/1.1\r\nHost: h\r\n: v\r\n\r\n'],
  ['a NUL in a header', 'GET / HTTP/1.1\r\nHost: h\r\nX: a\0b\r\n\r\n'],
  ['two hosts', 'GET / HTTP/1.1\r\nHost: h\r\nHost: evil.example\r\nConnection: close\r\n\r\n'],
  ['a host that is none', 'GET / HTTP/1.1\r\nHost: a/../b\r\nConnection: close\r\n\r\n'],
  ['headers beyond every limit', `GET / HTTP/1.1\r\nHost: h\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`],
  ['a request line beyond every limit', `GET /${'x'.repeat(70_000)} HTTP/1.1\r\nHost: h\r\n\r\n`],
  ['no HTTP at all', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'.repeat(3) + '\r\n\r\n'],
])('%s is refused or answered once, and the next client is served', async (_, text) => {
  const target = await startTarget();
  const server = await listen(target.onedrive.handler, { graceMs: 50 });
  const client = await raw(server.port);
  client.send(text);
  client.socket.end();
  const received = await client.end();
  expect(received.match(/^HTTP\/1\.1 5\d\d/m)).toBeNull();
  expect(received.match(/HTTP\/1\.1 2\d\d/g)?.length ?? 0).toBeLessThanOrEqual(1);
  expect(received).not.toContain('smuggled');
  expect((await fetch(server.url)).status).toBe(200);
  await server.close();
  await target.onedrive.close();
});

it('a body above the limit is rejected with 413, with or without Content-Length', async () => {
  const { onedrive, token } = await startTarget();
  const headers = { authorization: `Bearer ${token}` };
  const big = new Uint8Array(1_000_001);
  const put = await onedrive.fetch(
    new Request('http://h/v1.0/me/drive/root:/big:/content', { method: 'PUT', headers, body: big }),
  );
  const json = await onedrive.fetch(
    new Request('http://h/v1.0/me/drive/root/children', {
      method: 'POST',
      headers,
      body: `{"name":"${'x'.repeat(5_000_000)}"}`,
    }),
  );
  expect([put.status, json.status]).toEqual([413, 413]);
  await onedrive.close();
});

it("another account's token reads nothing of what was not shared", async () => {
  const { onedrive, token, known } = await startTarget();
  for (const path of known.filter((one) => one.startsWith('/v1.0')).slice(2)) {
    for (const tail of [
      '',
      '/content',
      '/children',
      '/versions',
      '/permissions',
      '/root/children',
      '/root:/secret.txt:/content',
    ]) {
      const answer = await onedrive.fetch(
        new Request(`http://h${path}${tail}`, { headers: { authorization: `Bearer ${token}` } }),
      );
      expect([path + tail, answer.status >= 400], path).toEqual([path + tail, true]);
      expect(await answer.text()).not.toContain(secret);
    }
  }
  await onedrive.close();
});

function printable(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replaceAll(/[^\x20-\x7e]/g, '')]),
  );
}

async function textOf(
  body: Awaited<ReturnType<Awaited<ReturnType<typeof startTarget>>['onedrive']['handler']>>['body'],
): Promise<string> {
  if (body === undefined) return '';
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) return new TextDecoder().decode(body);
  let text = '';
  for await (const chunk of body.stream) text += new TextDecoder().decode(chunk);
  return text;
}
