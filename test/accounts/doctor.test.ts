/** The checks of `doctor` except for the network: each check fails once, with a solution. */
import { writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Finding } from '../../packages/cli/src/doctor/finding.ts';
import { createOneDrive, type EmbeddedOneDrive } from '../../packages/server/src/index.ts';
import { type Listening, listen } from '../../packages/server/src/listen/node-server.ts';
import { type Person, type Terminal, terminal, wholeSignIn } from './terminal.ts';

let machine: Terminal;
let drive: EmbeddedOneDrive;
let server: Listening;

beforeEach(async () => {
  machine = await terminal();
  drive = await createOneDrive({
    kind: 'business',
    accounts: [{ userPrincipalName: 'me@contoso.com', drive: { total: 1000, files: { a: { size: 970 } } } }],
    identity: { autoConsent: true },
  });
  server = await listen(drive.handler);
  await configure();
});
afterEach(async () => {
  await server.close();
  await drive.close();
  await machine.remove();
});

const configure = (more = '', graph = server.url) =>
  writeFile(
    machine.config,
    `client: {id: app}\nsecrets: file\nendpoints: {authority: "${server.url}", graph: "${graph}"}\n${more}`,
    { mode: 0o600 },
  );

async function found(check: string, person: Person = {}): Promise<Finding | undefined> {
  const { stdout } = await machine.type(['doctor', '--json'], person);
  return (JSON.parse(stdout) as Finding[]).find((one) => one.check === check);
}

const matching = (text: RegExp) => expect.stringMatching(text) as unknown;

it('tells a Node that is too old', async () => {
  expect(await found('runtime', { nodeVersion: 'v18.20.0' })).toMatchObject({
    status: 'fail',
    found: 'Node v18.20.0',
    next: matching(/Install Node 20\.19/),
  });
  expect(await found('runtime', { nodeVersion: 'v20.19.0' })).toMatchObject({ status: 'ok' });
});

it('tells a configuration that cannot be used, with its line, and one with a key that nothing reads', async () => {
  await configure('cloud: mars\n');
  expect(await found('config')).toMatchObject({
    status: 'fail',
    found: matching(/c\.yaml:4: cloud /),
    next: matching(/config check/),
  });
  await configure('tenat: x\n');
  expect(await found('config')).toMatchObject({ status: 'warn', found: matching(/tenat/) });
});

it('tells a sign-in service that does not know the tenant', async () => {
  await configure('tenant: nowhere.example\n');
  expect(await found('sign-in service')).toMatchObject({
    status: 'fail',
    found: matching(/responds with status 400/),
    next: matching(/settings tenant/),
  });
});

it('reports an address without Microsoft Graph', async () => {
  const other = await listen(async () => ({ status: 404, headers: {} }));
  await configure('', other.url);
  expect(await found('graph')).toMatchObject({ status: 'fail', found: matching(/responds with status 404/) });
  await other.close();
});

it('reports a missing sign-in', async () => {
  expect(await found('token')).toMatchObject({ status: 'fail', next: matching(/onedrive-cli auth/) });
});

it('tells scopes with which no file can be read', async () => {
  await machine.type(['auth', '--scope', 'openid profile offline_access User.Read'], {
    browser: wholeSignIn,
  });
  expect(await found('scopes')).toMatchObject({
    status: 'fail',
    next: 'Run: onedrive-cli auth --access read',
  });
});

it('tells a drive that is not there', async () => {
  await machine.type(['auth'], { browser: wholeSignIn });
  await machine.type(['config', 'set', 'drive', 'b!nowhere']);
  expect(await found('drive')).toMatchObject({ status: 'fail', found: matching(/not-?found|404/i) });
});

it('tells a drive that is nearly full', async () => {
  await machine.type(['auth'], { browser: wholeSignIn });
  expect(await found('quota')).toMatchObject({
    status: 'warn',
    found: '3 % free',
    next: matching(/empty the recycle bin/),
  });
});
