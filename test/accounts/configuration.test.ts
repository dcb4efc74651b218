/** Secrets and the configuration file, and what the doctor says of them, against the embedded server over real sockets. */
import { chmod, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { revokeTokens } from '../../packages/server/src/identity/revoke.ts';
import { listen } from '../../packages/server/src/listen/node-server.ts';
import { type Started, started } from './started.ts';
import { wholeSignIn } from './terminal.ts';

const browser = { browser: wholeSignIn };
let one: Started;
let keys: Started['keys'];
let machine: Started['machine'];
let drive: Started['drive'];
let text: Started['text'];
beforeEach(async () => {
  one = await started();
  ({ keys, machine, drive, text } = one);
});
afterEach(() => one.close());

describe('secrets', () => {
  it('are encrypted with a key of the key store, and a renewal stays encrypted', async () => {
    await machine.type(['auth'], browser);
    await machine.type(['auth_refresh']);
    expect(await text()).toMatch(/sealed:/);
    expect(await text()).not.toMatch(/refresh_token|access_token/);
    expect((await machine.type(['quota'])).status).toBe(0);
  });

  it('lie in a 0600 file with one notice where no key store runs', async () => {
    keys.failing = true;
    const first = await machine.type(['auth'], browser);
    expect(first.stderr.match(/No system keychain is available/g)).toHaveLength(1);
    expect((await machine.type(['quota'])).stderr).toBe('');
    expect((await stat(machine.config)).mode & 0o777).toBe(0o600);
  });

  it('a locked key store asks for a sign-in, and breaks nothing', async () => {
    await machine.type(['auth'], browser);
    keys.failing = true;
    expect(await machine.type(['quota'])).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('keychain') as unknown,
    });
    keys.failing = false;
    expect((await machine.type(['quota'])).status).toBe(0);
  });

  it('doctor tells a store that is locked from one that has no key for them', async () => {
    const told = async () => (await machine.type(['doctor'])).stdout;
    await machine.type(['auth'], browser);
    expect(await told()).toMatch(/^ok {4}keychain: the keychain of this test$/m);
    keys.failing = true;
    expect(await told()).toMatch(/^fail {2}keychain: .* does not answer\n.*unlock/m);
    keys.failing = false;
    keys.secrets.clear();
    expect(await told()).toMatch(/^fail {2}keychain: .* has no key for this sign-in/m);
  });

  it('another key does not open them, and other text is not opened', async () => {
    await machine.type(['auth'], browser);
    for (const name of keys.secrets.keys()) keys.secrets.set(name, btoa('x'.repeat(32)));
    expect((await machine.type(['quota'])).status).toBe(3);
  });

  it('are never taken from the command line, and shown nowhere', async () => {
    expect((await machine.type(['config', 'set', 'client.secret', 'S3CRET-1'])).stderr).toContain('stdin');
    await machine.type(['config', 'set', 'client.secret'], { stdin: 'S3CRET-2\n' });
    expect(await text()).toContain('S3CRET-2');
    await machine.type(['config', 'show', '--origin']);
    await machine.type(['config', 'get', 'client.secret']);
    await machine.type(['config', 'check']);
    expect(machine.said()).not.toContain('S3CRET-2');
  });

  it('a symlink stays a symlink, and a folder that others can write to is reported', async () => {
    const real = join(machine.folder, 'real.yaml');
    await writeFile(real, await text(), { mode: 0o600 });
    const link = join(machine.folder, 'link.yaml');
    await symlink(real, link);
    await machine.type(['-c', link, 'auth'], browser);
    expect(await readFile(real, 'utf8')).toContain('sealed');
    await chmod(machine.folder, 0o777);
    const { stdout } = await machine.type(['doctor', '--json']);
    expect(stdout).toContain('other users can create files there');
  });
});

