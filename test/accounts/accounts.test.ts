/** Profiles, scopes, secrets and configuration from the command line, against the embedded server over real sockets. */
import { chmod, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MemoryKeyStore, memoryKeyStore } from '../../src/platform/memory/memory-key-store.ts';
import { createOneDrive, type EmbeddedOneDrive } from '../../src/server/index.ts';
import { type Listening, listen } from '../../src/server/listen/node-server.ts';
import { setPolicy, withdrawConsent } from '../../src/server/oauth/policies.ts';
import { revokeTokens } from '../../src/server/oauth/revoke.ts';
import { accounts } from '../../src/server/storage/records/account-record.ts';
import { type Terminal, terminal, wholeSignIn } from './terminal.ts';

const secret = 'the-client-secret-of-this-test';
let keys: MemoryKeyStore;
let machine: Terminal;
let drive: EmbeddedOneDrive;
let server: Listening;
const browser = { browser: wholeSignIn };

beforeEach(async () => {
  keys = memoryKeyStore();
  machine = await terminal(keys);
  drive = await createOneDrive({
    kind: 'business',
    accounts: [
      { userPrincipalName: 'me@contoso.com', displayName: 'Me', drive: { files: { 'a.txt': 'hello' } } },
    ],
    identity: { autoConsent: true, devicePollInterval: 0, clients: [{ id: 'daemon', secret }] },
  });
  server = await listen(drive.handler);
  await writeFile(
    machine.config,
    `client: {id: app}\nendpoints: {authority: "${server.url}", graph: "${server.url}"}\n`,
    { mode: 0o600 },
  );
});
afterEach(async () => {
  await server.close();
  await drive.close();
  await machine.remove();
});

const text = () => readFile(machine.config, 'utf8');
const status = async (...words: string[]) =>
  JSON.parse((await machine.type(['auth', 'status', '--json', ...words])).stdout) as Record<string, unknown>;
const accountId = () => drive.world.storage.read((records) => accounts.list(records))[0]!.id;

describe('auth', () => {
  it('tells who, which drive, which scopes, until when, and where the secret lies', async () => {
    expect((await machine.type(['auth', 'status'])).status).toBe(3);
    await machine.type(['auth', 'login'], browser);
    expect(await status()).toMatchObject({
      signedIn: true,
      profile: 'default',
      account: 'me@contoso.com',
      cloud: 'global',
      scopes: expect.arrayContaining(['Files.Read', 'User.Read']) as unknown,
      expires: expect.stringMatching(/^20/) as unknown,
      drive: { id: expect.any(String) as unknown, type: 'business', owner: 'Me' },
      secret: expect.stringContaining('the key is in the key store of this test') as unknown,
    });
  });

  it('keeps several accounts side by side, switches, and forgets one at a time', async () => {
    const endpoints = `{authority: "${server.url}", graph: "${server.url}"}`;
    await writeFile(machine.config, `${await text()}profiles: {work: {endpoints: ${endpoints}}}\n`);
    await machine.type(['auth'], browser);
    await machine.type(['auth', 'login', '--profile', 'work'], browser);
    await machine.type(['auth', 'switch', 'work']);
    const list = JSON.parse((await machine.type(['auth', 'list', '--json'])).stdout) as Record<
      string,
      unknown
    >[];
    expect(list.map(({ name, default: counts, signedIn }) => [name, counts, signedIn])).toEqual([
      ['default', false, true],
      ['work', true, true],
    ]);
    expect(keys.secrets.size).toBe(2);
    await machine.type(['auth', 'logout']);
    expect(await status()).toMatchObject({ profile: 'work', signedIn: false });
    expect(await status('--profile', 'default')).toMatchObject({ signedIn: true });
    expect(keys.secrets.size).toBe(1);
    expect((await machine.type(['auth', 'switch', 'nobody'])).status).toBe(10);
  });

  it('revoke forgets the sign-in and shows where consent is taken back', async () => {
    await machine.type(['auth'], browser);
    const { stdout } = await machine.type(['auth', 'revoke']);
    expect(stdout).toContain('https://myapps.microsoft.com');
    expect(await text()).not.toMatch(/sealed|refresh_token/);
  });
});

