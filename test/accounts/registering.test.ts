/** Registration of an application from the command line. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOneDrive } from '../../packages/server/src/index.ts';
import { listen } from '../../packages/server/src/listen/node-server.ts';
import { type Started, secret, started } from './started.ts';

let one: Started;
let machine: Started['machine'];
let server: Started['server'];
let text: Started['text'];
beforeEach(async () => {
  one = await started();
  ({ machine, server, text } = one);
});
afterEach(() => one.close());

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
      stderr: expect.stringMatching(/^ok: application\nStored[^]*sign_in \(app\)/) as unknown,
    });
    expect(await text()).toContain('id: daemon');
    expect(await machine.type([...words, '--client-id', 'unknown'], { env })).toMatchObject({
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
