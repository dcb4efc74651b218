/** Error messages for mistyped commands and missing sign-ins: what happened, to which item, and what to do next. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { revokeTokens } from '../../packages/server/src/identity/revoke.ts';
import { createOneDrive, type EmbeddedOneDrive } from '../../packages/server/src/index.ts';
import { type Listening, listen } from '../../packages/server/src/listen/node-server.ts';
import { type Terminal, terminal, wholeSignIn } from './terminal.ts';

let machine: Terminal;
let drive: EmbeddedOneDrive;
let server: Listening;
const browser = { browser: wholeSignIn };

beforeEach(async () => {
  machine = await terminal();
  drive = await createOneDrive({
    kind: 'business',
    accounts: [
      { userPrincipalName: 'me@contoso.com', displayName: 'Me' },
      { userPrincipalName: 'ann@contoso.com', displayName: 'Ann' },
    ],
    identity: { autoConsent: true },
  });
  server = await listen(drive.handler);
  await writeFile(
    machine.config,
    `client: {id: app}\nsecrets: file\nendpoints: {authority: "${server.url}", graph: "${server.url}"}\n`,
    { mode: 0o600 },
  );
});
afterEach(async () => {
  await server.close();
  await drive.close();
  await machine.remove();
});

const text = () => readFile(machine.config, 'utf8');

describe('messages', () => {
  it('names the command line that is about the same account', async () => {
    await machine.type(['auth', '--profile', 'work'], {
      ...browser,
      env: { ONEDRIVE_AUTHORITY_URL: server.url },
    });
    revokeTokens(drive.world);
    const { stderr } = await machine.type(['-c', 'c.yaml', 'auth_refresh', '--profile', 'work'], {
      env: { ONEDRIVE_AUTHORITY_URL: server.url },
    });
    expect(stderr).toContain('Run `onedrive-cli -c c.yaml --profile work auth`');
  });

  it.each([
    [['auth', 'statu'], 2, /no command "auth statu"[^]*Did you mean auth status\?/],
    [['config', 'set', 'network.ip', '7'], 2, /network\.ip was expected to be one of auto, 4, 6/],
    [['config', 'set', 'request.base_headers', 'X: y'], 2, /is a mapping[^]*config edit/],
    [['config', 'get', 'profile'], 2, /auth switch NAME/],
    [['--timeout', 'soon', 'quota'], 2, /Invalid --timeout "soon": expected a number of seconds/],
    [['--ca-cert', 'c.yaml', 'auth_refresh'], 10, /c\.yaml contains no certificate[^]*openssl x509/],
    [['serve', '--replay', 'none.json'], 12, /Cannot read the bundle none\.json \(ENOENT\)[^]*--bundle/],
    [['doctor', '--bundle', 'none/report.json'], 12, /Cannot write none\/report\.json[^]*another file/],
  ])('for %j', async (words, status, expected) => {
    const told = await machine.type(words);
    expect(told.stderr).toMatch(expected);
    expect(told.status).toBe(status);
  });
});

describe('config edit', () => {
  it('names the editor that cannot be started', async () => {
    const runEditor = () => Promise.reject(Object.assign(new Error('ENOENT'), { code: 'ENOENT' }));
    expect(await machine.type(['config', 'edit'], { runEditor, env: { EDITOR: 'nosuch' } })).toMatchObject({
      status: 12,
      stderr: 'onedrive-cli: Cannot start the editor "nosuch".\nSet EDITOR to another editor.\n',
    });
  });

  it('says that a mistake was saved, and where it is', async () => {
    const runEditor = async () => (await writeFile(machine.config, 'cloud: mars\n'), 0);
    expect((await machine.type(['config', 'edit'], { runEditor })).stderr).toMatch(
      /c\.yaml:1:8: cloud was expected[^]*The file has been saved with this error.*config edit/,
    );
  });
});

describe('a user who is not signed in', () => {
  it('learns from auth status how to', async () => {
    expect(await machine.type(['auth', 'status'])).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/You are not signed in\. Run: onedrive-cli .*auth\n$/) as unknown,
    });
    await writeFile(machine.config, '');
    expect((await machine.type(['auth', 'status'])).stderr).toContain('auth register');
  });

  it('signs out of nothing: nothing is written, and that is said', async () => {
    const before = await text();
    const files = await readdir(machine.folder);
    expect(await machine.type(['auth', 'logout'])).toMatchObject({
      status: 0,
      stderr: 'Profile "default" is not signed in.\n',
    });
    expect((await machine.type(['auth', 'revoke'])).stderr).toContain('Profile "default" is not signed in.');
    expect([await text(), await readdir(machine.folder)]).toEqual([before, files]);
  });
});

describe('auth status with a token from elsewhere', () => {
  it('does not show the account of the file, which may be another one', async () => {
    await machine.type(['auth', '--account', 'me@contoso.com'], browser);
    const { stdout } = await machine.type(['auth', 'status', '--json'], {
      env: { ONEDRIVE_TOKEN: drive.token({ account: 'ann@contoso.com' }) },
    });
    const told = JSON.parse(stdout) as Record<string, unknown>;
    expect(told).toMatchObject({ signedIn: true, signIn: 'token', drive: { owner: 'Ann' } });
    expect(['account', 'name', 'scopes', 'expires'].filter((key) => key in told)).toEqual([]);
  });
});

describe('stepping up', () => {
  it('suggests the account of the profile', async () => {
    await machine.type(['auth'], browser);
    const hints: (string | null)[] = [];
    const asked = (url: string) => (
      hints.push(new URL(url).searchParams.get('login_hint')), wholeSignIn(url)
    );
    expect((await machine.type(['mkdir', 'New'], { browser: asked, isTTY: true })).status).toBe(0);
    expect(hints).toEqual(['me@contoso.com']);
  });

  it('with another account changes no drive, and keeps the sign-in', async () => {
    await machine.type(['auth'], browser);
    const before = await text();
    const stranger = (url: string) => wholeSignIn(url.replace('login_hint=me%40', 'login_hint=ann%40'));
    const { status, stderr } = await machine.type(['mkdir', 'New'], { browser: stranger, isTTY: true });
    expect([status, stderr]).toEqual([
      3,
      expect.stringContaining('as ann@contoso.com, but profile "default" is for me@contoso.com'),
    ]);
    expect(await text()).toBe(before);
    for (const account of ['me@contoso.com', 'ann@contoso.com'])
      expect(
        (await machine.type(['ls'], { env: { ONEDRIVE_TOKEN: drive.token({ account }) } })).stdout,
      ).not.toContain('New');
  });
});

describe('--no-input', () => {
  it('never prompts, even in a terminal: not for a scope, an id, or an address', async () => {
    const person = { isTTY: true, stdin: 'an-id\n', browser: async () => Promise.reject(new Error('asked')) };
    await machine.type(['auth'], browser);
    expect(await machine.type(['--no-input', 'mkdir', 'New'], person)).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('onedrive-cli auth --access write') as unknown,
    });
    const register = await machine.type(['--no-input', 'auth', 'register'], person);
    expect([register.status, register.stderr]).toEqual([0, '']);
    const auth = await machine.type(['--no-input', 'auth', '--no-browser'], person);
    expect([auth.status, auth.stderr]).toEqual([3, expect.stringContaining('ADDRESS OF THE LAST PAGE')]);
  });
});

describe('the notice of tokens in the file', () => {
  it('is given once, not with each further scope', async () => {
    await writeFile(machine.config, (await text()).replace('secrets: file\n', ''));
    const first = await machine.type(['auth'], browser);
    const second = await machine.type(['mkdir', 'New'], { ...browser, isTTY: true });
    expect([first, second].map(({ stderr }) => stderr.includes('No system keychain is available'))).toEqual([
      true,
      false,
    ]);
  });
});

describe('auth revoke --everywhere', () => {
  it('where it is not allowed names the permission and the command that asks for it', async () => {
    await machine.type(['auth'], browser);
    const { stderr } = await machine.type(['auth', 'revoke', '--everywhere']);
    expect(stderr).toMatch(
      /needs the permission User\.RevokeSessions\.All[^]*auth --scope '[^']*Files\.Read User\.RevokeSessions\.All'/,
    );
  });
});

describe('doctor', () => {
  it('has no word about a key store that is not wanted, and finds a key that others can read', async () => {
    const found = async () => (await machine.type(['doctor'])).stdout;
    expect(await found()).toContain('skip  keychain: not used');
    await writeFile(join(machine.folder, 'own.pem'), 'a key', { mode: 0o644 });
    await machine.type(['config', 'set', 'network.client_cert', 'own.pem']);
    expect(await found()).toMatch(/warn {2}permissions: .*own\.pem: other users can read it\n.*chmod 600/);
  });

  it('records a command with the configuration that it looked at', async () => {
    await machine.type(['auth', '--profile', 'work'], {
      ...browser,
      env: { ONEDRIVE_AUTHORITY_URL: server.url },
    });
    const env = { ONEDRIVE_AUTHORITY_URL: server.url, ONEDRIVE_GRAPH_URL: server.url };
    const report = join(machine.folder, 'report.json');
    const { status, stderr } = await machine.type(
      ['doctor', '--profile', 'work', '--bundle', report, '--', 'quota'],
      { env },
    );
    expect([status, stderr]).toEqual([0, expect.stringContaining('Wrote')]);
    expect(JSON.parse(await readFile(report, 'utf8'))).toMatchObject({
      command: { words: ['quota'], status: 0 },
    });
  });
});
