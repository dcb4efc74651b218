/** Proxies, private certificate authorities and client certificates of the Node transport, over real sockets with TLS. */
import { createServer as createHttp, type IncomingMessage, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, connect as connectSocket, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeTransport } from '../../packages/kit/src/http/node/node-transport.ts';
import { proxyChoice } from '../../packages/kit/src/http/node/proxy-choice.ts';
import { readText } from '../../packages/kit/src/http/read.ts';
import { serverCertificate, testCertificate } from './certificates.ts';

/** A self-signed certificate: trusting it trusts nothing else. */
const host = serverCertificate(['graph.test', 'proxy.test']);
const visitor = testCertificate();
const servers: Server[] = [];
const seen: { connect: string; authorization: string | undefined }[] = [];
let target: number;
let proxyPort: number;
let mode: 'good' | 'password' | 'closed' | 'silent' = 'good';

const listening = async (server: Server): Promise<number> => {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

beforeAll(async () => {
  const answer = (request: IncomingMessage) => {
    const { socket } = request;
    const peer =
      socket instanceof TLSSocket ? (socket.getPeerCertificate() as { subject?: { CN?: string } }) : {};
    return JSON.stringify({ host: request.headers.host, visitor: peer.subject?.CN ?? null });
  };
  const site = createHttps({ ...host, requestCert: true, rejectUnauthorized: false }, (request, response) =>
    response.end(answer(request)),
  );
  target = await listening(site);
  const proxy = createHttp();
  proxy.on('connect', (request: IncomingMessage, socket: Socket) => {
    seen.push({ connect: request.url ?? '', authorization: request.headers['proxy-authorization'] });
    socket.on('error', () => undefined);
    if (mode === 'silent') return;
    if (mode === 'closed') return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    if (mode === 'password') return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    const port = Number(request.url?.split(':')[1]);
    const out = connectSocket(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      out.pipe(socket).pipe(out);
    });
    out.on('error', () => socket.destroy());
  });
  proxyPort = await listening(proxy);
});
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

const through = (more: Parameters<typeof nodeTransport>[0] = {}, user = '') =>
  nodeTransport({
    proxy: proxyChoice({ HTTPS_PROXY: `http://${user}127.0.0.1:${String(proxyPort)}` }),
    extraCa: [host.cert],
    ...more,
  });

async function get(
  transport: ReturnType<typeof nodeTransport>,
  url = `https://graph.test:${String(target)}/x`,
) {
  try {
    const response = await transport({ method: 'GET', url, headers: {} });
    return JSON.parse(await readText(response)) as { host: string; visitor: string | null };
  } finally {
    transport.close();
  }
}

describe('a proxy', () => {
  it('tunnels to a host that only it can resolve, and sees no more than its name', async () => {
    mode = 'good';
    seen.length = 0;
    const answer = await get(through({}, 'na%40me:pass%3Aword@'));
    expect(answer.host).toBe(`graph.test:${String(target)}`);
    expect(seen).toEqual([
      { connect: `graph.test:${String(target)}`, authorization: `Basic ${btoa('na@me:pass:word')}` },
    ]);
  });

  it('one tunnel carries many requests', async () => {
    seen.length = 0;
    const transport = through();
    for (let n = 0; n < 5; n++)
      await readText(
        await transport({ method: 'GET', url: `https://graph.test:${String(target)}/`, headers: {} }),
      );
    transport.close();
    expect(seen).toHaveLength(1);
  });

  it('the certificate of the server is checked inside the tunnel', async () => {
    await expect(get(through({ extraCa: [] }))).rejects.toMatchObject({
      code: 'network',
      message: expect.stringContaining('Do not trust graph.test') as unknown,
    });
    await expect(get(through(), `https://other.test:${String(target)}/`)).rejects.toMatchObject({
      code: 'network',
    });
  });

  it.each([
    ['password', /refused the connection.*407/],
    ['closed', /refused the connection.*403/],
  ] as const)('that says no is named: %s', async (kind, expected) => {
    mode = kind;
    await expect(get(through({}, 'u:secret-password@'))).rejects.toMatchObject({
      code: 'network',
      message: expect.stringMatching(expected) as unknown,
    });
    await get(through({}, 'u:secret-password@')).catch((error: unknown) => {
      expect(JSON.stringify(error)).not.toContain('secret-password');
    });
    mode = 'good';
  });

  it('that is silent is given up, and one that is not there is named', async () => {
    mode = 'silent';
    await expect(get(through({ connectTimeoutMs: 50 }))).rejects.toMatchObject({ code: 'network' });
    mode = 'good';
    const gone = nodeTransport({ proxy: proxyChoice({ HTTPS_PROXY: 'http://127.0.0.1:1' }) });
    await expect(get(gone)).rejects.toMatchObject({ message: 'Cannot reach the proxy 127.0.0.1:1.' });
  });

  it('that is spoken to over https has to be the one that was named', async () => {
    const secure = createHttps(host);
    secure.on('connect', (request: IncomingMessage, socket: Socket) => {
      const out = connectSocket(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        out.pipe(socket).pipe(out);
      });
    });
    const port = await listening(secure);
    const proxy = () => ({ secure: true, hostname: 'localhost', port, authorization: undefined });
    const transport = nodeTransport({ proxy, extraCa: [host.cert] });
    // The name of the proxy is not in its certificate: that must not go unseen either.
    await expect(get(transport)).rejects.toMatchObject({ code: 'network' });
  });
});

