/** The commands `auth` and `auth_refresh` against the embedded server, over real sockets. */
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createOneDrive,
  type EmbeddedOneDrive,
  type Listening,
  listen,
  revokeTokens,
} from '@onedrive-kit/server';
import { systemClock, systemRandom } from 'onedrive-kit/platform';
import { nodeFileSystem } from 'onedrive-kit/platform/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../run.ts';
import type { World } from '../world.ts';

let folder = '';
let path = '';
let drive: EmbeddedOneDrive;
let server: Listening;
let outputs = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'auth-'));
  path = join(folder, 'c.yaml');
  drive = await createOneDrive({
    accounts: [{ userPrincipalName: 'me@example.com', displayName: 'Me' }],
    identity: { autoConsent: true, devicePollInterval: 0 },
  });
  server = await listen(drive.handler);
  outputs = '';
  await writeFile(
    path,
    `client:\n  id: 00123 # digits\nendpoints: {authority: "${server.url}", graph: "${server.url}"}\n`,
    { mode: 0o600 },
  );
});
afterEach(async () => {
  await server.close();
  await drive.close();
  await rm(folder, { recursive: true, force: true });
});

interface Person {
  /** What is typed or piped in. Absent: the input is open and silent. */
  readonly stdin?: string | Promise<string>;
  readonly isTTY?: boolean;
  /** Signs in with the browser of this machine: answers whether one opened. */
  readonly browser?: (url: string) => Promise<boolean>;
  readonly env?: Record<string, string>;
  /** Sees stdout as it grows. */
  readonly onOutput?: (text: string) => void;
}

async function cli(words: string[], person: Person = {}) {
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const output = (parts: string[]) => ({
    isTTY: false,
    columns: undefined,
    write: async (text: string | Uint8Array) => {
      parts.push(Buffer.from(text as string).toString());
      person.onOutput?.(parts.join(''));
    },
  });
  const world: World = {
    streams: {
      stdin: { isTTY: person.isTTY ?? false, bytes: () => typed(person.stdin) },
      stdout: output(stdout),
      stderr: output(stderr),
    },
    clock: systemClock,
    random: systemRandom,
    fs: nodeFileSystem,
    env: { DISPLAY: ':0', ONEDRIVE_CONFIG: path, ...person.env },
    cwd: folder,
    home: folder,
    temporary: folder,
    platform: 'linux',
    signal: new AbortController().signal,
    rawArguments: async () => undefined,
    openBrowser: person.browser ?? (async () => false),
  };
  const status = await run(words, world);
  outputs += stdout.join('') + stderr.join('');
  return { status, stdout: stdout.join(''), stderr: stderr.join('') };
}

async function* typed(text: string | Promise<string> | undefined): AsyncGenerator<Uint8Array> {
  if (text === undefined) await new Promise<never>(() => {});
  yield new TextEncoder().encode((await text) ?? '');
}

/** Where the browser ends up after the sign-in page: with `autoConsent` the person clicks nothing. */
async function lastPage(url: string): Promise<string> {
  const answer = await fetch(url, { redirect: 'manual' });
  return answer.headers.get('location') ?? `status ${answer.status}: ${await answer.text()}`;
}

/** Text that is typed once it is known. */
function laterText(): [text: Promise<string>, type: (text: string) => void] {
  let type: (text: string) => void = () => {};
  const text = new Promise<string>((resolve) => {
    type = resolve;
  });
  return [text, (line) => type(line)];
}

const wholeSignIn = async (url: string): Promise<boolean> => {
  const page = await fetch(await lastPage(url));
  expect(await page.text()).toContain('You can close this page');
  return true;
};

const text = () => readFile(path, 'utf8');
const tokenIn = async () => /refresh_token: '?([^'\n]+)/.exec(await text())?.[1] ?? 'no token';

