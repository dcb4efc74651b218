/**
 * Stock cmis-client (Debian's libcmis 0.5.2, which LibreOffice is built on) with its binding of Live v5.0: sign-in at
 * login.live.com, then every command that the binding knows.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf, patternBytes } from './fixtures/bytes.ts';
import { type Embedded, startEmbedded } from './fixtures/embedded.ts';
import { canTrust, installed, type Ran, run, trusting } from './fixtures/program.ts';

const usable = installed({ 'cmis-client': 'cmis-client' }) && canTrust();
const who = 'alex@outlook.com';
const odd = 'ünï #1.txt';
const oauth = {
  'client-id': '0000000044444444',
  'client-secret': 'secret',
  'auth-url': 'https://login.live.com/oauth20_authorize.srf',
  'token-url': 'https://login.live.com/oauth20_token.srf',
  'redirect-uri': 'https://login.live.com/oauth20_desktop.srf',
  scope: 'wl.skydrive_update wl.offline_access',
} as const;

describe.skipIf(!usable)('cmis-client', () => {
  let server: Embedded;
  let work: string;

  beforeAll(async () => {
    server = await startEmbedded({
      kind: 'personal',
      tls: false,
      accounts: [{ userPrincipalName: who, autoConsent: true }],
    });
    work = mkdtempSync(join(tmpdir(), 'onedrive-kit-cmis-'));
  });
  afterAll(async () => {
    await server.close();
    rmSync(work, { recursive: true, force: true });
  });

  const cmis = async (args: readonly string[]): Promise<Ran> => {
    const authorize = new URLSearchParams({
      client_id: oauth['client-id'],
      scope: oauth.scope,
      redirect_uri: oauth['redirect-uri'],
      response_type: 'code',
    });
    const blank = await server.consent(`${oauth['auth-url']}?${authorize}`, who);
    const options = [...Object.entries(oauth), ['auth-code', blank.searchParams.get('code') ?? '']];
    const signIn = options.flatMap(([name, value]) => [`--oauth2-${name}`, value ?? '']);
    const connect = ['--url', 'https://apis.live.net/v5.0', '-u', who, '-p', 'password', ...signIn];
    return run(trusting(['cmis-client', ...connect, ...args]), {
      cwd: work,
      env: { HOME: work, https_proxy: server.proxy },
    });
  };
  const ok = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await cmis(args);
    expect(code, stdout + stderr).toBe(0);
    expect(stderr).not.toContain('ERROR');
    return stdout;
  };
  const idIn = (shown: string): string => /^Id: (\S+)$/m.exec(shown)?.[1] ?? '';
  const idOf = async (path: string): Promise<string> => idIn(await ok('show-by-path', path));
  const names = async (path: string): Promise<string[]> => {
    const page = (await server.graph(`/me/drive/root${path}/children`)) as { value: { name: string }[] };
    return page.value.map(({ name }) => name).sort();
  };
  const input = (content: string | Uint8Array): string[] => {
    writeFileSync(join(work, 'input'), content);
    return ['--input-file', join(work, 'input'), '--input-type', 'application/octet-stream'];
  };

  it('lists the repository, its facts and its types', async () => {
    expect(await ok('list-repos')).toContain('One Drive (OneDrive)');
    expect(await ok('repo-infos')).toContain('Root Id:     me/skydrive');
    expect(await ok('type-by-id', 'cmis:folder')).toContain('cmis:folder');
  });

  it('makes folders, and shows them from the root, by id and by path', async () => {
    const root = idIn(await ok('show-root'));
    expect(root).toMatch(/^folder\.[0-9a-f]{16}$/);
    const made = idIn(await ok('create-folder', root, 'made'));
    expect(await ok('show-by-id', made)).toContain('Name: made');
    expect(await idOf('/made')).toBe(made);
    expect(await ok('show-root')).toContain(`made (${made})`);
    await ok('create-folder', made, 'inner');
    expect(await names(':/made:')).toEqual(['inner']);
  });

  it('makes documents with odd names, and gets their content', async () => {
    await ok(...input('first content'), 'create-document', await idOf('/made'), odd);
    await ok('get-content', await idOf(`/made/${odd}`));
    expect(readFileSync(join(work, odd), 'utf8')).toBe('first content');
    expect(Buffer.from(await server.content(`made/${odd}`)).toString()).toBe('first content');
  });

  it('replaces content with megabytes', async () => {
    const large = patternBytes(5_000_003);
    await ok(...input(large), 'set-content', await idOf(`/made/${odd}`));
    await ok('get-content', await idOf(`/made/${odd}`));
    expect(digestOf(readFileSync(join(work, odd)))).toEqual(digestOf(large));
  });

  it('renames and describes', async () => {
    const id = await idOf(`/made/${odd}`);
    await ok('--object-property', 'cmis:name=renamed.txt', 'update-object', id);
    await ok('--object-property', 'cmis:description=some words', 'update-object', id);
    expect(await server.graph('/me/drive/root:/made/renamed.txt')).toMatchObject({
      description: 'some words',
    });
  });

  it('moves', async () => {
    await ok('move-object', await idOf('/made/renamed.txt'), await idOf('/made'), await idOf('/made/inner'));
    expect(await names(':/made/inner:')).toEqual(['renamed.txt']);
    expect(await names(':/made:')).toEqual(['inner']);
  });

  it('checks out and in, which changes content and name', async () => {
    const id = await idOf('/made/inner/renamed.txt');
    await ok('checkout', id);
    await ok('cancel-checkout', id);
    await ok(...input('checked in'), '--object-property', 'cmis:name=checked.txt', 'checkin', id);
    expect(Buffer.from(await server.content('made/inner/checked.txt')).toString()).toBe('checked in');
    await ok('get-versions', id);
  });

  it('deletes documents, and folders with all that is in them', async () => {
    await ok('delete', await idOf('/made/inner/checked.txt'));
    expect(await names(':/made/inner:')).toEqual([]);
    await ok('delete', await idOf('/made'));
    expect(await names('')).toEqual([]);
  });

  it('gets an error for a missing item', async () => {
    expect((await cmis(['show-by-path', '/nowhere'])).stderr).toContain('No file could be found');
    expect((await cmis(['show-by-id', 'file.0123456789abcdef.0123456789ABCDEF!999'])).stderr).toContain(
      'ERROR',
    );
  });

  it('sent requests only to hosts of Microsoft', () => expect(server.refused).toEqual([]));
});
