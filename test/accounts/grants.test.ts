/** Every grant without a person, from the command line and from the library, against the embedded server over real sockets. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  browserCredential,
  clientCertificateCredential,
  clientSecretCredential,
  deviceCodeCredential,
  fileToken,
  githubToken,
  readCertificate,
  workloadIdentityCredential,
} from '../../packages/kit/src/auth/index.ts';
import { connect, nodeTransport } from '../../packages/kit/src/node.ts';
import { systemClock } from '../../packages/kit/src/platform/web/system-clock.ts';
import { revokeTokens } from '../../packages/server/src/identity/revoke.ts';
import { createOneDrive, type EmbeddedOneDrive } from '../../packages/server/src/index.ts';
import { type Listening, listen } from '../../packages/server/src/listen/node-server.ts';
import { testCertificate } from './certificates.ts';
import { type Terminal, terminal, wholeSignIn } from './terminal.ts';

const own = testCertificate();
const ended = testCertificate({ from: -30, to: -1 });
const stranger = testCertificate();
const issuer = generateKeyPairSync('rsa', { modulusLength: 2048 });
const subject = 'repo:contoso/app:ref:refs/heads/main';
let drive: EmbeddedOneDrive;
let server: Listening;
let github: Server;
let machine: Terminal;
let env: Record<string, string>;

beforeAll(async () => {
  const key = issuer.publicKey.export({ format: 'jwk' }) as Record<string, unknown>;
  drive = await createOneDrive({
    kind: 'business',
    accounts: [{ userPrincipalName: 'me@contoso.com', drive: { files: { 'a.txt': 'hello' } } }],
    identity: {
      clients: [
        { id: 'by-secret', secret: 'a-good-secret' },
        { id: 'by-certificate', certificates: [own.cert, ended.cert] },
        { id: 'by-federation', federated: [{ issuer: 'https://issuer.example', subject, key }] },
      ],
    },
  });
  server = await listen(drive.handler);
  machine = await terminal();
  github = await githubServer();
  env = {
    ONEDRIVE_AUTHORITY_URL: server.url,
    ONEDRIVE_GRAPH_URL: server.url,
    ONEDRIVE_SIGN_IN: 'app',
    ONEDRIVE_TENANT: 'contoso.com',
    ONEDRIVE_ACCOUNT: 'me@contoso.com',
  };
});
afterAll(async () => {
  github.close();
  await machine.remove();
  await server.close();
  await drive.close();
});

function federatedToken(key: KeyObject = issuer.privateKey): Promise<string> {
  const claims = { iss: 'https://issuer.example', sub: subject, aud: 'api://AzureADTokenExchange' };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(key);
}

/** The half of GitHub Actions that gives tokens to jobs. */
async function githubServer(): Promise<Server> {
  const made = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    const allowed =
      request.headers.authorization === 'Bearer job-bearer' &&
      url.searchParams.get('audience') === 'api://AzureADTokenExchange';
    void federatedToken().then((value) =>
      response.writeHead(allowed ? 200 : 403).end(JSON.stringify(allowed ? { value } : {})),
    );
  });
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return made;
}

const file = async (name: string, content: string | Uint8Array): Promise<string> => {
  const path = join(machine.folder, name);
  await writeFile(path, content, { mode: 0o600 });
  return path;
};
const ls = (more: Record<string, string>) => machine.type(['ls'], { env: { ...env, ...more } });
const listed = { status: 0, stdout: expect.stringContaining('a.txt') as unknown };

