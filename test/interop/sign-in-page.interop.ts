/** The sign-in and consent pages in a real Chromium: by mouse, by keyboard alone, without scripts, light and dark. */
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOneDrive, type EmbeddedOneDrive } from '../../packages/server/src/index.ts';
import { type Listening, listen } from '../../packages/server/src/listen/node-server.ts';
import { lowestContrast } from './fixtures/contrast.ts';

const executablePath = '/usr/bin/chromium';
const installed = existsSync(executablePath);
if (!installed)
  process.stderr.write('Skipped: sign-in-page.interop.ts needs Chromium (apt-get install chromium).\n');

describe.skipIf(!installed)('the sign-in pages in Chromium', () => {
  let chrome: Browser;
  let onedrive: EmbeddedOneDrive;
  let server: Listening;
  /** Where the answers go: a client's loopback listener. */
  let client: Listening;
  let visits = 0;
  let answers: { readonly method: string; readonly values: URLSearchParams }[] = [];

  beforeAll(async () => {
    onedrive = await createOneDrive({
      accounts: [
        { displayName: 'Alex Wilber' },
        {
          displayName: 'Megan Bowen',
          userPrincipalName: 'megan@contoso.com',
          kind: 'business',
          password: 'pass',
        },
      ],
    });
    server = await listen(onedrive.handler);
    client = await listen(async ({ method, url, body }) => {
      let text = '';
      for await (const chunk of body) text += new TextDecoder().decode(chunk);
      if (url.pathname === '/done')
        answers.push({ method, values: method === 'POST' ? new URLSearchParams(text) : url.searchParams });
      return { status: 200, headers: { 'Content-Type': 'text/html' }, body: '<h1>Back</h1>' };
    });
    chrome = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await chrome.close();
    await Promise.all([server.close(), client.close()]);
    await onedrive.close();
  });

  const authorize = (more: Record<string, string> = {}) => {
    const query = new URLSearchParams({
      client_id: `client-${visits}`, // a new one each time, without earlier consent
      response_type: 'code',
      redirect_uri: `${client.url}/done`,
      scope: 'Files.ReadWrite offline_access openid',
      state: 's',
      ...more,
    });
    return `${server.url}/common/oauth2/v2.0/authorize?${query.toString()}`;
  };

  async function visit(
    options: Parameters<Browser['newContext']>[0],
    steps: (page: Page) => Promise<void>,
  ): Promise<void> {
    answers = [];
    visits += 1;
    const context = await chrome.newContext(options);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    try {
      await steps(page);
    } finally {
      await context.close();
    }
    expect(complaints.filter((text) => !text.includes('favicon'))).toEqual([]);
  }

  it.each([true, false])('sign a person in by mouse (scripts: %s)', async (javaScriptEnabled) => {
    await visit({ javaScriptEnabled }, async (page) => {
      await page.goto(authorize());
      await page.getByRole('button', { name: /Alex Wilber/ }).click();
      await page.getByRole('button', { name: 'Accept' }).click();
      await page.waitForURL(/\/done\?/);
      expect(answers).toHaveLength(1);
      expect(answers[0]?.values.get('code')).toBeTruthy();
    });
  });

  it('sign a person in by keyboard alone; Enter in a field signs in and does not cancel', async () => {
    await visit({}, async (page) => {
      await page.goto(authorize());
      await page.getByLabel('Or type another account').focus();
      await page.keyboard.type('megan@contoso.com');
      await page.keyboard.press('Tab');
      await page.keyboard.type('pass');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Permissions requested' }).waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/done\?/);
      expect(answers[0]?.values.has('code')).toBe(true);
    });
  });

  it('send a decline back', async () => {
    await visit({}, async (page) => {
      await page.goto(authorize());
      await page.getByRole('button', { name: /Alex Wilber/ }).click();
      await page.getByRole('button', { name: 'Decline' }).click();
      await page.waitForURL(/\/done\?/);
      expect(answers[0]?.values.get('error')).toBe('access_denied');
    });
  });

  it('show what is wrong with a password, tied to its fields', async () => {
    await visit({}, async (page) => {
      await page.goto(authorize());
      await page.getByLabel('Or type another account').fill('megan@contoso.com');
      await page.getByLabel(/Password/).fill('wrong');
      await page.getByRole('button', { name: 'Sign in' }).click();
      expect(await page.getByRole('alert').textContent()).toContain('wrong');
      expect(await page.getByLabel(/Password/).getAttribute('aria-describedby')).toBe('problem');
    });
  });

  it.each([true, false])(
    'post a form to the client where it asks so (scripts: %s)',
    async (javaScriptEnabled) => {
      await visit({ javaScriptEnabled }, async (page) => {
        await page.goto(
          authorize({ response_mode: 'form_post', login_hint: 'alex.wilber@outlook.com', auto_consent: '1' }),
        );
        if (!javaScriptEnabled) await page.getByRole('button', { name: 'Continue' }).click();
        await page.getByRole('heading', { name: 'Back' }).waitFor();
        expect(answers[0]).toMatchObject({ method: 'POST' });
        expect(answers[0]?.values.get('state')).toBe('s');
      });
    },
  );

  it.each(['light', 'dark'] as const)('have enough contrast in %s', async (colorScheme) => {
    await visit({ colorScheme }, async (page) => {
      await page.goto(authorize());
      expect(await lowestContrast(page)).toBeGreaterThanOrEqual(4.5);
      await page.getByRole('button', { name: /Alex Wilber/ }).click();
      expect(await lowestContrast(page)).toBeGreaterThanOrEqual(4.5);
      await page.goto(server.url);
      expect(await lowestContrast(page)).toBeGreaterThanOrEqual(4.5);
    });
  });

  it('fit a narrow screen without scrolling sideways', async () => {
    await visit({ viewport: { width: 320, height: 640 } }, async (page) => {
      for (const url of [authorize(), `${server.url}/`, `${server.url}/devicelogin`]) {
        await page.goto(url);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
      }
    });
  });
});
