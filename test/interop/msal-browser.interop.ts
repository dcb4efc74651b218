/** Microsoft's sign-in library for web pages, unmodified, in a real Chromium that takes this server for the cloud. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccountInfo, PublicClientApplication } from '@azure/msal-browser';
import { chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Listening, listen } from '../../packages/server/src/listen/node-server.ts';
import { type Embedded, startEmbedded } from './fixtures/embedded.ts';

const executablePath = '/usr/bin/chromium';
const installed = existsSync(executablePath);
if (!installed)
  process.stderr.write('Skipped: msal-browser.interop.ts needs Chromium (apt-get install chromium).\n');

/** What the page of the application has in its window. */
interface App extends Window {
  readonly ready: Promise<AccountInfo | null>;
  readonly app: PublicClientApplication;
}

const library = join(createRequire(import.meta.url).resolve('@azure/msal-browser'), '../../lib');
const scripts: Readonly<Record<string, string>> = {
  '/msal.js': join(library, 'msal-browser.min.js'),
  '/bridge.js': join(library, 'redirect-bridge/msal-redirect-bridge.min.js'),
};
/** The page of the application, and the one that its frames and windows end at. */
const pages = (clientId: string): Readonly<Record<string, string>> => ({
  '/': `<!doctype html><script src="/msal.js"></script><script>
    window.app = new msal.PublicClientApplication({
      auth: {
        clientId: '${clientId}',
        authority: 'https://login.microsoftonline.com/common',
        redirectUri: location.origin + '/',
      },
    });
    window.ready = app.initialize().then(() => app.handleRedirectPromise()).then((found) => found && found.account);
  </script>`,
  '/bridge': `<!doctype html><script src="/bridge.js"></script>
    <script>msalRedirectBridge.broadcastResponseToMainFrame();</script>`,
});
/** Debian's Chromium blocks cookies of other sites in frames by default; those of Google and Microsoft do not. */
const preferences = { profile: { cookie_controls_mode: 0, block_third_party_cookies: false } };
const people = { business: 'bea@contoso.com', personal: 'guest@outlook.com' } as const;