describe('auth revoke --everywhere', () => {
  const scopes = 'openid profile Files.Read User.RevokeSessions.All';

  it('ends the sign-ins of every program, forgets the own one, and the next needs a person', async () => {
    await machine.type(['auth', '--scope', scopes], browser);
    const elsewhere = await terminal();
    await writeFile(elsewhere.config, await text(), { mode: 0o600 });
    await elsewhere.type(['auth'], browser);
    expect((await elsewhere.type(['auth_refresh'])).status).toBe(0);

    const { status: done, stderr } = await machine.type(['auth', 'revoke', '--everywhere']);
    expect([done, stderr]).toEqual([0, expect.stringContaining('All sign-ins of the account were ended')]);
    expect(await text()).not.toMatch(/sealed|refresh_token/);
    expect(await elsewhere.type(['auth_refresh'])).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('AADSTS50173') as unknown,
    });
    await elsewhere.remove();
  });

  it('keeps the sign-in where it may not end the others', async () => {
    await machine.type(['auth'], browser);
    const refused = await machine.type(['auth', 'revoke', '--everywhere']);
    expect([refused.status > 0, refused.stderr]).toEqual([
      true,
      expect.stringContaining('Insufficient privileges'),
    ]);
    expect((await machine.type(['quota'])).status).toBe(0);
  });

  it('says where a person does it for a personal account, and asks nothing', async () => {
    await machine.type(['config', 'set', 'tenant', 'consumers']);
    await writeFile(machine.config, `${await text()}auth: {refresh_token: r}\n`);
    const refused = await machine.type(['auth', 'revoke', '--everywhere']);
    expect(refused.stderr).toContain('https://account.live.com/proofs/manage/additional');
    expect(await text()).toContain('refresh_token: r');
  });
});

describe('least privilege', () => {
  it('begins with reading, and steps up with a reason when a command changes something', async () => {
    await machine.type(['auth'], browser);
    expect(await machine.type(['mkdir', 'New'])).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('mkdir needs Files.ReadWrite, to change your files') as unknown,
    });
    const stepped = await machine.type(['mkdir', 'New'], { ...browser, isTTY: true });
    expect(stepped.status).toBe(0);
    expect(stepped.stderr).toContain('this sign-in allows Files.Read only. Asking for it.');
    expect((await status())['scopes']).toContain('Files.ReadWrite');
    expect((await machine.type(['mkdir', 'Other'])).status).toBe(0);
  });

  it('asks nobody where the person has consented before', async () => {
    await machine.type(['auth', '--access', 'write'], browser);
    await machine.type(['auth', 'logout']);
    await machine.type(['auth', '--access', 'read'], browser);
    expect((await machine.type(['mkdir', 'New'])).status).toBe(0);
  });

  it('never asks for *.All', async () => {
    const asked: string[] = [];
    await machine.type(['auth', '--access', 'write'], {
      browser: (url) => (asked.push(url), wholeSignIn(url)),
    });
    expect(new URL(asked[0]!).searchParams.get('scope')).toBe(
      'openid profile offline_access User.Read Files.ReadWrite',
    );
  });

  it.each([
    ['mkdir', 'New'],
    ['rm', 'a.txt'],
    ['put', 'c.yaml'],
    ['api', 'DELETE', '/me/drive/root:/a.txt'],
  ])('a read-only profile refuses %s before any request', async (...words) => {
    await machine.type(['auth', '--access', 'write'], browser);
    await machine.type(['config', 'set', 'read_only', 'true']);
    await server.close();
    const refused = await machine.type(words);
    expect(refused.stderr).toMatch(/read-only/);
    expect(refused.status).toBe(13);
  });
});

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
    expect(first.stderr.match(/No key store runs here/g)).toHaveLength(1);
    expect((await machine.type(['quota'])).stderr).toBe('');
    expect((await stat(machine.config)).mode & 0o777).toBe(0o600);
  });

  it('a locked key store asks for a sign-in, and breaks nothing', async () => {
    await machine.type(['auth'], browser);
    keys.failing = true;
    expect(await machine.type(['quota'])).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('key store') as unknown,
    });
    keys.failing = false;
    expect((await machine.type(['quota'])).status).toBe(0);
  });

  it('doctor tells a store that is locked from one that has no key for them', async () => {
    const told = async () => (await machine.type(['doctor'])).stdout;
    await machine.type(['auth'], browser);
    expect(await told()).toMatch(/^ok {4}key store: the key store of this test$/m);
    keys.failing = true;
    expect(await told()).toMatch(/^fail {2}key store: .* does not answer\n.*unlock/m);
    keys.failing = false;
    keys.secrets.clear();
    expect(await told()).toMatch(/^fail {2}key store: .* has no key for this sign-in/m);
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

  it('a linked file stays a link, and a folder that others can write to is told', async () => {
    const real = join(machine.folder, 'real.yaml');
    await writeFile(real, await text(), { mode: 0o600 });
    const link = join(machine.folder, 'link.yaml');
    await symlink(real, link);
    await machine.type(['-c', link, 'auth'], browser);
    expect(await readFile(real, 'utf8')).toContain('sealed');
    await chmod(machine.folder, 0o777);
    const { stdout } = await machine.type(['doctor', '--json']);
    expect(stdout).toContain('others can put files there');
  });
});

