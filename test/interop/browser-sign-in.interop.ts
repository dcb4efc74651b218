/** `onedrive-cli auth` with a user in a real Chromium: the loopback page, and requests of other pages to it. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOneDrive, type EmbeddedOneDrive } from '../../packages/server/src/index.ts';
import { type Listening, listen } from '../../packages/server/src/listen/node-server.ts';
import { type Terminal, terminal } from '../accounts/terminal.ts';

const executablePath = '/usr/bin/chromium';
const installed = existsSync(executablePath);
if (!installed)
  process.stderr.write('Skipped: browser-sign-in.interop.ts needs Chromium (apt-get install chromium).\n');

describe.skipIf(!installed)('signing in with Chromium', () => {
  let chrome: Browser;
  let onedrive: EmbeddedOneDrive;
  let server: Listening;
  let machine: Terminal;

  beforeAll(async () => {
    onedrive = await createOneDrive({
      accounts: [
        {
          userPrincipalName: 'megan@contoso.com',
          displayName: 'Megan Bowen',
          kind: 'business',
          password: 'pass',
        },
      ],
    });
    server = await listen(onedrive.handler);
    chrome = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await machine.remove();
    await chrome.close();
    await server.close();
    await onedrive.close();
  });
  beforeEach(async () => {
    machine = await terminal();
    await writeFile(
      machine.config,
      `client: {id: app}\nendpoints: {authority: "${server.url}", graph: "${server.url}"}\n`,
      { mode: 0o600 },
    );
  });

  /** The user: selects the account, types the password, and accepts the consent page. */
  const person =
    (choice: 'Accept' | 'Decline', last: string[]) =>
    async (url: string): Promise<boolean> => {
      const page = await chrome.newPage();
      void (async () => {
        await page.goto(url);
        await page.getByLabel('Or type another account').fill('megan@contoso.com');
        await page.getByLabel('Password').fill('pass');
        await page.keyboard.press('Enter');
        await page.getByRole('button', { name: choice }).click();
        await page.waitForURL(/^http:\/\/localhost:\d+\//);
        last.push(await page.locator('h1').innerText(), page.url());
        await page.close();
      })().catch((error: unknown) => last.push(String(error)));
      return true;
    };

  it('ends on a confirmation page, and the drive can be used', { timeout: 30_000 }, async () => {
    const last: string[] = [];
    const { status, stderr } = await machine.type(['auth'], { browser: person('Accept', last) });
    expect(stderr).toContain('Signed in as Megan Bowen <megan@contoso.com>');
    expect(status).toBe(0);
    await expect.poll(() => last[0]).toBe('Almost done');
    expect((await machine.type(['quota'])).status).toBe(0);
    expect((await machine.type(['auth', 'status'])).stdout).toContain('Files.Read');
  });

  it('steps up in the browser when a command changes something', { timeout: 30_000 }, async () => {
    const last: string[] = [];
    await machine.type(['auth'], { browser: person('Accept', last) });
    const { status, stderr } = await machine.type(['mkdir', 'New'], {
      browser: person('Accept', last),
      isTTY: true,
    });
    expect(stderr).toContain('mkdir needs Files.ReadWrite');
    expect(status).toBe(0);
  });

  it('a declined consent is reported in the browser and in the terminal', { timeout: 30_000 }, async () => {
    const last: string[] = [];
    const { status, stderr } = await machine.type(['auth', '--access', 'write', '--client-id', 'another'], {
      browser: person('Decline', last),
    });
    expect(stderr).toMatch(/declined|AADSTS65004/);
    expect(status).toBe(3);
    await expect.poll(() => last[0]).toBe('Not signed in');
  });

  it('a web page that calls the loopback page changes nothing', { timeout: 30_000 }, async () => {
    const attacks: number[] = [];
    const browser = async (url: string): Promise<boolean> => {
      const redirect = new URL(url).searchParams.get('redirect_uri') ?? '';
      const page = await chrome.newPage();
      await page.goto(`${server.url}/`);
      await page.evaluate(
        (address) => fetch(`${address}/?code=stolen&state=guess`, { mode: 'no-cors' }).catch(() => undefined),
        redirect,
      );
      await page.close();
      const response = await fetch(`${redirect}/?code=stolen&state=guess`);
      attacks.push(response.status);
      return person('Accept', [])(url);
    };
    const { status } = await machine.type(['auth', '--client-id', 'third'], { browser });
    expect(attacks).toEqual([400]);
    expect(status).toBe(0);
  });
});
