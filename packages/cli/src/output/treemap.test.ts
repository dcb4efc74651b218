import fc from 'fast-check';
import type { Usage } from 'onedrive-kit/drive';
import { expect, test } from 'vitest';
import { squarify } from './squarify.ts';
import { treemapPage } from './treemap.ts';

const area = { x: 3, y: 4, width: 160, height: 90 };

test('areas are in proportion to the weights, inside the whole, and fill it', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 60 }), (some) => {
      const weights = some.sort((a, b) => b - a);
      const total = weights.reduce((sum, one) => sum + one, 0);
      const boxes = squarify(weights, area);
      expect(boxes).toHaveLength(weights.length);
      for (const [at, { x, y, width, height }] of boxes.entries()) {
        const share = ((weights[at] ?? 0) / total) * area.width * area.height;
        expect(Math.abs(width * height - share)).toBeLessThan(1e-6 * share + 1e-6);
        expect(x).toBeGreaterThanOrEqual(area.x - 1e-6);
        expect(y).toBeGreaterThanOrEqual(area.y - 1e-6);
        expect(x + width).toBeLessThanOrEqual(area.x + area.width + 1e-6);
        expect(y + height).toBeLessThanOrEqual(area.y + area.height + 1e-6);
      }
    }),
  );
});

const usage = (path: string, size: number, kind: 'file' | 'folder' = 'file'): Usage => ({
  path: path === '' ? [] : path.split('/'),
  size,
  kind,
  files: 1,
  folders: 0,
});

const facts = { account: 'profile work', time: Date.UTC(2026, 0, 2, 3, 4) };

test('the page loads nothing from elsewhere, names the account and the date, and shows names as text', () => {
  const name = '<img src=x onerror=alert(1)>"\'&';
  const page = treemapPage('/', [usage(name, 5, 'folder'), usage('', 5, 'folder')], facts);
  expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/<img|https?:\/\/|unsafe/);
  expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;');
  expect(page).toContain("default-src 'none'");
  expect(page).toContain('profile work &middot; 2026-01-02 03:04 UTC');
});

test('many small files of a folder are one box', () => {
  const small = Array.from({ length: 10_000 }, (_, index) => usage(`Many/f${index}`, 1));
  const all = [
    usage('big', 10_000_000),
    ...small,
    usage('Many', 10_000, 'folder'),
    usage('', 10_010_000, 'folder'),
  ];
  const page = treemapPage('/', all, facts);
  expect(page).toContain('10000 small files');
  expect(page.length).toBeLessThan(20_000);
});

test('an empty drive has a page too', () => {
  expect(treemapPage('/', [usage('', 0, 'folder')], facts)).toContain('0.0B');
});
