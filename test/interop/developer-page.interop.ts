/** The developer tools at `/_page/developer` in a real Chromium. */
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { appearances, violations } from './fixtures/accessibility.ts';
import { chromiumInstalled, visits } from './fixtures/page-in-chromium.ts';

describe.skipIf(!chromiumInstalled)('the developer tools in Chromium', () => {
  const current = visits({ 'notes.txt': 'some notes' });
  const button = (name: string): Locator => current().page.getByRole('button', { name, exact: true });
  const open = (part: string) => current().page.goto(`${current().onedrive.url}/_page/developer#${part}`);
  const toast = (text: string) => current().page.locator('#toasts', { hasText: text }).waitFor();
  const get = (path: string) => {
    const { onedrive } = current();
    return fetch(`${onedrive.url}${path}`, { headers: { authorization: `Bearer ${onedrive.token()}` } });
  };

  it('shows requests as they come, filters them, and copies one as a curl command that works', async () => {
    const { page, onedrive, complaints } = current();
    await open('requests');
    await get('/v1.0/me/drive/root:/notes.txt');
    await get("/v1.0/me/drive/root:/it's missing.txt");
    await button("GET /v1.0/me/drive/root:/it's missing.txt").waitFor();
    await page.getByRole('searchbox').fill('get 4xx missing');
    await page.getByText('1 of 2 requests').waitFor();
    await button("GET /v1.0/me/drive/root:/it's missing.txt").click();
    await page.getByText('Response headers').waitFor();
    await button('Copy as curl').click();
    await toast('Copied.');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^curl -i .*-H 'authorization: \*\*\*'/);
    expect(copied).toContain(`'${onedrive.url}/v1.0/me/drive/root:/it'\\''s%20missing.txt'`);
    expect(complaints).toEqual([]);
  });

  it('shows the fault plan in force, sets faults, and describes what is wrong with a plan', async () => {
    const { page, onedrive } = current();
    await open('faults');
    await button('Throttle the next 3 requests').click();
    await expect.poll(() => onedrive.control.faults.plan.rules.length).toBe(1);
    const answer = await get('/v1.0/me');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '2']);
    await button('No faults').click();
    await toast('No faults are injected.');
    expect(onedrive.control.faults.plan.rules).toEqual([]);
    await page.getByLabel('Fault plan (JSON)').fill('{"rules": [{"fault": {"kind": "boom"}}]}');
    await button('Apply this plan').click();
    await toast('rules[0].fault');
  });

  it('moves the clock and switches quirks', async () => {
    const { page, onedrive, complaints } = current();
    await open('time');
    await button('+1 day').click();
    await expect.poll(() => onedrive.control.clock.now() - Date.now()).toBeGreaterThan(80_000_000);
    await button('Stop the clock').click();
    await button('Start the clock').waitFor();
    expect(onedrive.control.clock.stopped).toBe(true);
    await page.getByRole('switch', { name: 'no-hash' }).click();
    await toast('no-hash is on.');
    expect(await (await get('/v1.0/me/drive/root:/notes.txt')).text()).not.toContain('quickXorHash');
    expect(complaints).toEqual([]);
  });

  it('describes what a restore and a reset delete, and does nothing when they are cancelled', async () => {
    const { page, onedrive, complaints } = current();
    await open('state');
    await page.getByLabel('Name of the snapshot').fill('before');
    await button('Take a snapshot').click();
    await toast('“before”');
    const remove = () =>
      fetch(`${onedrive.url}/v1.0/me/drive/root:/notes.txt`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${onedrive.token()}` },
      });
    const status = async () => (await get('/v1.0/me/drive/root:/notes.txt')).status;
    await remove();
    await button('Restore before').click();
    await page.getByText('This deletes every change since it was taken').waitFor();
    await button('Cancel').click();
    expect(await status()).toBe(404);
    await button('Restore before').click();
    await button('Restore the snapshot').click();
    await toast('Restored the snapshot');
    expect(await status()).toBe(200);
    await remove();
    await button('Reset the server').click();
    await page.getByText('This deletes every file of every drive').waitFor();
    await button('Cancel').click();
    expect(await status()).toBe(404);
    await button('Reset the server').click();
    await button('Delete everything').click();
    await toast('The server was reset');
    expect(await status()).toBe(200);
    expect(complaints).toEqual([]);
  });

  it.each(appearances)('has no violation of axe-core: %j', async ({ width, colorScheme }) => {
    const { page } = current();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 720 });
    await get('/v1.0/me/drive/root:/notes.txt');
    await open('requests');
    await button('GET /v1.0/me/drive/root:/notes.txt').click();
    expect(await violations(page)).toEqual([]);
    await button('Close request').click();
    for (const part of ['requests', 'faults', 'time', 'state', 'connect']) {
      await open(part);
      await page.locator('.parts [aria-current=page]').waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  });
});
