/** Host names that a listener accepts, on the wire: Host is checked before X-Forwarded-Host, on every route. */
import { afterEach, describe, expect, it } from 'vitest';
import { type RunningOneDrive, type StartOptions, startOneDrive } from '../../packages/server/src/index.ts';
import { raw } from './raw.ts';

const servers: RunningOneDrive[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

async function serve(options: StartOptions = {}): Promise<RunningOneDrive> {
  const server = await startOneDrive({ graceMs: 100, seed: { 'a.txt': 'secret' }, ...options });
  servers.push(server);
  return server;
}

/** The status and the text of a response to these header lines. */
async function answer(port: number, target: string, lines: readonly string[]): Promise<string> {
  const wire = await raw(port);
  wire.send(`GET ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`);
  return (await wire.end()).replace('HTTP/1.1 ', '');
}

const targets = [
  '/',
  '/v1.0/me/drive',
  '/v5.0/me',
  '/common/oauth2/v2.0/authorize?client_id=x',
  '/devicelogin',
  '/_control/requests',
  '/_content/x',
  '/_upload/x',
  '/socket.io/?EIO=4&transport=websocket',
];

describe('a rebound name', () => {
  it.each(targets)('is refused at %s, with any X-Forwarded-Host', async (target) => {
    const { port } = await serve();
    const host = `Host: evil.test:${port}`;
    for (const more of [[], ['X-Forwarded-Host: localhost'], [`X-Forwarded-Host: 127.0.0.1:${port}`]])
      expect(await answer(port, target, [host, ...more])).toMatch(/^421 [\s\S]*--allow-host/);
  });

  it('is refused in the absolute form of a target, too', async () => {
    const { port } = await serve();
    expect(await answer(port, 'http://evil.test/v1.0/me', [`Host: localhost:${port}`])).toMatch(/^421 /);
    expect(await answer(port, `http://localhost:${port}/v1.0/me`, ['Host: evil.test'])).toMatch(/^421 /);
  });

  it('gets no channel of notifications', async () => {
    const { port } = await serve();
    const upgrade = [
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ];
    const connect = async (...lines: string[]) => {
      const wire = await raw(port);
      wire.send(
        `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n${[...upgrade, ...lines].join('\r\n')}\r\n\r\n`,
      );
      const text = await wire.until(/\r\n\r\n/);
      wire.socket.destroy();
      return Number(text.slice(9, 12));
    };
    const own = `Host: localhost:${port}`;
    expect(await connect('Host: evil.test')).toBe(403);
    expect(await connect(own, 'Origin: https://evil.example')).toBe(403);
    expect(await connect(own, 'Origin: null')).toBe(403);
    expect(await connect(own)).toBe(101);
    expect(await connect(own, 'Origin: http://localhost:3000')).toBe(101);
  });
});

describe('a request', () => {
  it.each([
    ['two hosts', ['Host: localhost', 'Host: evil.test']],
    ['the same host twice', ['Host: localhost', 'host: localhost']],
    ['a list of hosts', ['Host: localhost, evil.test']],
    ['a user in its host', ['Host: localhost@evil.test']],
    ['a bad host and a good forwarded one', ['Host: a b', 'X-Forwarded-Host: localhost']],
  ])('with %s gets 400', async (_, lines) => {
    const { port } = await serve();
    expect(await answer(port, '/v1.0/me', lines)).toMatch(/^400 /);
  });

  it('through an unknown relay is served, except by the control API', async () => {
    const { port } = await serve();
    const lines = [`Host: localhost:${port}`, 'X-Forwarded-Host: public.example', 'X-Forwarded-Proto: https'];
    expect(await answer(port, '/v1.0/me', lines)).toMatch(/^401 /);
    expect(await answer(port, '/_control/health', lines)).toMatch(/^403 [\s\S]*--allow-host/);
    const foreign = [...lines, 'Origin: https://public.example'];
    expect(await answer(port, '/v1.0/me', foreign)).toMatch(/^403 /);
  });
});

it('allowed names are accepted, also behind a relay', async () => {
  const { port } = await serve({ allowHosts: ['public.example', 'onedrive'] });
  expect(await answer(port, '/_control/health', ['Host: onedrive:8080'])).toMatch(/^200 /);
  const lines = [`Host: localhost:${port}`, 'X-Forwarded-Host: public.example', 'X-Forwarded-Proto: https'];
  expect(await answer(port, '/_control/health', lines)).toMatch(/^200 /);
  expect(await answer(port, '/v1.0/me', [...lines, 'Origin: https://public.example'])).toMatch(/^401 /);
});

it('an intercepting server accepts the names of the service, except in its control API', async () => {
  const { port } = await serve({ intercept: true });
  expect(await answer(port, '/v1.0/me', ['Host: graph.microsoft.com'])).toMatch(/^401 /);
  expect(await answer(port, '/_control/health', ['Host: graph.microsoft.com'])).toMatch(/^403 /);
  expect(await answer(port, '/v1.0/me', ['Host: evil.test'])).toMatch(/^421 /);
});
