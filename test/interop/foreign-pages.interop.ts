/**
 * Pages of another origin, and of a name that was rebound to this machine, in a real Chromium: whatever they try, they get
 * no name, no byte and no token, and change nothing. Chromium's own protection (Local Network Access) is off, for other
 * browsers have none.
 */
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningOneDrive, startOneDrive } from '../../packages/server/src/index.ts';
import { type Listening, listen } from '../../packages/server/src/listen/node-server.ts';
import { attack, type Target } from './fixtures/foreign-page.ts';

const executablePath = '/usr/bin/chromium';
const installed = existsSync(executablePath);
if (!installed)
  process.stderr.write('Skipped: foreign-pages.interop.ts needs Chromium (apt-get install chromium).\n');

const open = [
  '--no-sandbox',
  '--host-resolver-rules=MAP evil.test 127.0.0.1',
  '--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests,PrivateNetworkAccessSendPreflights',
];
const people = {
  personal: 'alex.wilber@outlook.com',
  business: 'alex.wilber@contoso.onmicrosoft.com',
} as const;

describe.skipIf(!installed)('pages in Chromium', () => {
  let chrome: Browser;
  let site: Listening;

  beforeAll(async () => {
    chrome = await chromium.launch({ executablePath, args: open });
    const page = {
      status: 200,
      headers: { 'Content-Type': 'text/html' },
      body: '<!doctype html><title>page</title>',
    };
    site = await listen(async () => page, { allowHosts: ['evil.test'] });
  });
  afterAll(async () => {
    await chrome.close();
    await site.close();
  });

  describe.each(['personal', 'business'] as const)('a %s drive', (kind) => {
    let onedrive: RunningOneDrive;
    let context: BrowserContext;
    let page: Page;
    let target: Target;

    beforeEach(async () => {
      onedrive = await startOneDrive({ kind, seed: { 'secret-name.txt': 'secret-content' } });
      context = await chrome.newContext();
      page = await context.newPage();
      target = await describeTarget(onedrive, people[kind]);
    });
    afterEach(async () => {
      await context.close();
      await onedrive.close();
    });

    const expectNothing = async (loot: readonly string[]) => {
      expect(loot).toEqual([]);
      expect(await namesOf(onedrive)).toEqual(['secret-name.txt']);
      // Links may lead to the sign-in page and to files, in a window of their own. Nothing else was answered.
      const answered = onedrive.requests.filter(({ status = 0 }) => status >= 200 && status < 400);
      const other = answered.filter(({ requestHeaders: headers, url }) => {
        const foreign = JSON.stringify(headers).includes('evil.test');
        return foreign && !(headers['sec-fetch-dest'] === 'document' && /authorize|_content/.test(url));
      });
      expect(other.map(({ method, url }) => `${method} ${url}`)).toEqual([]);
    };

    it('gives nothing to a page of another origin', async () => {
      await page.goto(`http://evil.test:${site.port}/`);
      for (const url of [onedrive.url, `http://localhost:${onedrive.port}`])
        await expectNothing(await page.evaluate(attack, { ...target, url }));
    });

    it('gives nothing to a page whose name was rebound to this machine', async () => {
      const rebound = `http://evil.test:${onedrive.port}`;
      // The page came while the name still led elsewhere.
      await context.route(`${rebound}/attack`, (route) =>
        route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>attack</title>' }),
      );
      await page.goto(`${rebound}/attack`);
      for (const forwarded of ['', 'localhost', `127.0.0.1:${onedrive.port}`])
        await expectNothing(await page.evaluate(attack, { ...target, url: rebound, forwarded }));
    });

    it('gives nothing to a sandboxed frame, whose origin is null', async () => {
      await page.goto(`http://evil.test:${site.port}/`);
      const [frame] = await Promise.all([
        page.waitForEvent('frameattached'),
        page.evaluate(() => {
          const made = document.createElement('iframe');
          made.setAttribute('sandbox', 'allow-scripts allow-forms allow-popups');
          made.srcdoc = '<!doctype html><title>sandboxed</title>';
          document.body.append(made);
        }),
      ]);
      await frame.waitForLoadState();
      await expectNothing(await frame.evaluate(attack, target));
    });

    it('is used by a page on another port of this machine', async () => {
      await page.goto(`http://localhost:${site.port}/`);
      const names = await page.evaluate(async ({ url, token }) => {
        const headers = { Authorization: `Bearer ${token}` };
        const answer = await fetch(`${url}/v1.0/me/drive/root/children`, { headers });
        const { value } = (await answer.json()) as { value: { name: string }[] };
        return value.map(({ name }) => name);
      }, target);
      expect(names).toEqual(['secret-name.txt']);
    });
  });
});

async function describeTarget(onedrive: RunningOneDrive, name: string): Promise<Target> {
  const token = onedrive.token();
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  const ask = async (path: string, init: RequestInit = {}) =>
    (await (await onedrive.fetch(`/v1.0/me/drive/root${path}`, { headers, ...init })).json()) as Record<
      string,
      string
    >;
  const item = await ask(':/secret-name.txt');
  const post = { method: 'POST', body: '{}' };
  const session = await ask(':/planted-by-session.txt:/createUploadSession', post);
  const channel = await onedrive.fetch('/v1.0/me/drive/root/subscriptions/socketIo', { headers });
  const { notificationUrl = '' } = (await channel.json()) as Record<string, string>;
  return {
    url: onedrive.url,
    forwarded: '',
    name,
    token,
    downloadUrl: item['@microsoft.graph.downloadUrl'] ?? '',
    uploadUrl: session['uploadUrl'] ?? '',
    channelUrl: notificationUrl,
  };
}

async function namesOf(onedrive: RunningOneDrive): Promise<readonly string[]> {
  const headers = { Authorization: `Bearer ${onedrive.token()}` };
  const answer = await onedrive.fetch('/v1.0/me/drive/root/children', { headers });
  return ((await answer.json()) as { value: { name: string }[] }).value.map(({ name }) => name);
}
