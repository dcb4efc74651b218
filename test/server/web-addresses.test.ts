/** Web addresses of files: on this server, or on Microsoft's host names for clients that use those. */
import { expect, test } from 'vitest';
import { startTester } from './world.ts';

const site = { path: 'sites/team', libraries: [{ files: { 'a.txt': 'x' } }] };

test.each([
  ['personal', 'https://onedrive.live.com', 'https://1drv.ms'],
  ['business', 'https://contoso-my.sharepoint.com', 'https://contoso-my.sharepoint.com'],
] as const)(
  'a %s drive requested under a host name of the cloud has web addresses there',
  async (kind, pages, links) => {
    const one = await startTester({ kind, seed: { 'a.txt': 'x' } });
    for (const [api, page, link] of [
      ['https://graph.microsoft.com', pages, links],
      ['https://graph.example', 'https://graph.example', 'https://graph.example'],
    ] as const) {
      const item = (await one.ask('GET', `${api}/v1.0/me/drive/root:/a.txt`)).json;
      expect(new URL(item.webUrl).origin).toBe(page);
      const body = { type: 'view', scope: 'anonymous' };
      const made = await one.ask('POST', `${api}/v1.0/me/drive/items/${item.id}/createLink`, { body });
      expect(new URL(made.json.link.webUrl).origin).toBe(link);
      for (const url of [item.webUrl, made.json.link.webUrl]) {
        const token = `u!${Buffer.from(url).toString('base64url')}`;
        expect((await one.ask('GET', `${api}/v1.0/shares/${token}/driveItem`)).json.name).toBe('a.txt');
      }
    }
  },
);

test('a library has them below its site, as m365 expects', async () => {
  const one = await startTester({ kind: 'business', sites: [site] });
  const base = 'https://graph.microsoft.com/v1.0/sites/contoso.sharepoint.com:/sites/team';
  const { webUrl } = (await one.ask('GET', base)).json;
  const drive = (await one.ask('GET', `${base}:/drive`)).json;
  expect(drive.webUrl).toBe(`${webUrl}/Shared%20Documents`);
});