describe('auth', () => {
  it('signs in by the browser of this machine, and the drive can be used', async () => {
    const { status, stderr } = await cli(['auth'], { browser: wholeSignIn });
    expect(stderr).toMatch(/Signed in as .+ Stored in .*c\.yaml\./);
    expect(status).toBe(0);
    expect(await text()).toMatch(
      /^client:\n {2}id: '00123' # digits\nendpoints: .*\nauth:\n {2}refresh_token: /,
    );
    expect(await cli(['quota'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('free: ') as string,
    });
  });

  it('prints the address where there is no browser, and a later call brings the answer', async () => {
    const first = await cli(['auth', '--account', 'me@example.com'], {
      stdin: '',
      env: { SSH_CONNECTION: 'x' },
      browser: wholeSignIn,
    });
    expect(first.status).toBe(3);
    expect(first.stderr).toContain("then run: onedrive-cli auth 'ADDRESS OF THE LAST PAGE'");
    const second = await cli(['auth', await lastPage(first.stdout.trim())]);
    expect(second).toMatchObject({ status: 0, stderr: expect.stringContaining('Signed in as') as string });
    expect(await text()).toContain('account: me@example.com');
    const third = await cli(['auth', 'http://localhost/?code=x&state=y']);
    expect(third).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('no pending sign-in') as string,
    });
  });

  it('takes the pasted address, and forgives a wrong one on a terminal', async () => {
    let typeLine: (line: string) => void = () => {};
    const line = new Promise<string>((resolve) => {
      typeLine = resolve;
    });
    let shown = false;
    const person: Person = {
      isTTY: true,
      stdin: line,
      onOutput: (output) => {
        const url = /^http\S+$/m.exec(output)?.[0];
        if (!url || shown) return;
        shown = true;
        void lastPage(url).then((last) => typeLine(`what?\n${last}\n`));
      },
    };
    const { status, stderr } = await cli(['auth', '--no-browser'], person);
    expect(stderr).toContain('neither the address of the last page nor a code');
    expect(stderr).toContain('Signed in as');
    expect(status).toBe(0);
  });

  it('signs in to Live v5.0 by the address of the empty page, as the older tool did, here or in a later call', async () => {
    const live = `client: {id: '0000000062', secret: s}\napi: live-v5\nendpoints: {live: "${server.url}"}\n`;
    await writeFile(path, live, { mode: 0o600 });
    const first = await cli(['auth'], { stdin: '' });
    expect(first.status).toBe(3);
    const url = new URL(first.stdout.trim());
    expect(url.pathname).toBe('/oauth20_authorize.srf');
    expect(url.searchParams.get('redirect_uri')).toBe(`${server.url}/oauth20_desktop.srf`);
    const second = await cli(['auth', await lastPage(url.href)]);
    expect(second).toMatchObject({ status: 0, stderr: expect.stringContaining('Signed in') as string });
    await cli(['auth_refresh']);
    expect(await cli(['quota'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('free: ') as string,
    });

    await writeFile(path, live, { mode: 0o600 });
    const [pasted, paste] = laterText();
    const browser = async (shown: string) => {
      paste(`${await lastPage(shown)}\n`);
      return true;
    };
    expect(await cli(['auth'], { stdin: pasted, browser })).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('Signed in') as string,
    });
  });

  it('signs in by device code', async () => {
    const { status, stdout, stderr } = await cli(['auth', '--device-code']);
    expect(stdout).toMatch(/\/devicelogin\n\S+\n$/);
    expect(stderr).toContain('Signed in as');
    expect(status).toBe(0);
  });

  it('explains how to register an application when none is configured', async () => {
    await writeFile(path, '');
    const { status, stderr } = await cli(['auth']);
    expect(status).toBe(10);
    expect(stderr).toContain('http://localhost');
    expect(stderr).toContain('onedrive-cli auth --client-id');
    expect(await text()).toBe('');
  });

  it('makes a profile with what the command line says, beside the first', async () => {
    await writeFile(path, (await text()).replace('endpoints', 'profiles: {work: {tenant: x}}\nendpoints'));
    await writeFile(
      path,
      (await text()).replace(
        '{tenant: x}',
        `{endpoints: {authority: "${server.url}", graph: "${server.url}"}}`,
      ),
    );
    const { status } = await cli(
      [
        'auth',
        '--profile',
        'work',
        '--tenant',
        'consumers',
        '--scope',
        'openid Files.Read',
        '--client-id',
        '0777',
      ],
      {
        browser: wholeSignIn,
      },
    );
    expect(status).toBe(0);
    const { readConfig } = await import('onedrive-kit/internal/config/read-config');
    const { parseYaml } = await import('onedrive-kit/internal/config/yaml-source');
    const { profiles } = readConfig(parseYaml(path, await text()));
    expect(profiles[0]?.session.refreshToken).toBeUndefined();
    expect(profiles[1]).toMatchObject({
      client: { id: '0777' },
      tenant: 'consumers',
      scopes: ['openid', 'Files.Read'],
      session: { refreshToken: expect.any(String) as string },
    });
  });

  it('refuses the answer to another sign-in', async () => {
    await cli(['auth'], { stdin: '' });
    const { status, stderr } = await cli(['auth', 'http://localhost:1/?code=stolen-code&state=other']);
    expect(status).toBe(3);
    expect(stderr).toContain('another sign-in');
    expect(stderr).not.toContain('stolen-code');
  });

  it('has nothing to do with --local', async () => {
    expect((await cli(['auth', '--local'])).status).toBe(2);
    expect((await cli(['auth_refresh', '--local'])).status).toBe(2);
  });
});

describe('auth_refresh', () => {
  it('renews at once and prints until when', async () => {
    await cli(['auth'], { browser: wholeSignIn });
    const before = await tokenIn();
    const { status, stdout } = await cli(['auth_refresh']);
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^expires: '?\d{4}-\d\d-\d\dT/)]);
    expect(await tokenIn()).not.toBe(before);
  });

  it('prints the solution when the sign-in was revoked, like every command', async () => {
    await cli(['auth'], { browser: wholeSignIn });
    revokeTokens(drive.world);
    for (const command of ['auth_refresh', 'quota']) {
      const { status, stderr } = await cli([command]);
      expect(status).toBe(3);
      expect(stderr).toContain('onedrive-cli auth');
    }
  });
});

describe('a configuration that others can read', () => {
  it('is reported on stderr, once per command', async () => {
    await cli(['auth'], { browser: wholeSignIn });
    await chmod(path, 0o644);
    const { status, stderr } = await cli(['quota']);
    expect(status).toBe(0);
    expect(stderr.match(/is readable by all users/g)).toHaveLength(1);
    expect((await cli(['-q', 'quota'])).stderr).toBe('');
  });
});

describe('no output', () => {
  it('has a token, a code or a verifier in it, even with --debug', async () => {
    let code = 'none';
    const browser = async (url: string) => {
      code = new URL(await lastPage(url)).searchParams.get('code') ?? 'none';
      return wholeSignIn(url);
    };
    await cli(['--debug', 'auth', '--json'], { browser });
    const first = await tokenIn();
    await cli(['--debug', 'auth_refresh']);
    const accessToken = /access_token: '?([^'\n]+)/.exec(await text())?.[1] ?? 'none';
    await cli(['--debug', 'quota']);
    expect([code, first, await tokenIn(), accessToken].every((secret) => secret.length > 20)).toBe(true);
    for (const secret of [code, first, await tokenIn(), accessToken]) expect(outputs).not.toContain(secret);
    expect(outputs).toContain('/oauth2/v2.0/token');
  });
});
