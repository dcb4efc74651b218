/** `doctor` on the way to the service: each thing that can be wrong with names, proxies, IPv6 and TLS, met for real on this machine. */
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createTcp, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../packages/cli/src/doctor/finding.ts';
import type { World } from '../../packages/cli/src/world.ts';
import { createOneDrive, type EmbeddedOneDrive } from '../../packages/server/src/index.ts';
import { type Listening, listen } from '../../packages/server/src/listen/node-server.ts';
import { serverCertificate } from './certificates.ts';
import { type Person, type Terminal, terminal } from './terminal.ts';

const good = serverCertificate(['login.test', 'graph.test']);
const ended = serverCertificate(['login.test', 'graph.test'], { from: -30, to: -1 });
const stranger = serverCertificate(['other.example']);
let drive: EmbeddedOneDrive;
let machine: Terminal;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  drive = await createOneDrive();
});
afterAll(() => drive.close());
beforeEach(async () => {
  machine = await terminal();
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await machine.remove();
});

/** Every name ending in `.test` is on this machine. */
const onThisMachine =
  (...addresses: { address: string; family: number }[]): NonNullable<World['lookup']> =>
  (_, options, tell) => {
    const [first] = addresses;
    if (options.all === true) tell(null, addresses);
    else tell(null, first?.address ?? '', first?.family);
  };
const here = onThisMachine({ address: '127.0.0.1', family: 4 });
const failing =
  (code: string): NonNullable<World['lookup']> =>
  (_, __, tell) =>
    tell(Object.assign(new Error(code), { code }), []);

async function secure(certificate: typeof good): Promise<Listening> {
  const server = await listen(drive.handler, { tls: certificate, allowHosts: ['login.test', 'graph.test'] });
  closing.push(() => server.close());
  return server;
}

async function listening(server: Server | ReturnType<typeof createTcp>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

async function doctor(port: number, person: Person = {}, ...words: string[]): Promise<readonly Finding[]> {
  const at = (name: string) => `"https://${name}.test:${String(port)}"`;
  await writeFile(
    machine.config,
    `client: {id: app}\nendpoints: {authority: ${at('login')}, graph: ${at('graph')}}\n`,
  );
  const { stdout } = await machine.type(['doctor', '--json', ...words], { lookup: here, ...person });
  return JSON.parse(stdout) as Finding[];
}

const of = (findings: readonly Finding[], check: string) => findings.find((one) => one.check === check);

/** The other findings if one step fails: no request is sent to an unreachable service. */
const isTheEnd = (findings: readonly Finding[]) => {
  expect(findings.at(-1)).toMatchObject({ check: 'service', status: 'skip' });
  expect(findings.filter(({ check }) => ['graph', 'token', 'clock'].includes(check))).toEqual([]);
};

describe('doctor, where the way is open', () => {
  it('tells the addresses, the proxy and who vouches for the servers, and goes on', async () => {
    const { port } = await secure(good);
    const ca = join(machine.folder, 'ca.pem');
    await writeFile(ca, good.cert);
    const findings = await doctor(port, {}, '--ca-cert', ca);
    expect(of(findings, 'proxy')).toMatchObject({ status: 'ok', found: 'none' });
    expect(of(findings, 'dns')).toMatchObject({
      status: 'ok',
      found: 'login.test is 127.0.0.1; graph.test is 127.0.0.1',
    });
    expect(of(findings, 'tls')).toMatchObject({
      status: 'ok',
      found: expect.stringMatching(
        /login\.test:\d+: TLSv1\.3, issued by login\.test; graph\.test/,
      ) as unknown,
    });
    expect(of(findings, 'graph')).toMatchObject({ status: 'ok' });
  });
});

describe('doctor on names', () => {
  it.each([
    ['ENOTFOUND', /the name is unknown/, /VPN/],
    ['EAI_AGAIN', /the name server does not answer/, /name server of this machine/],
  ])('%s', async (code, found, next) => {
    const findings = await doctor(443, { lookup: failing(code) });
    expect(of(findings, 'dns')).toMatchObject({
      status: 'fail',
      found: expect.stringMatching(found) as unknown,
      next: expect.stringMatching(next) as unknown,
    });
    isTheEnd(findings);
  });
});

const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
);

