/** Attacks by other programs or in the network, over real sockets: tokens must not leak, and responses must not be mixed up. */

import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOneDrive, type EmbeddedOneDrive } from '../../packages/server/src/index.ts';
import { type Listening, listen } from '../../packages/server/src/listen/node-server.ts';
import { type Terminal, terminal } from './terminal.ts';

let machine: Terminal;
let drive: EmbeddedOneDrive;
let server: Listening;
const servers: Server[] = [];

beforeEach(async () => {
  machine = await terminal();
  drive = await createOneDrive({ identity: { autoConsent: true } });
  server = await listen(drive.handler);
  await configure(server.url);
});
afterEach(async () => {
  for (const one of servers.splice(0)) {
    one.closeAllConnections();
    one.close();
  }
  await server.close();
  await drive.close();
  await machine.remove();
});

const configure = (authority: string, graph = server.url, auth = '') =>
  writeFile(
    machine.config,
    `client: {id: app}\nendpoints: {authority: "${authority}", graph: "${graph}"}\nsecrets: file\n${auth}`,
    { mode: 0o600 },
  );

async function serve(
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => void,
): Promise<string> {
  const made = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => answer(request, response, body));
  });
  servers.push(made);
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((made.address() as AddressInfo).port)}`;
}

describe('a redirect to another host', () => {
  it.each([302, 307, 308])(
    'by the sign-in service is not followed with a refresh token (%i)',
    async (status) => {
      const heard: string[] = [];
      const thief = await serve((_, response, body) => (heard.push(body), response.end('{}')));
      const authority = await serve((request, response) =>
        response.writeHead(status, { location: `${thief}${request.url ?? ''}` }).end(),
      );
      await configure(authority, server.url, "auth: {refresh_token: 'the-refresh-token'}\n");
      const { status: got, stderr } = await machine.type(['auth_refresh']);
      expect(got).not.toBe(0);
      expect(stderr).not.toContain('the-refresh-token');
      expect(heard).toEqual([]);
    },
  );

  it.each([302, 307])('by the API is not followed with a bearer token (%i)', async (status) => {
    const heard: (string | undefined)[] = [];
    const thief = await serve(
      (request, response) => (heard.push(request.headers.authorization), response.end('x')),
    );
    const graph = await serve((request, response) =>
      response.writeHead(status, { location: `${thief}${request.url ?? ''}` }).end(),
    );
    for (const words of [['get', 'a.txt', '-'], ['quota'], ['mkdir', 'New']])
      await machine.type(words, { env: { ONEDRIVE_TOKEN: 'the-access-token', ONEDRIVE_GRAPH_URL: graph } });
    expect(heard.filter((value) => value !== undefined)).toEqual([]);
  });
});

describe('the answer of a sign-in', () => {
  /** An attacker with a code, but without its verifier. */
  it('with a code that was asked for with another proof (PKCE) is refused', async () => {
    const started = await machine.type(['auth'], { env: { SSH_CONNECTION: 'x' } });
    const url = new URL(started.stdout.trim());
    url.searchParams.set('code_challenge', 'A'.repeat(43));
    const answer = (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '';
    expect(answer).toContain('code=');
    const { status, stderr } = await machine.type(['auth', answer]);
    expect([status, stderr]).toEqual([3, expect.stringContaining('AADSTS501481')]);
    expect(await readFile(machine.config, 'utf8')).not.toContain('refresh_token');
  });

  it('with another state sends nothing to the sign-in service', async () => {
    const started = await machine.type(['auth'], { env: { SSH_CONNECTION: 'x' } });
    const answer = new URL(
      (await fetch(started.stdout.trim(), { redirect: 'manual' })).headers.get('location') ?? '',
    );
    answer.searchParams.set('state', 'other');
    expect((await machine.type(['auth', answer.href])).stderr).toContain('another sign-in');
    answer.searchParams.set('state', new URL(started.stdout.trim()).searchParams.get('state') ?? '');
    expect((await machine.type(['auth', answer.href])).status, 'the code was not spent').toBe(0);
  });

  it('that names another issuer (RFC 9207) is not handed on', async () => {
    const asked: string[] = [];
    const authority = await serve((request, response) => (asked.push(request.url ?? ''), response.end('{}')));
    await configure(authority);
    const started = await machine.type(['auth'], { env: { SSH_CONNECTION: 'x' } });
    const answer = new URL(
      `http://localhost:1/?code=c&state=${new URL(started.stdout.trim()).searchParams.get('state') ?? ''}`,
    );
    answer.searchParams.set('iss', 'https://evil.example/common/v2.0');
    expect((await machine.type(['auth', answer.href])).status).not.toBe(0);
    expect(asked, 'the code went nowhere').toEqual([]);
    answer.searchParams.delete('iss');
    await machine.type(['auth', answer.href]);
    expect(asked, 'as it does without').toHaveLength(1);
  });

  it.each([
    ['of another issuer', { iss: 'https://evil.example/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0' }],
    ['for another application', { aud: 'other' }],
    ['with another nonce', { nonce: 'other' }],
  ])('with an id token %s is refused', async (_, wrong) => {
    let nonce = '';
    const authority: string = await serve((request, response) => {
      const claims = {
        iss: `${authority}/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0`,
        aud: 'app',
        sub: 's',
        nonce,
        tid: '9188040d-6c67-4c5b-b112-36a304b66dad',
        iat: Math.floor(Date.now() / 1000),
        exp: Math.floor(Date.now() / 1000) + 600,
        ...wrong,
      };
      void new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256' })
        .sign(new Uint8Array(32))
        .then((token) => {
          const [, payload] = token.split('.');
          const header = Buffer.from('{"alg":"RS256"}').toString('base64url');
          const tokens = {
            token_type: 'Bearer',
            access_token: 'a',
            refresh_token: 'r',
            expires_in: 3600,
            id_token: `${header}.${payload ?? ''}.AA`,
          };
          response
            .writeHead(request.method === 'POST' ? 200 : 404, { 'content-type': 'application/json' })
            .end(JSON.stringify(tokens));
        });
    });
    await configure(authority);
    const started = await machine.type(['auth'], { env: { SSH_CONNECTION: 'x' } });
    const asked = new URL(started.stdout.trim()).searchParams;
    nonce = asked.get('nonce') ?? '';
    const { status } = await machine.type([
      'auth',
      `http://localhost:1/?code=c&state=${asked.get('state') ?? ''}`,
    ]);
    expect(status).not.toBe(0);
    expect(await readFile(machine.config, 'utf8')).not.toContain('refresh_token');
  });
});