describe('what goes wrong with a sign-in', () => {
  const refused = async (expected: RegExp, code = 3) => {
    const { status: got, stderr } = await machine.type(['auth_refresh']);
    expect(stderr).toMatch(expected);
    expect(got).toBe(code);
  };
  beforeEach(() => machine.type(['auth'], browser));

  it('revoked: sign in again', async () => {
    revokeTokens(drive.world);
    await refused(/revoked.*AADSTS50173[\s\S]*onedrive-cli auth/);
  });
  it('a refresh token that has expired: sign in again', async () => {
    const other = await createOneDrive({ identity: { autoConsent: true, refreshTokenLifetime: 0 } });
    const there = await listen(other.handler);
    const env = { ONEDRIVE_AUTHORITY_URL: there.url, ONEDRIVE_GRAPH_URL: there.url };
    await machine.type(['auth', '--profile', 'short'], { ...browser, env });
    const late = await machine.type(['auth_refresh', '--profile', 'short'], { env });
    expect([late.status, late.stderr]).toEqual([
      3,
      expect.stringMatching(/AADSTS70008\d*[\s\S]*onedrive-cli --profile short auth/),
    ]);
    await there.close();
    await other.close();
  });
  it('consent withdrawn: accept again', async () => {
    withdrawConsent(drive.world, 'app');
    await refused(/consented.*AADSTS65001/);
    await machine.type(['auth'], browser);
    expect((await machine.type(['auth_refresh'])).status).toBe(0);
  });
  it('conditional access: a second factor, a block, a device', async () => {
    setPolicy(drive.world, accountId(), 'second-factor');
    await refused(/second factor.*AADSTS50076/);
    setPolicy(drive.world, accountId(), 'block');
    await refused(/conditional-access.*AADSTS53003[\s\S]*administrator/);
    setPolicy(drive.world, accountId(), 'device');
    await refused(/AADSTS53000/);
  });
  it('an API that wants claims gets a token with them, unseen', async () => {
    setPolicy(drive.world, accountId(), 'claims');
    expect((await machine.type(['quota'])).status).toBe(0);
  });
  it('wrong tenant', async () => {
    await machine.type(['config', 'set', 'tenant', 'nowhere.example']);
    await refused(/no such tenant.*AADSTS90002/, 10);
  });
  it.each([-7_200_000, 7_200_000])('a clock that is %i ms off does no harm', async (clockOff) => {
    expect((await machine.type(['quota'], { clockOff })).status).toBe(0);
    expect((await machine.type(['auth_refresh'], { clockOff })).status).toBe(0);
    const doctor = await machine.type(['doctor', '--json'], { clockOff });
    const clock = (JSON.parse(doctor.stdout) as { check: string; status: string }[]).find(
      ({ check }) => check === 'clock',
    );
    expect(clock?.status).toBe('fail');
  });
});

describe('config', () => {
  it('shows what counts and where it comes from: flag, environment, file, default', async () => {
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
    expect((await machine.type(['config', 'get', 'network.ip'])).status).toBe(1);
    expect((await machine.type(['config', 'set', 'network.ip', '7'])).status).toBe(2);
    expect(await text()).not.toContain('network');
    await machine.type(['config', 'set', 'network.ip', '4']);
    expect((await machine.type(['config', 'get', 'network.ip'])).stdout).toBe('4\n');
    await machine.type(['config', 'set', 'network.ip', '--unset']);
    expect((await machine.type(['config', 'get', 'network.ip'])).status).toBe(1);
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
    expect(stdout).toContain(`${machine.config}:1: warning: client.secrt: no such setting`);
  });

  it('path, edit, schema', async () => {
    expect((await machine.type(['config', 'path'])).stdout).toBe(`${machine.config}\n`);
    const runEditor = async (_: string, path: string) => (await writeFile(path, 'cloud: mars\n'), 0);
    expect((await machine.type(['config', 'edit'], { runEditor })).status).toBe(10);
    const { stdout } = await machine.type(['config', 'show', '--schema'], { env: {} });
    expect(stdout === '' || (JSON.parse(stdout) as { properties: object }).properties).toBeTruthy();
  });
});