describe('an application signs in with nothing but environment variables', () => {
  it('by client secret', async () => {
    expect(
      await ls({ ONEDRIVE_CLIENT_ID: 'by-secret', ONEDRIVE_CLIENT_SECRET: 'a-good-secret' }),
    ).toMatchObject(listed);
  });
  it.each([
    ['PEM', async () => ({ ONEDRIVE_CLIENT_CERTIFICATE: await file('c.pem', own.pem) })],
    [
      'PEM with an encrypted key',
      async () => ({
        ONEDRIVE_CLIENT_CERTIFICATE: await file('e.pem', own.encrypted('pw')),
        ONEDRIVE_CLIENT_CERTIFICATE_PASSWORD: 'pw',
      }),
    ],
    [
      'PFX',
      async () => ({
        ONEDRIVE_CLIENT_CERTIFICATE: await file('c.pfx', own.pfx('pw')),
        ONEDRIVE_CLIENT_CERTIFICATE_PASSWORD: 'pw',
      }),
    ],
  ])('by certificate: %s', async (_, variables) => {
    expect(await ls({ ONEDRIVE_CLIENT_ID: 'by-certificate', ...(await variables()) })).toMatchObject(listed);
  });
  it('with a federated token in a file, which is read for each use', async () => {
    const ONEDRIVE_FEDERATED_TOKEN_FILE = await file('token', 'not yet a token');
    const variables = { ONEDRIVE_CLIENT_ID: 'by-federation', ONEDRIVE_FEDERATED_TOKEN_FILE };
    expect(await ls(variables)).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('no token (JWT)') as unknown,
    });
    await file('token', `${await federatedToken()}\n`);
    expect(await ls(variables)).toMatchObject(listed);
  });
  it('by the token of a GitHub Actions job', async () => {
    const { port } = github.address() as AddressInfo;
    const job = {
      ONEDRIVE_CLIENT_ID: 'by-federation',
      ONEDRIVE_FEDERATION: 'github',
      ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${String(port)}/token?api-version=2`,
    };
    expect(await ls({ ...job, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'job-bearer' })).toMatchObject(listed);
    expect(await ls({ ...job, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'other' })).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('id-token: write') as unknown,
    });
  });
  it('by a ready access token', async () => {
    expect(
      await machine.type(['ls'], { env: { ONEDRIVE_GRAPH_URL: server.url, ONEDRIVE_TOKEN: drive.token() } }),
    ).toMatchObject(listed);
  });
  it('and nothing of it is printed or kept', async () => {
    const secrets = ['a-good-secret', 'job-bearer', await federatedToken()];
    await machine.type(['--debug', 'ls'], {
      env: { ...env, ONEDRIVE_CLIENT_ID: 'by-secret', ONEDRIVE_CLIENT_SECRET: 'a-good-secret' },
    });
    for (const secret of secrets) expect(machine.said()).not.toContain(secret);
    expect(machine.said()).not.toMatch(/eyJ[\w-]+\.[\w-]+\./);
  });
});

describe('an application without a valid credential gets an error with the reason', () => {
  const refused = async (more: Record<string, string>, expected: RegExp) => {
    const { status, stderr } = await ls(more);
    expect(stderr).toMatch(expected);
    expect(status).toBe(10);
  };
  it('before any request where that is possible', async () => {
    const certificate = {
      ONEDRIVE_CLIENT_ID: 'by-certificate',
      ONEDRIVE_AUTHORITY_URL: 'http://127.0.0.1:1',
    };
    const pem = async (text: string | Uint8Array) => ({
      ...certificate,
      ONEDRIVE_CLIENT_CERTIFICATE: await file('x.pem', text),
    });
    await refused(await pem(ended.pem), /it expired on \d{4}-/);
    await refused(await pem(own.cert), /no private key/);
    await refused(await pem(own.key), /contains no certificate/);
    await refused(await pem(own.cert + stranger.key), /belongs to another certificate/);
    await refused(await pem(own.encrypted('pw')), /needs a password/);
    await refused(
      { ...(await pem(own.encrypted('pw'))), ONEDRIVE_CLIENT_CERTIFICATE_PASSWORD: 'no' },
      /damaged, or the password is wrong/,
    );
    await refused(
      { ...(await pem(own.pfx('pw'))), ONEDRIVE_CLIENT_CERTIFICATE_PASSWORD: 'no' },
      /password is wrong/,
    );
    await refused(
      { ...certificate, ONEDRIVE_CLIENT_CERTIFICATE: '/nowhere.pem' },
      /Cannot read the certificate/,
    );
    await refused({ ONEDRIVE_CLIENT_ID: 'by-secret' }, /no secret, certificate or federated/);
    await refused(
      { ONEDRIVE_CLIENT_ID: 'by-secret', ONEDRIVE_CLIENT_SECRET: 'a-good-secret', ONEDRIVE_TENANT: 'common' },
      /one organisation/,
    );
  });
  it('from the service otherwise', async () => {
    await refused(
      { ONEDRIVE_CLIENT_ID: 'by-secret', ONEDRIVE_CLIENT_SECRET: 'wrong' },
      /client secret is wrong.*7000215/,
    );
    await refused(
      {
        ONEDRIVE_CLIENT_ID: 'by-certificate',
        ONEDRIVE_CLIENT_CERTIFICATE: await file('s.pem', stranger.pem),
      },
      /certificate is not registered.*700027/,
    );
  });
  it('by the service when its clock is hours off', async () => {
    const hour = 3_600_000;
    const clock = { ...systemClock, now: () => systemClock.now() + 2 * hour };
    const other = await createOneDrive({
      kind: 'business',
      clock,
      identity: { clients: [{ id: 'by-certificate', certificates: [own.cert] }] },
    });
    const there = await listen(other.handler);
    const ONEDRIVE_CLIENT_CERTIFICATE = await file('c.pem', own.pem);
    const { status, stderr } = await ls({
      ONEDRIVE_CLIENT_ID: 'by-certificate',
      ONEDRIVE_CLIENT_CERTIFICATE,
      ONEDRIVE_AUTHORITY_URL: there.url,
    });
    expect([status, stderr]).toEqual([3, expect.stringMatching(/700024[\s\S]*Set the clock/)]);
    await there.close();
    await other.close();
  });
  it('if neither an account nor a drive is set', async () => {
    const more = {
      ONEDRIVE_CLIENT_ID: 'by-secret',
      ONEDRIVE_CLIENT_SECRET: 'a-good-secret',
      ONEDRIVE_ACCOUNT: '',
    };
    await refused(more, /no drive of its own/);
  });
});

describe('the library', () => {
  it('has the same as credentials, each of which opens a drive', async () => {
    const transport = nodeTransport();
    const common = { tenant: 'contoso.com', authority: server.url, graph: server.url, transport };
    const { port } = github.address() as AddressInfo;
    const path = await file('lib-token', await federatedToken());
    const credentials = {
      secret: clientSecretCredential({ ...common, clientId: 'by-secret', clientSecret: 'a-good-secret' }),
      certificate: clientCertificateCredential({
        ...common,
        clientId: 'by-certificate',
        certificate: await readCertificate(own.pfx('pw'), 'c.pfx', { password: 'pw', now: Date.now() }),
      }),
      file: workloadIdentityCredential({
        ...common,
        clientId: 'by-federation',
        token: fileToken(async () => (await import('node:fs/promises')).readFile(path, 'utf8'), path),
      }),
      github: workloadIdentityCredential({
        ...common,
        clientId: 'by-federation',
        token: githubToken({
          transport,
          env: {
            ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${String(port)}/?x=1`,
            ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'job-bearer',
          },
        }),
      }),
    };
    for (const [name, credential] of Object.entries(credentials)) {
      const { drive: opened } = connect({
        credential,
        transport,
        baseUrl: `${server.url}/v1.0`,
        drive: { kind: 'user', id: 'me@contoso.com' },
      });
      const names = [];
      for await (const item of opened.list('/')) names.push(item.name);
      expect([name, names]).toEqual([name, ['a.txt']]);
    }
    transport.close();
  });

  it('signs a person in by code or by browser, renews, and asks again when the sign-in was revoked', async () => {
    const other = await createOneDrive({ identity: { autoConsent: true, devicePollInterval: 0 } });
    const there = await listen(other.handler);
    const transport = nodeTransport();
    const common = { clientId: 'app', authority: there.url, graph: there.url, transport };
    let shown = 0;
    const credentials = [
      deviceCodeCredential({
        ...common,
        onCode: ({ userCode }) => {
          if (userCode !== '') shown++;
        },
      }),
      browserCredential({
        ...common,
        onUrl: async (url) => {
          shown++;
          await wholeSignIn(url);
        },
      }),
    ];
    for (const credential of credentials) {
      shown = 0;
      const first = await credential.getToken([]);
      const second = await credential.getToken([], { rejectedToken: first?.token });
      expect([shown, second?.token === first?.token]).toEqual([1, false]);
      revokeTokens(other.world);
      await credential.getToken([], { rejectedToken: second?.token });
      expect(shown).toBe(2);
    }
    transport.close();
    await there.close();
    await other.close();
  });

  it('asks once for many requests at the same time', async () => {
    const transport = nodeTransport();
    let asked = 0;
    const counting: typeof transport = Object.assign(
      (request: Parameters<typeof transport>[0]) => (asked++, transport(request)),
      { close: () => undefined },
    );
    const credential = clientSecretCredential({
      tenant: 'contoso.com',
      authority: server.url,
      clientId: 'by-secret',
      clientSecret: 'a-good-secret',
      transport: counting,
    });
    const tokens = await Promise.all(Array.from({ length: 20 }, () => credential.getToken([])));
    expect(new Set(tokens.map((token) => token?.token)).size).toBe(1);
    expect(asked).toBe(1);
    transport.close();
  });
});