describe.skipIf(!installed)('@azure/msal-browser', () => {
  let server: Embedded;
  let site: Listening;
  let page: Page;
  /** A new application without consent, each time. */
  let visits = 0;

  beforeAll(async () => {
    server = await startEmbedded({
      accounts: [
        { userPrincipalName: people.business, displayName: 'Bea', kind: 'business' },
        { userPrincipalName: people.personal, displayName: 'Guest', kind: 'personal' },
      ],
      seed: { 'a.txt': 'hello' },
    });
    site = await listen(async ({ url: { pathname } }) => {
      const script = scripts[pathname];
      return script === undefined
        ? {
            status: 200,
            headers: { 'Content-Type': 'text/html' },
            body: pages(`client-${visits}`)[pathname] ?? '',
          }
        : { status: 200, headers: { 'Content-Type': 'text/javascript' }, body: readFileSync(script) };
    });
  });
  afterAll(async () => {
    await site.close();
    await server.close();
  });
  beforeEach(async () => {
    visits += 1;
    const names = [
      'graph.microsoft.com',
      'login.microsoftonline.com',
      '*.sharepoint.com',
      'api.onedrive.com',
      '*.1drv.com',
    ];
    const rules = names.map((name) => `MAP ${name} 127.0.0.1:${server.port}`).join(',');
    const args = ['--no-sandbox', `--host-resolver-rules=${rules}`];
    const profile = await mkdtemp(join(tmpdir(), 'msal-browser-'));
    await mkdir(join(profile, 'Default'));
    await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath,
      args,
      ignoreHTTPSErrors: true,
    });
    page = await context.newPage();
    return async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    };
  });

  /** Goes to the sign-in page and comes back as `name`, who accepts. */
  async function signIn(name: string): Promise<string | undefined> {
    await page.goto(`${site.url}/`);
    await page.evaluate(async () => {
      const { ready, app } = window as unknown as App;
      await ready;
      void app.loginRedirect({ scopes: ['Files.ReadWrite'] });
    });
    await page.getByRole('button', { name }).click();
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.waitForURL(`${site.url}/**`);
    return page.evaluate(async () => (await (window as unknown as App).ready)?.username);
  }

  it.each(Object.values(people))(
    'signs in as %s, and renews in silence, in a frame and in a window',
    async (name) => {
      expect(await signIn(name)).toBe(name);
      const renewed = await page.evaluate(async () => {
        const { app } = window as unknown as App;
        const [account] = app.getAllAccounts();
        const bridge = { redirectUri: `${location.origin}/bridge`, loginHint: account?.username ?? '' };
        const cached = await app.acquireTokenSilent({ account: account!, scopes: ['Files.ReadWrite'] });
        const fresh = await app.acquireTokenSilent({
          account: account!,
          scopes: ['Files.ReadWrite'],
          forceRefresh: true,
        });
        const framed = await app.ssoSilent({ ...bridge, scopes: ['Files.ReadWrite'] });
        return [cached.fromCache, fresh.fromCache, framed.account.username];
      });
      expect(renewed).toEqual([true, false, name]);
      const window_ = page.waitForEvent('popup');
      const asked = page.evaluate(async () => {
        const { app } = window as unknown as App;
        const redirectUri = `${location.origin}/bridge`;
        return (await app.acquireTokenPopup({ redirectUri, scopes: ['Files.Read.All'] })).scopes;
      });
      const popup = await window_;
      await popup.getByRole('button', { name: 'Accept' }).click();
      expect(await asked).toContain('Files.Read.All');
    },
  );

  it('a page reads and writes files with the token, past the bearer where a URL needs none', async () => {
    await signIn(people.business);
    const seen = await page.evaluate(async () => {
      const { app } = window as unknown as App;
      const [account] = app.getAllAccounts();
      const { accessToken } = await app.acquireTokenSilent({
        account: account!,
        scopes: ['Files.ReadWrite'],
      });
      const headers = { Authorization: `Bearer ${accessToken}`, 'Content-Type': 'application/json' };
      const root = 'https://graph.microsoft.com/v1.0/me/drive/root';
      const name = '@microsoft.graph.downloadUrl';
      const { value } = (await (
        await fetch(`${root}/children?$select=name,${name}`, { headers })
      ).json()) as {
        value: Record<string, string>[];
      };
      const text = await (await fetch(value[0]?.[name] ?? '')).text();
      const session = `${root}:/b.txt:/createUploadSession`;
      const made = await fetch(session, { method: 'POST', headers, body: '{}' });
      const { uploadUrl } = (await made.json()) as { uploadUrl: string };
      const put = await fetch(uploadUrl, {
        method: 'PUT',
        headers: { 'Content-Range': 'bytes 0-4/5' },
        body: 'world',
      });
      return [text, put.status];
    });
    expect(seen).toEqual(['hello', 201]);
    expect(Buffer.from(await server.content('b.txt')).toString()).toBe('world');
  });

  it('signs out, and has to sign in again', async () => {
    await signIn(people.personal);
    await page.evaluate(() => void (window as unknown as App).app.logoutRedirect());
    await page.waitForURL(/logout|127\.0\.0\.1/);
    const failed = await page.context().newPage();
    await failed.goto(`${site.url}/`);
    const error = await failed.evaluate(async (loginHint) => {
      const { app, ready } = window as unknown as App;
      await ready;
      const redirectUri = `${location.origin}/bridge`;
      return app
        .ssoSilent({ redirectUri, scopes: ['Files.ReadWrite'], loginHint })
        .catch((reason: unknown) => (reason as { errorCode?: string }).errorCode);
    }, people.personal);
    expect(error).toBe('login_required');
  });
});