describe('auth register', () => {
  it('prints the steps, scripts, the consent address and a letter', async () => {
    const { stdout } = await machine.type(['auth', 'register']);
    expect(stdout).toContain('address http://localhost (exactly this');
    expect(stdout).toContain(`${server.url}/organizations/adminconsent?client_id=APPLICATION-ID`);
    const az = (
      await machine.type(['auth', 'register', '--script', 'az', '--access', 'read', '--name', "O'Neil"])
    ).stdout;
    expect(az).toContain("--display-name 'O'\\''Neil'");
    const access = JSON.parse(/--required-resource-accesses '(.*)'/.exec(az)?.[1] ?? '') as unknown[];
    expect(JSON.stringify(access)).toContain('10465720-29dd-4523-a11a-6a75c743c9d9');
    const powershell = (
      await machine.type(['auth', 'register', '--script', 'powershell', '--access', 'application-read'])
    ).stdout;
    expect(powershell).toContain("Type = 'Role'");
    expect(powershell).not.toContain('RedirectUris');
    expect((await machine.type(['auth', 'register', '--letter'])).stdout).toMatch(
      /^Subject: .*\n[\s\S]*Files\.ReadWrite/,
    );
  });

  it.each([
    ['both', true],
    ['personal', true],
    ['work', false],
  ])(
    'asks for tokens of version 2 where personal accounts sign in, without which it is refused: %s',
    async (accounts, asks) => {
      for (const script of ['az', 'powershell']) {
        const { stdout } = await machine.type([
          'auth',
          'register',
          '--script',
          script,
          '--accounts',
          accounts,
        ]);
        expect(/--requested-access-token-version 2|RequestedAccessTokenVersion = 2/.test(stdout)).toBe(asks);
      }
    },
  );

  it('writes a letter that can be acted on: registration first, then consent', async () => {
    const letter = (await machine.type(['auth', 'register', '--letter', '--access', 'read'])).stdout;
    expect(letter.indexOf('az ad app create')).toBeLessThan(letter.indexOf('adminconsent'));
    expect(letter).toContain('--sign-in-audience AzureADMyOrg');
    const known = (await machine.type(['auth', 'register', '--letter', '--client-id', 'my-id'])).stdout;
    expect(known).toContain('registered as my-id');
    expect(known).toContain('adminconsent?client_id=my-id&');
    expect(known).not.toContain('az ad app create');
  });

  it('checks an application that acts for itself, which has no redirect address', async () => {
    const words = ['auth', 'register', '--access', 'application-read'];
    const other = await createOneDrive({
      kind: 'business',
      identity: { registeredClientsOnly: true, clients: [{ id: 'daemon', secret, redirectUris: [] }] },
    });
    const there = await listen(other.handler);
    const env = { ONEDRIVE_AUTHORITY_URL: there.url, ONEDRIVE_TENANT: 'contoso.com' };
    expect(await machine.type([...words, '--client-id', 'daemon'], { env })).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/^ok: application\nKept[^]*sign_in \(app\)/) as unknown,
    });
    expect(await text()).toContain('id: daemon');
    expect(await machine.type([...words, '--client-id', 'nobody'], { env })).toMatchObject({
      status: 10,
      stderr: expect.stringMatching(/^NOT OK: application: .*AADSTS700016/) as unknown,
    });
    expect((await machine.type([...words, '--accounts', 'personal'])).status).toBe(2);
    await there.close();
    await other.close();
  });

  it('checks that the id works, and keeps only one that does', async () => {
    const good = await machine.type(['auth', 'register', '--client-id', 'another']);
    expect(good.stderr).toMatch(/ok: application and redirect address[\s\S]*ok: device code/);
    expect(await text()).toContain('id: another');
  });

  it.each([
    ['an unknown id', { registeredClientsOnly: true, clients: [] }, /AADSTS700016/],
    [
      'a wrong redirect address',
      { clients: [{ id: 'x', redirectUris: ['https://example.com/'] }] },
      /AADSTS50011[\s\S]*http:\/\/localhost/,
    ],
  ])('explains %s', async (_, identity, expected) => {
    const other = await createOneDrive({ identity });
    const there = await listen(other.handler);
    const env = { ONEDRIVE_AUTHORITY_URL: there.url, ONEDRIVE_GRAPH_URL: there.url };
    const { status: got, stderr } = await machine.type(['auth', 'register', '--client-id', 'x'], { env });
    expect(stderr).toMatch(expected);
    expect(got).toBe(10);
    expect(await text()).toContain('id: app');
    await there.close();
    await other.close();
  });
});

describe('doctor', () => {
  it('finds nothing wrong, and says what to do when there is', async () => {
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
    const { createReplay } = await import('../../src/server/replay/replay.ts');
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