describe.skipIf(!hasIpv6)('doctor on IPv6', () => {
  it('warns if an address of a name is unreachable, with a solution', async () => {
    const { port } = await secure(good);
    const both = onThisMachine({ address: '::1', family: 6 }, { address: '127.0.0.1', family: 4 });
    const findings = await doctor(port, { lookup: both });
    expect(of(findings, 'ipv6')).toMatchObject({
      status: 'warn',
      found: expect.stringContaining('login.test is not reachable at ::1') as unknown,
      next: 'Run: onedrive-cli config set network.ip 4',
    });
  });
});

describe('doctor on a proxy', () => {
  const proxy = async (answer: string | undefined): Promise<Record<string, string>> => {
    const server = createServer();
    server.on('connect', (request, socket: Socket) => {
      socket.on('error', () => undefined);
      if (answer !== undefined) return void socket.end(answer);
      const out = connect(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        out.pipe(socket).pipe(out);
      });
      closing.unshift(() => out.destroy());
    });
    return { HTTPS_PROXY: `http://me:hidden@127.0.0.1:${String(await listening(server))}` };
  };

  it('that lets requests through: it resolves names, and TLS is that of the server behind it', async () => {
    const { port } = await secure(good);
    const ca = join(machine.folder, 'ca.pem');
    await writeFile(ca, good.cert);
    const person = { env: await proxy(undefined), lookup: failing('ENOTFOUND') };
    const findings = await doctor(port, person, '--ca-cert', ca);
    expect(of(findings, 'proxy')?.found).toMatch(/^127\.0\.0\.1:\d+ connects to login\.test:\d+, graph/);
    expect(of(findings, 'dns')).toMatchObject({ status: 'ok', found: 'the proxy resolves names' });
    expect(of(findings, 'tls')?.status).toBe('ok');
    expect(of(findings, 'graph')?.status).toBe('ok');
  });

  it.each([
    ['wants a password', 'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n', /407/, /NAME:PASSWORD/],
    ['refuses', 'HTTP/1.1 403 Forbidden\r\n\r\n', /it responded with status 403/, /NO_PROXY/],
  ])('that %s', async (_, answer, found, next) => {
    const findings = await doctor(443, { env: await proxy(answer) });
    expect(of(findings, 'proxy')).toMatchObject({
      status: 'fail',
      found: expect.stringMatching(found) as unknown,
      next: expect.stringMatching(next) as unknown,
    });
    isTheEnd(findings);
    expect(machine.said()).not.toContain('hidden');
  });

  it('that is not there', async () => {
    const findings = await doctor(443, { env: { HTTPS_PROXY: 'http://127.0.0.1:1' } });
    expect(of(findings, 'proxy')).toMatchObject({
      status: 'fail',
      found: 'Cannot reach the proxy 127.0.0.1:1.',
      next: expect.stringContaining('HTTPS_PROXY') as unknown,
    });
    isTheEnd(findings);
  });
});

describe('doctor on TLS', () => {
  it.each([
    ['from an unknown authority', good, 'self-signed (issued by login.test', /--ca-cert/],
    ['that has ended', ended, 'has expired (issued by login.test', /clock/],
    ['of another name', stranger, 'is for another name (issued by other.example', /hosts file/],
  ])('a certificate %s', async (_, certificate, found, next) => {
    const { port } = await secure(certificate);
    const ca = join(machine.folder, 'ca.pem');
    await writeFile(ca, certificate.cert);
    const findings = await doctor(port, {}, ...(certificate === good ? [] : ['--ca-cert', ca]));
    expect(of(findings, 'tls')).toMatchObject({
      status: 'fail',
      found: expect.stringContaining(found) as unknown,
      next: expect.stringMatching(next) as unknown,
    });
    isTheEnd(findings);
  });

  it('something that speaks no TLS', async () => {
    const port = await listening(createTcp((socket) => socket.end('HTTP/1.1 302 Found\r\n\r\n')));
    const findings = await doctor(port);
    expect(of(findings, 'tls')).toMatchObject({
      status: 'fail',
      next: expect.stringContaining('sign-in page of a public network') as unknown,
    });
    isTheEnd(findings);
  });

  it('nothing that listens', async () => {
    const findings = await doctor(1);
    expect(of(findings, 'tls')).toMatchObject({
      status: 'fail',
      found: expect.stringContaining('connection refused') as unknown,
      next: expect.stringContaining('firewall') as unknown,
    });
    isTheEnd(findings);
  });
});