describe('the choice of a proxy', () => {
  const chosen = (env: Record<string, string>, url: string, forced?: string) =>
    proxyChoice(env, forced)(new URL(url))?.hostname;
  const all = { HTTPS_PROXY: 'http://p', HTTP_PROXY: 'http://q' };
  it.each([
    ['https://graph.microsoft.com/', all, 'p'],
    ['http://example.com/', all, 'q'],
    ['https://example.com/', { ALL_PROXY: 'r:8080' }, 'r'],
    ['https://example.com/', { https_proxy: 'http://lower', HTTPS_PROXY: 'http://upper' }, 'lower'],
    ['https://a.example.com/', { ...all, NO_PROXY: 'example.com' }, undefined],
    ['https://a.example.com/', { ...all, NO_PROXY: '.example.com' }, undefined],
    ['https://notexample.com/', { ...all, NO_PROXY: 'example.com' }, 'p'],
    ['https://example.com:8443/', { ...all, NO_PROXY: 'example.com:443' }, 'p'],
    ['https://example.com/', { ...all, NO_PROXY: 'x, example.com:443' }, undefined],
    ['https://10.1.2.3/', { ...all, NO_PROXY: '10.0.0.0/8' }, undefined],
    ['https://11.1.2.3/', { ...all, NO_PROXY: '10.0.0.0/8' }, 'p'],
    ['https://[2001:db8::1]/', { ...all, NO_PROXY: '2001:db8::1' }, undefined],
    ['https://example.com/', { ...all, NO_PROXY: '*' }, undefined],
    ['http://127.0.0.1:8080/', all, undefined],
    ['http://localhost/', all, undefined],
  ] as const)('%s', (url, env, expected) => {
    expect(chosen(env, url)).toBe(expected);
  });
  it("is the configuration's before the environment's, and none where it says none", () => {
    expect(chosen(all, 'https://example.com/', 'http://own')).toBe('own');
    expect(chosen(all, 'https://example.com/', 'none')).toBeUndefined();
  });
  it('refuses socks and nonsense without repeating a password', () => {
    for (const address of ['socks5://user:hidden@h:1', 'http://', 'ht tp://hidden'])
      expect(() => chosen({ HTTPS_PROXY: address }, 'https://example.com/')).toThrow(/^((?!hidden).)*$/);
  });
  it.each(['socks://h:1', 'socks4a://h:1', 'socks5h://user:hidden@h:1'])(
    'says that it is SOCKS: %s',
    (address) => {
      expect(() => chosen({ ALL_PROXY: address }, 'https://example.com/')).toThrow(
        expect.objectContaining({
          code: 'not-supported',
          message: expect.stringContaining('SOCKS') as unknown,
        }),
      );
      expect(chosen({ ...all, ALL_PROXY: address }, 'https://example.com/'), 'HTTPS_PROXY goes first').toBe(
        'p',
      );
    },
  );
  it('never throws anything but a config error, whatever NO_PROXY holds', () => {
    fc.assert(
      fc.property(fc.string(), (rules) => void chosen({ ...all, NO_PROXY: rules }, 'https://example.com/')),
    );
  });
});

describe('a client certificate', () => {
  it('is shown to a server that asks', async () => {
    const { cert, key } = visitor;
    expect(await get(through({ clientCertificate: { cert, key } }))).toMatchObject({ visitor: 'daemon' });
    expect(
      await get(through({ clientCertificate: { pfx: Buffer.from(visitor.pfx('pw')), passphrase: 'pw' } })),
    ).toMatchObject({ visitor: 'daemon' });
    expect(await get(through())).toMatchObject({ visitor: null });
  });
});
