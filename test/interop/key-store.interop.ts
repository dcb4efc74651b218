/** The key store of a Linux desktop, for real: `@napi-rs/keyring` and a Secret Service (GNOME Keyring) that knows nothing of us. */
import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { KeyStore } from '../../packages/kit/src/platform/key-store.ts';
import { systemKeyStore } from '../../packages/kit/src/platform/node/system-key-store.ts';
import { createOneDrive, type EmbeddedOneDrive } from '../../packages/server/src/index.ts';
import { type Listening, listen } from '../../packages/server/src/listen/node-server.ts';
import { type Terminal, terminal, wholeSignIn } from '../accounts/terminal.ts';
import { hasSecretService, openSecretService, type SecretService } from './fixtures/secret-service.ts';

if (!hasSecretService)
  process.stderr.write(
    'Skipped: key-store.interop.ts needs a bus and a keyring (apt-get install dbus gnome-keyring).\n',
  );

describe.skipIf(!hasSecretService)('the Secret Service', () => {
  let service: SecretService;
  let keys: KeyStore;
  let drive: EmbeddedOneDrive;
  let server: Listening;
  let machine: Terminal;

  beforeAll(async () => {
    const found = await systemKeyStore('linux');
    if (found === undefined) throw new Error('@napi-rs/keyring has no binary for this system.');
    keys = found;
    // A locked keyring without a user to prompt returns "Dismissed": it exists.
    const isThere = (error: unknown): boolean => /dismissed|locked/i.test(String(error));
    service = await openSecretService(() => keys.get('probe').then(() => true, isThere));
    drive = await createOneDrive({
      accounts: [{ userPrincipalName: 'me@outlook.com', displayName: 'Me' }],
      identity: { autoConsent: true },
    });
    server = await listen(drive.handler);
  });
  afterAll(async () => {
    await server.close();
    await drive.close();
    await service.close();
  });
  beforeEach(async () => {
    await service.start('the password of the desktop');
    machine = await terminal(keys);
    await writeFile(
      machine.config,
      `client: {id: app}\nendpoints: {authority: "${server.url}", graph: "${server.url}"}\n`,
      { mode: 0o600 },
    );
  });
  afterEach(async () => {
    await service.stop();
    await machine.remove();
  });

  const text = () => readFile(machine.config, 'utf8');

  it('keeps a secret, gives it back, forgets it, and minds nothing that is not there', async () => {
    expect(await keys.get('a name')).toBeUndefined();
    await keys.set('a name', 'käse 🧀');
    await keys.set('another', 'b');
    expect(await keys.get('a name')).toBe('käse 🧀');
    await keys.set('a name', 'second');
    expect(await keys.get('a name')).toBe('second');
    await keys.delete('a name');
    await keys.delete('a name');
    expect([await keys.get('a name'), await keys.get('another')]).toEqual([undefined, 'b']);
  });

  it('holds the key of a sign-in, whose tokens lie encrypted in the file, until it is signed out', async () => {
    const { stderr, status } = await machine.type(['auth'], { browser: wholeSignIn });
    expect([status, stderr]).toEqual([0, expect.not.stringContaining('No system keychain is available')]);
    expect(await text()).toMatch(/sealed:/);
    expect(await text()).not.toMatch(/refresh_token|access_token/);
    expect((await machine.type(['auth_refresh'])).status).toBe(0);
    expect((await machine.type(['auth', 'status'])).stdout).toContain('the Secret Service of the desktop');
    expect((await machine.type(['doctor'])).stdout).toMatch(/^ok {4}keychain: the Secret Service/m);
    expect((await machine.type(['auth', 'logout'])).status).toBe(0);
    expect((await machine.type(['quota'])).status).toBe(3);
  });

  it('still has it after a restart of the desktop', async () => {
    await machine.type(['auth'], { browser: wholeSignIn });
    await service.stop();
    await service.start('the password of the desktop');
    expect((await machine.type(['quota'])).status).toBe(0);
  });

  it.each([
    ['is gone', async () => undefined],
    ['is locked', () => service.start('not the password')],
  ])('that %s asks for a sign-in and breaks nothing', async (_, begin) => {
    await machine.type(['auth'], { browser: wholeSignIn });
    const before = await text();
    await service.stop();
    await begin();
    expect(await machine.type(['quota'])).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('the keychain of the system cannot be read') as unknown,
    });
    expect((await machine.type(['doctor'])).stdout).toMatch(/^fail {2}keychain: .* does not answer/m);
    expect(await text()).toBe(before);
    await service.stop();
    await service.start('the password of the desktop');
    expect((await machine.type(['quota'])).status).toBe(0);
  });

  it('that is missing at sign-in results in a file readable by its owner only, and a note', async () => {
    await service.stop();
    const { stderr, status } = await machine.type(['auth'], { browser: wholeSignIn });
    expect([status, stderr.match(/No system keychain is available/g)]).toEqual([
      0,
      ['No system keychain is available'],
    ]);
    expect((await machine.type(['quota'])).status).toBe(0);
  });
});
