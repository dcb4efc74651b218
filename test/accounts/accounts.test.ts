/** Profiles, sign-in and scopes from the command line, against the embedded server over real sockets. */
import { writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setPolicy, withdrawConsent } from '../../packages/server/src/identity/policies.ts';
import { revokeTokens } from '../../packages/server/src/identity/revoke.ts';
import { createOneDrive } from '../../packages/server/src/index.ts';
import { listen } from '../../packages/server/src/listen/node-server.ts';
import { accounts } from '../../packages/server/src/people/account-record.ts';
import { type Started, started } from './started.ts';
import { terminal, wholeSignIn } from './terminal.ts';

const browser = { browser: wholeSignIn };
let one: Started;
let keys: Started['keys'];
let machine: Started['machine'];
let drive: Started['drive'];
let server: Started['server'];
let text: Started['text'];
let status: Started['status'];
beforeEach(async () => {
  one = await started();
  ({ keys, machine, drive, server, text, status } = one);
});
afterEach(() => one.close());
const accountId = () => drive.world.storage.read((records) => accounts.list(records))[0]!.id;

describe('auth', () => {
  it('shows account, drive, scopes, expiry, and where the tokens are stored', async () => {
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
      secret: expect.stringContaining('encrypted with a key in the keychain of this test') as unknown,
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
    expect((await machine.type(['auth', 'switch', 'missing'])).status).toBe(10);
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
    expect([done, stderr]).toEqual([
      0,
      expect.stringContaining('All sign-ins of the account have been ended'),
    ]);
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

  it('prints the page for personal accounts, and sends no request', async () => {
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
    expect(stepped.stderr).toContain('this sign-in allows only Files.Read. Requesting access.');
    expect((await status())['scopes']).toContain('Files.ReadWrite');
    expect((await machine.type(['mkdir', 'Other'])).status).toBe(0);
  });

  it('needs no user interaction after an earlier consent', async () => {
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
    await refused(/no consent yet.*AADSTS65001/);
    await machine.type(['auth'], browser);
    expect((await machine.type(['auth_refresh'])).status).toBe(0);
  });
  it('conditional access: a second factor, a block, a device', async () => {
    setPolicy(drive.world, accountId(), 'second-factor');
    await refused(/multi-factor authentication.*AADSTS50076/);
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
