import { expect, it } from 'vitest';
import { auditPage } from './audit-page.ts';

const facts = { account: 'profile work', time: Date.UTC(2026, 0, 2, 3, 4) };
const line = { path: '/a', who: 'Bo', roles: 'read' };
const page = (more: object) => auditPage('/', [{ ...line, ...more }], facts);

it('marks links that anyone can open, and those that allow changes', () => {
  const marks = (text: string) => [...text.matchAll(/class="mark">([^<]*)</g)].map(([, mark]) => mark);
  expect(marks(page({}))).toEqual([]);
  expect(marks(page({ roles: 'write' }))).toEqual([]);
  expect(marks(page({ linkScope: 'organization' }))).toEqual([]);
  expect(marks(page({ linkScope: 'anonymous' }))).toEqual(['Anyone']);
  expect(marks(page({ linkScope: 'anonymous', roles: 'write' }))).toEqual(['Anyone', 'Can edit']);
});

it('names the account and the date, and shows names as text only', () => {
  const text = page({ path: '/<img src=x onerror=alert(1)>' });
  expect(text).toContain('profile work &middot; 2026-01-02 03:04 UTC');
  expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;');
  expect(text).not.toMatch(/<img|https?:\/\/|unsafe/);
});
