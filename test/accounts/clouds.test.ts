/** The national clouds, by their own host names: sign-in, requests and scopes, with `serve --intercept` in the place of each. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { nodeTransport } from '../../packages/kit/src/http/node/node-transport.ts';
import { proxyChoice } from '../../packages/kit/src/http/node/proxy-choice.ts';
import { discard } from '../../packages/kit/src/http/read.ts';
import { type RunningOneDrive, startOneDrive } from '../../packages/server/src/index.ts';
import { type Terminal, terminal } from './terminal.ts';

const refused: string[] = [];
let drive: RunningOneDrive;
let machine: Terminal;
let env: Record<string, string>;

beforeAll(async () => {
  drive = await startOneDrive({
    kind: 'business',
    accounts: [{ userPrincipalName: 'me@contoso.com', drive: { files: { 'a.txt': 'hello' } } }],
    identity: {
      autoConsent: true,
      devicePollInterval: 0,
      clients: [{ id: 'app' }, { id: 'daemon', secret: 'a-good-secret' }],
    },
    intercept: true,
    onRefused: (target) => refused.push(target),
  });
  env = { HTTPS_PROXY: drive.url };
});
afterAll(() => drive.close());

async function start(cloud: string): Promise<void> {
  refused.length = 0;
  await drive.reset();
  machine = await terminal();
  await writeFile(join(machine.folder, 'ca.pem'), drive.ca ?? '');
  const settings = `client: {id: app}\ntenant: contoso.com\nsecrets: file\nnetwork: {ca_cert: ca.pem}\n`;
  await writeFile(machine.config, `${settings}cloud: ${cloud}\n`, { mode: 0o600 });
}
afterEach(() => machine.remove());

/** A browser behind the same proxy. */
async function browser(url: string): Promise<boolean> {
  const transport = nodeTransport({ proxy: proxyChoice(env), extraCa: [drive.ca ?? ''] });
  const page = await transport({ method: 'GET', url, headers: {} });
  await discard(page);
  transport.close();
  await (await fetch(page.headers['location'] ?? '')).text();
  return true;
}

const hosts = () => [...new Set(drive.requests.map(({ url }) => new URL(url).host))].sort();
const scopesAsked = () =>
  drive.requests.flatMap(({ url }) => new URL(url).searchParams.get('scope')?.split(' ') ?? []);

/** Where the service keeps the content of business drives. */
function contentHost(graph: string): string {
  if (graph.endsWith('.us')) return 'contoso-my.sharepoint.us';
  return graph.endsWith('.cn') ? 'contoso-my.sharepoint.cn' : 'contoso-my.sharepoint.com';
}

describe.each([
  ['global', 'login.microsoftonline.com', 'graph.microsoft.com', ''],
  ['us-gov', 'login.microsoftonline.us', 'graph.microsoft.us', 'https://graph.microsoft.us/'],
  ['us-gov-dod', 'login.microsoftonline.us', 'dod-graph.microsoft.us', 'https://dod-graph.microsoft.us/'],
  [
    'china',
    'login.chinacloudapi.cn',
    'microsoftgraph.chinacloudapi.cn',
    'https://microsoftgraph.chinacloudapi.cn/',
  ],
])('the cloud %s', (cloud, login, graph, prefix) => {
  it('signs in at its own hosts, for its own Graph, and works there: by browser, renewed, stepped up', {
    timeout: 120_000,
  }, async () => {
    await start(cloud);
    const signedIn = await machine.type(['auth'], { env, browser });
    expect([signedIn.status, signedIn.stderr]).toEqual([0, expect.stringContaining('me@contoso.com')]);
    expect(scopesAsked()).toEqual(expect.arrayContaining([`${prefix}Files.Read`, 'openid']));
    expect((await machine.type(['cat', 'a.txt'], { env })).stdout).toBe('hello');
    expect((await machine.type(['auth_refresh'], { env })).status).toBe(0);
    const stepped = await machine.type(['mkdir', 'New'], { env, browser, isTTY: true });
    expect([stepped.status, stepped.stderr]).toEqual([0, expect.stringContaining('Files.ReadWrite')]);
    expect(scopesAsked().every((scope) => !scope.includes('://') || scope.startsWith(prefix))).toBe(true);
    const { stdout } = await machine.type(['auth', 'status', '--json'], { env });
    expect(JSON.parse(stdout)).toMatchObject({ signedIn: true, cloud, account: 'me@contoso.com' });
    expect((await machine.type(['doctor'], { env })).stdout).not.toMatch(/^fail/m);
    expect([hosts(), refused]).toEqual([[contentHost(graph), graph, login].sort(), []]);
  });

  it('by device code', async () => {
    await start(cloud);
    expect((await machine.type(['auth', '--device-code'], { env })).status).toBe(0);
    expect((await machine.type(['ls'], { env })).stdout).toContain('a.txt');
    expect([hosts(), refused]).toEqual([[graph, login].sort(), []]);
  });

  it('as an application', async () => {
    await start(cloud);
    const app = {
      ...env,
      ONEDRIVE_SIGN_IN: 'app',
      ONEDRIVE_CLIENT_ID: 'daemon',
      ONEDRIVE_CLIENT_SECRET: 'a-good-secret',
      ONEDRIVE_ACCOUNT: 'me@contoso.com',
    };
    expect((await machine.type(['ls'], { env: app })).stdout).toContain('a.txt');
    expect([hosts(), refused]).toEqual([[graph, login].sort(), []]);
  });
});

describe('a national cloud', () => {
  it('does not sign in for the Graph of another', async () => {
    await start('us-gov');
    await machine.type(['config', 'set', 'scopes', 'https://graph.microsoft.com/Files.Read']);
    const { status, stderr } = await machine.type(['auth', '--device-code'], { env });
    expect([status > 0, stderr]).toEqual([true, expect.stringContaining('AADSTS70011')]);
  });
});
