/** The pages of reports and sharing links in a real Chromium: the treemap, the sharing audit, a shared folder. */
import type { Usage } from 'onedrive-kit/drive';
import { describe, expect, it } from 'vitest';
import { auditPage } from '../../packages/cli/src/output/audit-page.ts';
import { treemapPage } from '../../packages/cli/src/output/treemap.ts';
import { appearances, violations } from './fixtures/accessibility.ts';
import { chromiumInstalled, visits } from './fixtures/page-in-chromium.ts';

const facts = { account: 'alex@contoso.com', time: Date.UTC(2026, 0, 2) };
const usage = (path: string, size: number, kind: 'file' | 'folder' = 'file'): Usage => ({
  path: path.split('/').filter(Boolean),
  size,
  kind,
  files: 1,
  folders: 0,
});
const space = treemapPage(
  '/',
  [
    usage('Docs', 600, 'folder'),
    usage('Docs/plan.md', 600),
    usage('film.mp4', 400),
    usage('', 1000, 'folder'),
  ],
  facts,
);
const audit = auditPage(
  '/',
  [
    { path: '/b', who: 'anyone with the link', roles: 'write', linkScope: 'anonymous' },
    { path: '/a', who: 'Bo', roles: 'read' },
  ],
  facts,
);

describe.skipIf(!chromiumInstalled)('reports in Chromium', () => {
  const current = visits({ Shared: { folder: { 'a.txt': 'a', Inner: { folder: {} } } } });
  const show = (page: string) =>
    current().page.goto(`data:text/html;charset=utf-8,${encodeURIComponent(page)}`);

  it('the treemap zooms by keyboard and back, and counts what a search finds', async () => {
    const { page, complaints } = current();
    await show(space);
    await page.getByRole('button', { name: 'Docs', exact: true }).press('Enter');
    await page.getByRole('navigation').getByRole('button', { name: 'Docs' }).waitFor();
    await page.getByRole('navigation').getByRole('button', { name: '/' }).click();
    await page.getByRole('searchbox').fill('PLAN');
    await page.getByText('1 names match.').waitFor();
    expect(complaints).toEqual([]);
  });

  it('the audit sorts by a column in both directions, and filters', async () => {
    const { page, complaints } = current();
    await show(audit);
    const first = () => page.locator('tbody tr:not([hidden]) td').first().textContent();
    await page.getByRole('button', { name: 'Path' }).click();
    expect(await first()).toBe('/a');
    await page.getByRole('button', { name: 'Path' }).click();
    expect(await first()).toBe('/b');
    await page.getByRole('searchbox').fill('bo');
    await page.getByText('1 of 2 permissions').waitFor();
    expect(complaints).toEqual([]);
  });

  it.each(appearances)('no page has a violation of axe-core: %j', async ({ width, colorScheme }) => {
    const { page, onedrive } = current();
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 720 });
    const made = await fetch(`${onedrive.url}/v1.0/me/drive/root:/Shared:/createLink`, {
      method: 'POST',
      headers: { authorization: `Bearer ${onedrive.token()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'view', scope: 'anonymous' }),
    });
    const { link } = (await made.json()) as { link: { webUrl: string } };
    for (const open of [() => show(space), () => show(audit), () => page.goto(link.webUrl)]) {
      await open();
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  });
});