describe('config', () => {
  it('shows the effective value and its origin: option, environment, file, default', async () => {
    await machine.type(['config', 'set', 'tenant', 'contoso.com']);
    const ca = join(machine.folder, 'ca.pem');
    const { stdout } = await machine.type(['config', 'show', '--json', '--ca-cert', ca], {
      env: { ONEDRIVE_TENANT: 'fabrikam.com' },
    });
    const values = JSON.parse(stdout) as { key: string; value: unknown; origin: string }[];
    const of = (key: string) => values.find((one) => one.key === key);
    expect(of('tenant')).toMatchObject({ value: 'fabrikam.com', origin: 'ONEDRIVE_TENANT' });
    expect(of('network.ca_cert')).toMatchObject({ value: ca, origin: '--ca-cert' });
    expect(of('client.id')).toMatchObject({ value: 'app', origin: `${machine.config}:1` });
    expect(of('cloud')).toMatchObject({ value: 'global', origin: 'default' });
    const lines = (await machine.type(['config', 'show', '--origin'])).stdout;
    expect(lines).toContain(`tenant: contoso.com  # ${machine.config}:3`);
  });

  it('sets, gets, unsets, and never writes what cannot be used', async () => {
    expect((await machine.type(['config', 'get', 'network.ip'])).stdout).toBe('auto\n');
    expect((await machine.type(['config', 'get', 'network.user_agent'])).status).toBe(1);
    expect((await machine.type(['config', 'set', 'network.ip', '7'])).status).toBe(2);
    expect(await text()).not.toContain('network');
    await machine.type(['config', 'set', 'network.ip', '4']);
    expect((await machine.type(['config', 'get', 'network.ip'])).stdout).toBe('4\n');
    await machine.type(['config', 'set', 'network.ip', '--unset']);
    expect((await machine.type(['config', 'get', 'network.ip'])).stdout).toBe('auto\n');
    expect((await machine.type(['config', 'set', 'tenat', 'x'])).stderr).toContain('Did you mean tenant?');
  });

  it('checks: every mistake with its line, and keys that nothing reads', async () => {
    expect((await machine.type(['config', 'check'])).status).toBe(0);
    await writeFile(machine.config, 'client: {id: a, secrt: b}\ncloud: mars\nnetwork: {ip: 9}\n');
    const { status: got, stdout } = await machine.type(['config', 'check']);
    expect(got).toBe(10);
    expect(stdout).toContain(
      `${machine.config}:2: error: cloud: one of global, us-gov, us-gov-dod, china was expected`,
    );
    expect(stdout).toContain(`${machine.config}:3: error: network.ip`);
    expect(stdout).toContain(`${machine.config}:1: warning: client.secrt: unknown setting`);
  });

  it('path, edit, schema', async () => {
    expect((await machine.type(['config', 'path'])).stdout).toBe(`${machine.config}\n`);
    const runEditor = async (_: string, path: string) => (await writeFile(path, 'cloud: mars\n'), 0);
    expect((await machine.type(['config', 'edit'], { runEditor })).status).toBe(10);
    const { stdout } = await machine.type(['config', 'show', '--schema'], { env: {} });
    expect(stdout === '' || (JSON.parse(stdout) as { properties: object }).properties).toBeTruthy();
  });
});

describe('doctor', () => {
  it('reports no problem, or the problem with a solution', async () => {
    await machine.type(['auth'], browser);
    const good = await machine.type(['doctor']);
    expect(good.stdout).not.toMatch(/^fail/m);
    expect(good.status).toBe(0);
    for (const check of [
      'runtime',
      'config',
      'permissions',
      'proxy',
      'sign-in service',
      'clock',
      'graph',
      'token',
      'scopes',
      'drive',
      'quota',
    ])
      expect(good.stdout).toContain(` ${check}: `);
    revokeTokens(drive.world);
    const bad = await machine.type(['doctor']);
    expect(bad.status).toBe(1);
    expect(bad.stdout).toMatch(/fail {2}.*[\s\S]*→ .*onedrive-cli auth/);
  });

  it('writes a bundle without secrets, which the embedded server plays back', async () => {
    await machine.type(['auth'], browser);
    const bundle = join(machine.folder, 'b.json');
    const first = await machine.type(['doctor', '--bundle', bundle, '--', '-c', machine.config, 'ls']);
    expect(first.stdout).toContain('a.txt');
    const recorded = await readFile(bundle, 'utf8');
    const { exchanges } = JSON.parse(recorded) as { exchanges: never[] };
    expect(exchanges.length).toBeGreaterThan(3);
    const { createReplay } = await import('../../packages/server/src/testing/replay/replay.ts');
    const replay = createReplay(exchanges);
    const there = await listen(replay.handler);
    const env = {
      ONEDRIVE_GRAPH_URL: there.url,
      ONEDRIVE_AUTHORITY_URL: there.url,
      ONEDRIVE_TOKEN: 'anything',
    };
    const again = await machine.type(['ls'], { env });
    expect(replay.unknown()).toEqual([]);
    expect(again).toMatchObject({ status: 0, stdout: expect.stringContaining('a.txt') as unknown });
    await there.close();
    const session = JSON.stringify([...keys.secrets.values()]);
    expect(recorded).not.toContain(session.slice(2, 30));
    expect(recorded).not.toMatch(/eyJ[\w-]{20}/);
  });
});
