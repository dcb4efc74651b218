/** The page at `/` in a real Chromium: an account's files, and the instruments of a developer. */
import { existsSync, readFileSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningOneDrive, startOneDrive } from '../../packages/server/src/index.ts';
import { lowestContrast } from './fixtures/contrast.ts';

const executablePath = '/usr/bin/chromium';
const installed = existsSync(executablePath);
if (!installed) process.stderr.write('Skipped: page.interop.ts needs Chromium (apt-get install chromium).\n');

describe.skipIf(!installed)('the page in Chromium', () => {
  let chrome: Browser;
  let onedrive: RunningOneDrive;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    chrome = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });
  afterAll(() => chrome.close());
  beforeEach(async () => {
    onedrive = await startOneDrive({
      seed: { 'notes.txt': 'some notes', Reports: { folder: { 'q1.txt': 'first quarter' } } },
    });
    const context = await chrome.newContext({ acceptDownloads: true });
    page = await context.newPage();
    complaints = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
  });
  afterEach(async () => {
    await page.context().close();
    await onedrive.close();
  });

  const signIn = async () => {
    await page.goto(onedrive.url);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: /Alex Wilber/ }).click();
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.getByRole('button', { name: 'Open Reports' }).waitFor();
  };
  const status = () => page.getByRole('status');
  const rowOf = (name: string) => page.locator('#items tr', { hasText: name });

  it('signs in with the server itself, walks into a folder and back', async () => {
    await signIn();
    expect(new URL(page.url()).search).toBe('');
    expect(await page.locator('#who').textContent()).toContain('Alex Wilber');
    await page.getByRole('button', { name: 'Open Reports' }).click();
    await rowOf('q1.txt').waitFor();
    await page.getByRole('navigation').getByRole('button', { name: 'Files' }).click();
    await rowOf('notes.txt').waitFor();
    expect(complaints).toEqual([]);
  });

  it('uploads what is chosen, in a session where it is large, and downloads it', async () => {
    await signIn();
    const large = Buffer.alloc(6 * 1024 * 1024, 'x');
    await page.locator('#choose').setInputFiles([
      { name: 'small.txt', mimeType: 'text/plain', buffer: Buffer.from('small') },
      { name: 'large.bin', mimeType: 'application/octet-stream', buffer: large },
    ]);
    await expect.poll(() => status().textContent()).toBe('Uploaded 2 files.');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download large.bin' }).click(),
    ]);
    expect(readFileSync(await download.path()).equals(large)).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('uploads what is dropped', async () => {
    await signIn();
    const data = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['dropped'], 'dropped <b>.txt'.replaceAll(/[<>]/g, '')));
      return transfer;
    });
    await page.dispatchEvent('#drop', 'drop', { dataTransfer: data });
    await rowOf('dropped b.txt').waitFor();
    expect(complaints).toEqual([]);
  });

  it('makes a folder by keyboard alone', async () => {
    await signIn();
    await page.getByRole('button', { name: 'New folder' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('By keyboard');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Open By keyboard' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('deletes, shows the recycle bin and restores', async () => {
    await signIn();
    await page.getByRole('button', { name: 'Delete notes.txt' }).click();
    await expect.poll(() => status().textContent()).toContain('recycle bin');
    await page.getByRole('button', { name: 'Recycle bin' }).click();
    await page.getByRole('button', { name: 'Restore notes.txt' }).click();
    await expect.poll(() => status().textContent()).toBe('Restored notes.txt.');
    await page.getByRole('button', { name: 'Recycle bin' }).click();
    await rowOf('notes.txt').waitFor();
    expect(complaints).toEqual([]);
  });

  it('makes a link, and goes back to an older version', async () => {
    await signIn();
    await page.getByRole('button', { name: 'Share notes.txt' }).click();
    expect(await page.getByLabel(/Anyone with this link/).inputValue()).toMatch(/^http/);
    await page.getByRole('button', { name: 'Close' }).click();
    const text = (words: string) => ({
      name: 'notes.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from(words),
    });
    await page.locator('#choose').setInputFiles([text('newer and longer notes')]);
    await expect.poll(() => status().textContent()).toBe('Uploaded 1 file.');
    await page.getByRole('button', { name: 'Versions notes.txt' }).click();
    await page
      .getByRole('button', { name: /^Restore version/ })
      .first()
      .click();
    await expect.poll(() => status().textContent()).toContain('to version');
    const headers = { Authorization: `Bearer ${onedrive.token()}` };
    const answer = await fetch(`${onedrive.url}/v1.0/me/drive/root:/notes.txt:/content`, { headers });
    expect(await answer.text()).toBe('some notes');
    expect(complaints).toEqual([]);
  });

  it('shows requests as they come, counts them, moves the clock and orders faults', async () => {
    await signIn();
    await page.locator('#log tr', { hasText: '/v1.0/me/drive' }).first().waitFor();
    await page.getByRole('button', { name: '+1 day' }).click();
    await expect.poll(() => onedrive.control.clock.now() - Date.now()).toBeGreaterThan(80_000_000);
    await page.getByRole('button', { name: 'Throttle the next 3 requests' }).click();
    await expect.poll(() => onedrive.control.faults.plan.rules.length).toBe(1);
    const answer = await fetch(`${onedrive.url}/v1.0/me`);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '2']);
    await page.locator('#log tr', { hasText: '429' }).first().waitFor();
    await page.getByRole('button', { name: 'No faults' }).click();
    await expect.poll(() => status().textContent()).toBe('No faults.');
    expect(onedrive.control.faults.plan.rules).toEqual([]);
    await page.getByLabel('Fault plan (JSON)').fill('{"rules": [{"fault": {"kind": "boom"}}]}');
    await page.getByRole('button', { name: 'Apply this plan' }).click();
    await expect.poll(() => status().textContent()).toContain('rules[0].fault');
  });

  it.each(['light', 'dark'] as const)('has enough contrast in %s, signed in', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await signIn();
    expect(await lowestContrast(page)).toBeGreaterThanOrEqual(4.5);
  });

  it('fits a narrow screen, and names every control', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    await signIn();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    const nameless = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('button, a, input, textarea')]
        .filter((element) => element.offsetParent !== null)
        .filter((element) => {
          const labels = 'labels' in element ? (element as HTMLInputElement).labels : null;
          return !(element.getAttribute('aria-label') ?? element.textContent.trim()) && !labels?.length;
        })
        .map((element) => element.outerHTML),
    );
    expect(nameless).toEqual([]);
  });

  it('runs no script and loads nothing that is not its own', async () => {
    const answer = await fetch(onedrive.url);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    const hosts = new Set<string>();
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    await page.goto(onedrive.url);
    await page.locator('#counters dd').first().waitFor();
    expect([...hosts].filter((host) => host !== '')).toEqual([new URL(onedrive.url).host]);
  });
});