describe('a sign-in service in trouble', () => {
  it.each([
    [503, /sign-in service failed/],
    [429, /too many requests/],
  ])(
    '%i three times is waited for; permanently it is an error',
    async (status, expected) => {
      let left = 2;
      const authority = await serve((_, response) => {
        if (left-- > 0) return void response.writeHead(status, { 'retry-after': '0' }).end('{}');
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end('{"token_type":"Bearer","access_token":"new","expires_in":3600}');
      });
      await configure(authority, server.url, 'auth: {refresh_token: r}\n');
      expect((await machine.type(['auth_refresh'])).status).toBe(0);
      left = 1000;
      const { status: got, stderr } = await machine.type(['auth_refresh']);
      expect([got > 0, stderr]).toEqual([true, expect.stringMatching(expected)]);
      expect(await readFile(machine.config, 'utf8')).toContain('refresh_token: r');
    },
    60_000,
  );
});

describe('no command', () => {
  it('takes a secret as a flag', async () => {
    const { allCommands } = await import('../../packages/cli/src/definition/registry.ts');
    const { globalOptions } = await import('../../packages/cli/src/definition/flags.ts');
    const options = [...globalOptions, ...(await allCommands()).flatMap((command) => command.options)];
    expect(
      options.filter(
        ({ name, value }) =>
          value !== undefined && /(secret|password|passphrase)$|(access|refresh|bearer)-?token/.test(name),
      ),
    ).toEqual([]);
  });

  it('that changes something does without saying so', async () => {
    const { allCommands } = await import('../../packages/cli/src/definition/registry.ts');
    const changing = (await allCommands()).filter(
      ({ group, access }) => group === 'change' && access !== 'write',
    );
    // These change nothing in the drive.
    expect(['get', 'versions_get', 'jobs_list']).toEqual(
      expect.arrayContaining(changing.map(({ name }) => name)),
    );
  });
});
