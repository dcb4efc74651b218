/** Broken connections of a fault plan, observed on a plain socket, because client libraries hide them. */
import { afterEach, describe, expect, it } from 'vitest';
import { handlerTransport } from '../../packages/kit/src/http/handler-transport.ts';
import { createOneDrive, type EmbeddedOneDrive } from '../../packages/server/src/index.ts';
import { type Listening, listen } from '../../packages/server/src/listen/node-server.ts';
import { type Fault } from '../../packages/server/src/testing/faults/fault.ts';
import { raw } from './raw.ts';

let onedrive: EmbeddedOneDrive;
let server: Listening;
afterEach(async () => {
  await server.close();
  await onedrive.close();
});

async function start(fault: Fault): Promise<void> {
  onedrive = await createOneDrive({
    seed: { 'a.txt': 'abcdefghij' },
    faults: { rules: [{ match: { path: '/v1.0/*' }, times: 1, fault }] },
  });
  server = await listen(onedrive.handler, { graceMs: 100 });
}

const head = (method: string, path: string, more = '') =>
  `${method} /v1.0${path} HTTP/1.1\r\nHost: localhost:${server.port}\r\nAuthorization: Bearer ${onedrive.token()}\r\n${more}\r\n`;

describe('over a socket', () => {
  it.each([{ kind: 'reset' }, { kind: 'lose-answer' }] as const)(
    'the fault $kind closes the connection without sending a byte',
    async (fault) => {
      await start(fault);
      const client = await raw(server.port);
      client.send(head('GET', '/me/drive'));
      expect(await client.end()).toBe('');
    },
  );

  it('after a lost response the request has been executed', async () => {
    await start({ kind: 'lose-answer' });
    const client = await raw(server.port);
    client.send(`${head('PUT', '/me/drive/root:/new.txt:/content', 'Content-Length: 3\r\n')}new`);
    expect(await client.end()).toBe('');
    const again = await raw(server.port);
    again.send(head('GET', '/me/drive/root:/new.txt', 'Connection: close\r\n'));
    expect(await again.end()).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('a request that is cut off has no response and no effect', async () => {
    await start({ kind: 'reset-request', at: 2 });
    const client = await raw(server.port);
    client.send(`${head('PUT', '/me/drive/root:/new.txt:/content', 'Content-Length: 3\r\n')}new`);
    expect(await client.end()).toBe('');
    const again = await raw(server.port);
    again.send(head('GET', '/me/drive/root:/new.txt', 'Connection: close\r\n'));
    expect(await again.end()).toMatch(/^HTTP\/1\.1 404 /);
  });

  it.each([
    { kind: 'reset', at: 5 },
    { kind: 'truncate', at: 5, length: 'wrong' },
  ] as const)('the fault $kind at a byte sends that many bytes and closes the connection', async (fault) => {
    await start(fault);
    const client = await raw(server.port);
    client.send(head('GET', '/me/drive'));
    const received = await client.end();
    expect(received).toMatch(/^HTTP\/1\.1 200 /);
    const [headers = '', body = ''] = received.split('\r\n\r\n', 2);
    expect(Number(/content-length: (\d+)/i.exec(headers)?.[1])).toBeGreaterThan(5);
    expect(body).toHaveLength(5);
  });
});

it('in the same process a broken connection is a network error', async () => {
  await start({ kind: 'reset' });
  const send = handlerTransport(onedrive.handler);
  await expect(
    send({ method: 'GET', url: 'http://onedrive.test/v1.0/me/drive', headers: {} }),
  ).rejects.toMatchObject({ code: 'network' });
});
