/** Settings of the network, from the configuration to the wire: headers, who is calling, timeouts, a certificate of one's own. */
import { writeFile } from 'node:fs/promises';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer as createTcp } from 'node:net';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOneDrive } from '../../packages/server/src/index.ts';
import { listen } from '../../packages/server/src/listen/node-server.ts';
import { serverCertificate, testCertificate } from './certificates.ts';
import { type Terminal, terminal } from './terminal.ts';

let machine: Terminal;
const closing: (() => unknown)[] = [];
beforeEach(async () => {
  machine = await terminal();
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await machine.remove();
});

const configure = (url: string, more: string) =>
  writeFile(
    machine.config,
    `client: {id: app}\nsecrets: file\nendpoints: {authority: "${url}", graph: "${url}"}\n${more}`,
    { mode: 0o600 },
  );

describe('every request, of the sign-in, of the API and to its links,', () => {
  const heard: Readonly<Record<string, string>>[] = [];
  const serve = async () => {
    heard.length = 0;
    const drive = await createOneDrive({ identity: { autoConsent: true, devicePollInterval: 0 } });
    const server = await listen((request) => (heard.push(request.headers), drive.handler(request)));
    closing.push(server.close, drive.close);
    await writeFile(join(machine.folder, 'large.bin'), Buffer.alloc(5 << 20, 7));
    return server.url;
  };
  const useAll = async () => {
    for (const words of [
      ['auth', '--device-code', '--access', 'write'],
      ['put', 'large.bin'],
      ['get', 'large.bin', '-'],
      ['auth_refresh'],
    ])
      expect([words, (await machine.type(words)).status]).toEqual([words, 0]);
  };
  const values = (name: string) => [...new Set(heard.map((headers) => headers[name]))];

  it('has the base headers and says who is calling, as the configuration has it', async () => {
    const url = await serve();
    await configure(
      url,
      'request: {base_headers: {X-Proxy-Ticket: abc}}\nnetwork: {user_agent: "NONISV|Contoso|Backup/1.0"}\n',
    );
    await useAll();
    expect(values('x-proxy-ticket')).toEqual(['abc']);
    expect(values('user-agent')).toEqual(['NONISV|Contoso|Backup/1.0']);
  });

  it('says by itself who is calling, in the form that SharePoint asks for', async () => {
    await configure(await serve(), '');
    await useAll();
    expect(values('user-agent')).toEqual([
      expect.stringMatching(/^NONISV\|onedrive-kit\|onedrive-kit\/\d+\.\d+\.\d+/) as unknown,
    ]);
  });
});

describe('--timeout', () => {
  it('ends a request to a service that accepts connections and never responds', async () => {
    const silent = createTcp((socket) => closing.unshift(() => socket.destroy()));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    closing.push(() => silent.close());
    await configure(`http://127.0.0.1:${String((silent.address() as AddressInfo).port)}`, '');
    const { status, stderr } = await machine.type(['--timeout', '0.05', 'auth', '--device-code'], {
      hurried: true,
    });
    expect([status, stderr]).toEqual([
      7,
      expect.stringMatching(/no data arrived for too long|timed out|in time/),
    ]);
  });
});

describe('network.client_cert', () => {
  const own = testCertificate();
  it.each([
    ['PEM', own.pem, {}],
    ['PFX', own.pfx('pw'), { ONEDRIVE_TLS_CERT_PASSWORD: 'pw' }],
  ])('is shown to a server that asks for one: %s', async (_, bytes, env) => {
    const host = serverCertificate(['localhost']);
    const visitors: string[] = [];
    const server = createHttps(
      { ...host, requestCert: true, rejectUnauthorized: false },
      (request, response) => {
        const { socket } = request;
        const peer = socket instanceof TLSSocket ? socket.getPeerCertificate() : undefined;
        visitors.push((peer as { subject?: { CN?: string } } | undefined)?.subject?.CN ?? 'none');
        response.end('{"id":"d"}');
      },
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => (server.closeAllConnections(), server.close()));
    await writeFile(join(machine.folder, 'own'), bytes, { mode: 0o600 });
    await writeFile(join(machine.folder, 'ca.pem'), host.cert);
    const url = `https://localhost:${String((server.address() as AddressInfo).port)}`;
    await configure(url, 'network: {client_cert: own, ca_cert: ca.pem}\n');
    await machine.type(['drives'], { env: { ONEDRIVE_TOKEN: 't', ...env } });
    await machine.type(['config', 'set', 'network.client_cert', '--unset']);
    await machine.type(['drives'], { env: { ONEDRIVE_TOKEN: 't', ...env } });
    expect([...new Set(visitors)]).toEqual(['daemon', 'none']);
  });
});
