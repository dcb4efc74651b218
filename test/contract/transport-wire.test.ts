/** The contract of transports over sockets, for raw responses, valid and broken. */
import { type AddressInfo, createServer as createRawServer, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { fastLane } from '../../packages/kit/src/http/fast-lane/fast-lane.ts';
import { fetchTransport, networkFault, readJson, readText } from '../../packages/kit/src/http/index.ts';
import { nodeTransport } from '../../packages/kit/src/http/node/node-transport.ts';
import { listenTo, makePeer } from './transport-peer.ts';

describe.each([
  ['node transport', () => nodeTransport()],
  ['fast lane', () => fastLane({ when: () => true })],
  ['fetch transport', () => fetchTransport()],
] as const)('%s on the wire', (_name, make) => {
  const open: (() => void)[] = [];
  afterEach(() => open.splice(0).forEach((close) => close()));

  /** A server that sends `lines` as the response to every request, and then calls `after`. */
  const saying = async (text: string, after: (socket: Socket) => void = () => {}) => {
    const server = createRawServer((socket) => {
      open.push(() => socket.destroy());
      socket.on('error', () => {});
      socket.once('data', () => {
        socket.write(text);
        after(socket);
      });
    });
    open.push(() => server.close());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  };
  const get = (url: string, headers = {}) => make()({ method: 'GET', url, headers });

  test('a header that repeats is joined', async () => {
    const url = await saying(
      'HTTP/1.1 200 OK\r\nX-A: 1\r\nx-a: 2\r\nSet-Cookie: a=b\r\nset-cookie: c=d\r\nContent-Length: 0\r\n\r\n',
    );
    expect((await get(url)).headers).toMatchObject({ 'x-a': '1, 2', 'set-cookie': 'a=b, c=d' });
  });

  test('interim responses (1xx) are skipped', async () => {
    const url = await saying(
      'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
    );
    expect(await readText(await get(url))).toBe('ok');
  });

  test('a response without a length ends with the connection', async () => {
    const url = await saying('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall of it', (socket) =>
      socket.end(),
    );
    expect(await readText(await get(url))).toBe('all of it');
  });

  test('a chunked response that is cut off is a network error', async () => {
    const url = await saying(
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n',
      (socket) => socket.end(),
    );
    const response = await get(url);
    await expect(readText(response)).rejects.toMatchObject({ code: 'network' });
  });

  test('a reset before the response is a network error: broken', async () => {
    const url = await saying('', (socket) => socket.resetAndDestroy());
    const error = await get(url).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'network' });
    expect(networkFault(error)).toBe('broken');
  });

  test('a connection that closes without a response is a network error: broken', async () => {
    const url = await saying('', (socket) => socket.end());
    const error = await get(url).catch((thrown: unknown) => thrown);
    expect(networkFault(error)).toBe('broken');
  });

  test('a response that is not HTTP is a network error', async () => {
    const url = await saying('SSH-2.0-OpenSSH_9.2\r\n', (socket) => socket.end());
    await expect(get(url)).rejects.toMatchObject({ code: 'network' });
  });

  test('a port without a listener is a network error: unreachable, and names the host', async () => {
    const url = await saying('');
    open.splice(0).forEach((close) => close());
    const error = await get(`${url}secret-path`).catch((thrown: unknown) => thrown);
    expect(networkFault(error)).toBe('unreachable');
    expect(String(error)).toContain(new URL(url).host);
    expect(String(error)).not.toContain('secret-path');
  });

  test('an unknown name is a network error: unreachable', async () => {
    const error = await get('http://no-such-host.invalid/').catch((thrown: unknown) => thrown);
    expect(networkFault(error)).toBe('unreachable');
  });

  test('a compressed response is decompressed if the request allowed compression', async () => {
    const peer = makePeer();
    const server = await listenTo(peer);
    open.push(() => void server.close());
    const response = await get(`${server.url}/gzip`, { 'accept-encoding': 'gzip' });
    expect(response.headers['content-encoding']).toBeUndefined();
    expect(response.headers['content-length']).toBeUndefined();
    expect(await readJson(response)).toEqual({ packed: true });
  });
});
