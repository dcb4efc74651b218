/** docs/reference/differences.md is what the routes say. `npx vitest run test/differences -u` writes it. */
import { expect, it } from 'vitest';
import { differencesPage } from './page.ts';

it('the page of differences is made from the routes of today', async () => {
  await expect(differencesPage()).toMatchFileSnapshot('../../docs/reference/differences.md');
});
