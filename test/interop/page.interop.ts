/** The file manager at `/` in a real Chromium. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { appearances, violations } from './fixtures/accessibility.ts';
import { chromiumInstalled, visits } from './fixtures/page-in-chromium.ts';

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const numbered = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`file-${String(index).padStart(5, '0')}.txt`, 'x']),
  );

describe.skipIf(!chromiumInstalled)('the page in Chromium', () => {
  const current = visits({
    'notes.txt': 'some notes',
    'picture.png': { bytes: pixel },
    "it's & that.txt": 'escaped',
    Reports: { folder: { 'q1.txt': 'first quarter', Old: { folder: { 'q0.txt': 'before' } } } },
    Many: { folder: numbered(2500) },
  });
  const row = (name: string) => current().page.getByRole('row', { name });
  const link = (name: string) => current().page.getByRole('link', { name, exact: true });
  const button = (name: string | RegExp) => current().page.getByRole('button', { name, exact: true });
  const toast = (text: string) => current().page.locator('#toasts', { hasText: text }).waitFor();
  const contentOf = async (name: string) => {
    const { onedrive } = current();
    const headers = { Authorization: `Bearer ${onedrive.token()}` };
    return (await fetch(`${onedrive.url}/v1.0/me/drive/root:/${name}:/content`, { headers })).text();
  };
  const text = (name: string, words: string) => ({
    name,
    mimeType: 'text/plain',
    buffer: Buffer.from(words),
  });

  it('signs in with the server itself, and leaves no code in the address or the history', async () => {
    const { page, onedrive, signIn, complaints } = current();
    await signIn();
    expect(new URL(page.url()).search).toBe('');
    expect(await page.locator('#who').textContent()).toContain('Alex Wilber');
    await link('Reports').click();
    await row('q1.txt').waitFor();
    await page.goBack();
    await row('notes.txt').waitFor();
    expect(page.url()).not.toContain('code=');
    const visited = onedrive.requests.filter(({ url }) => new URL(url).search.includes('code='));
    await page.reload();
    await row('notes.txt').waitFor();
    const after = onedrive.requests.filter(({ url }) => new URL(url).search.includes('code='));
    expect(after.length).toBe(visited.length);
    expect(complaints).toEqual([]);
  });

  it('removes a code from the address even if no sign-in was started on the page', async () => {
    const { page, onedrive } = current();
    await page.goto(`${onedrive.url}/?code=stolen&state=x#/Reports`);
    await button('Sign in').waitFor();
    expect(page.url()).toBe(`${onedrive.url}/#/Reports`);
  });

  it('opens the folder or file that the address names, also after signing in', async () => {
    const { page, onedrive, signIn, complaints } = current();
    await page.goto(`${onedrive.url}/#/Reports/Old`);
    await signIn();
    await row('q0.txt').waitFor();
    await page.goto(`${onedrive.url}/#/Reports/q1.txt`);
    await page.locator('[aria-selected=true]', { hasText: 'q1.txt' }).waitFor();
    await page.goto(`${onedrive.url}/#/Missing`);
    await page.getByText('There is nothing at').or(page.getByText('could not be found')).first().waitFor();
    expect(complaints.filter((one) => !one.includes('404'))).toEqual([]);
  });

  it('goes back and forward through folders, and up by the breadcrumbs', async () => {
    const { page, signIn } = current();
    await signIn();
    await link('Reports').click();
    await link('Old').click();
    await row('q0.txt').waitFor();
    expect(new URL(page.url()).hash).toBe('#/Reports/Old');
    await page.goBack();
    await row('q1.txt').waitFor();
    await page.goForward();
    await row('q0.txt').waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Files' }).click();
    await row('notes.txt').waitFor();
  });

  it('shows every item of a large folder, of which few rows exist; sorts and filters them', async () => {
    const { page, signIn, complaints } = current();
    await signIn();
    await link('Many').click();
    await page.getByText('2,500 items', { exact: true }).waitFor();
    expect(await page.locator('.row').count()).toBeLessThan(80);
    await page.getByRole('grid').press('End');
    await row('file-02499.txt').waitFor();
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('2501');
    await button('Name').click();
    await expect.poll(() => new URL(page.url()).hash).toBe('#/Many?order=desc');
    await page.getByRole('grid').press('Home');
    await row('file-02499.txt').waitFor();
    await page.getByLabel('Filter by name').fill('0123');
    await page.getByText('11 match the filter').waitFor();
    expect(complaints).toEqual([]);
  });

  it('uploads what is chosen, in a session where it is large, and downloads it', async () => {
    const { page, signIn, complaints } = current();
    await signIn();
    const large = Buffer.alloc(6 * 1024 * 1024, 'x');
    await page
      .locator('#choose')
      .setInputFiles([
        text('small.txt', 'small'),
        { name: 'large.bin', mimeType: 'application/octet-stream', buffer: large },
      ]);
    await toast('Uploaded 2 files.');
    await row('large.bin').locator('.check').click();
    const [download] = await Promise.all([page.waitForEvent('download'), button('Download').click()]);
    expect(readFileSync(await download.path()).equals(large)).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('uploads what is dropped', async () => {
    const { page, signIn, complaints } = current();
    await signIn();
    await row('notes.txt').waitFor();
    const data = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['dropped'], 'dropped.txt'));
      return transfer;
    });
    await page.dispatchEvent('#drop', 'drop', { dataTransfer: data });
    await row('dropped.txt').waitFor();
    expect(await contentOf('dropped.txt')).toBe('dropped');
    expect(complaints).toEqual([]);
  });

  it('shows progress of an upload, which can be cancelled', async () => {
    const { page, onedrive, signIn } = current();
    await signIn();
    await row('notes.txt').waitFor();
    onedrive.control.faults.set({
      rules: [{ match: { method: 'PUT' }, fault: { kind: 'delay', ms: 60_000 } }],
    });
    await page.locator('#choose').setInputFiles([text('slow.txt', 'slow')]);
    await page.getByRole('progressbar', { name: 'slow.txt' }).waitFor();
    await button('Cancel the upload of slow.txt').click();
    await page.getByText('Cancelled.').waitFor();
    onedrive.control.faults.set({ rules: [] });
  });

  it('does everything by keyboard: create, rename, select, delete, open, go up', async () => {
    const { page, signIn, complaints } = current();
    await signIn();
    await row('notes.txt').waitFor();
    await button('New folder').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('By keyboard');
    await page.keyboard.press('Enter');
    await row('By keyboard').waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.type('by k');
    await page.keyboard.press('F2');
    await page.getByRole('textbox', { name: 'Name' }).fill('Renamed');
    await page.keyboard.press('Enter');
    await row('Renamed').waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.type('rep');
    await page.keyboard.press('Enter');
    await row('q1.txt').waitFor();
    await page.keyboard.press('Control+a');
    await page.getByText('2 selected').waitFor();
    await page.keyboard.press('Delete');
    await page.getByText('This folder is empty').waitFor();
    await page.keyboard.press('Backspace');
    await row('Renamed').waitFor();
    expect(complaints).toEqual([]);
  });

  it('undoes a deletion at once, and restores from the recycle bin later', async () => {
    const { page, signIn, complaints } = current();
    await signIn();
    await row('notes.txt').locator('.check').click();
    await button('Delete').click();
    await button('Undo').click();
    await toast('Restored “notes.txt”.');
    expect(await contentOf('notes.txt')).toBe('some notes');
    await row('notes.txt').locator('.check').click();
    await button('Delete').click();
    await toast('Moved “notes.txt” to the recycle bin.');
    await button('Recycle bin').click();
    await row('notes.txt').locator('.check').click();
    await button('Restore').click();
    await page.getByText('The recycle bin is empty.').waitFor();
    await button('Back to files').click();
    await row('notes.txt').waitFor();
    expect(complaints).toEqual([]);
  });

  it('makes a link and takes it away, and goes back to an older version', async () => {
    const { page, signIn, complaints } = current();
    await signIn();
    await page.locator('#choose').setInputFiles([text('notes.txt', 'newer and longer notes')]);
    await toast('Uploaded 1 file.');
    await row('notes.txt').locator('.check').click();
    await button('Share').click();
    await button('Create link').click();
    await toast('Link copied.');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^http/);
    await button('Remove access: Anyone with the link').click();
    await toast('Access removed.');
    await page.getByRole('tab', { name: 'Versions' }).click();
    await page
      .getByRole('button', { name: /^Restore version/ })
      .first()
      .click();
    await toast('to version');
    expect(await contentOf('notes.txt')).toBe('some notes');
    expect(complaints).toEqual([]);
  });

  it('previews text and pictures, and shows names and content only as text', async () => {
    const { page, signIn, complaints } = current();
    await signIn();
    await page
      .locator('#choose')
      .setInputFiles([text('page.html', '<img src=x onerror=alert(1)><b>bold</b>')]);
    await toast('Uploaded 1 file.');
    await link('page.html').click();
    const preview = page.getByRole('region', { name: 'Preview of page.html' });
    expect(await preview.textContent()).toContain('<b>bold</b>');
    await link('picture.png').click();
    await page.getByRole('img', { name: 'Preview of picture.png' }).waitFor();
    await link("it's & that.txt").click();
    await page.getByRole('heading', { name: "it's & that.txt" }).waitFor();
    expect(complaints).toEqual([]);
  });

  it.each(appearances)('has no violation of axe-core: %j', async ({ width, colorScheme }) => {
    const { page, onedrive, signIn } = current();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 720 });
    await page.goto(onedrive.url);
    await button('Sign in').waitFor();
    expect(await violations(page)).toEqual([]);
    await signIn();
    await row('picture.png').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await row('notes.txt').locator('.check').click();
    for (const tab of ['Details', 'Versions', 'Sharing']) {
      if (tab === 'Details') await link('notes.txt').click();
      else await page.getByRole('tab', { name: tab }).click();
      await page.locator(`[role=tabpanel][aria-labelledby=tab-${tab}]`).waitFor();
      expect(await violations(page)).toEqual([]);
    }
    await button('Close details').click();
    await page.getByRole('grid').focus();
    await page.keyboard.press('Delete');
    await button('Undo').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('?');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await button('Recycle bin').click();
    await row('notes.txt').waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('fits a very narrow screen, and remembers the theme that was chosen', async () => {
    const { page, signIn } = current();
    await page.setViewportSize({ width: 320, height: 640 });
    await signIn();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await page.getByRole('button', { name: 'Use the dark theme' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Use the light theme' }).waitFor();
  });

  it('runs no script and loads nothing that is not its own', async () => {
    const { page, onedrive, signIn } = current();
    const answer = await fetch(onedrive.url);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    const hosts = new Set<string>();
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    await signIn();
    await link('picture.png').click();
    await page.getByRole('img', { name: 'Preview of picture.png' }).waitFor();
    expect([...hosts].filter((host) => host !== '')).toEqual([new URL(onedrive.url).host]);
  });
});
