/** Uploaded content never runs as a page of this server, whatever address it is downloaded from. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTester, type Tester } from './world.ts';

const page = '<script>alert(1)</script>';
const gif = Uint8Array.from(atob('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'), (char) =>
  char.charCodeAt(0),
);

let one: Tester;
beforeEach(async () => {
  one = await startTester();
  await one.ask('PUT', '/me/drive/root:/page.html:/content', { body: page });
  await one.ask('PUT', '/me/drive/root:/page.html:/content', { body: `${page}2` });
  await one.ask('PUT', '/me/drive/root:/image.gif:/content', { body: gif });
});
afterEach(() => one.close());

/** Follows redirects from `path` to the content. */
async function bytesAt(path: string, headers: Record<string, string> = {}) {
  let answer = await one.ask('GET', path, { headers });
  while (answer.status >= 300 && answer.status < 400)
    answer = await one.ask('GET', answer.headers.get('location') ?? '', { headers });
  return answer;
}

const origin = 'https://graph.example';
async function addresses(): Promise<readonly (readonly [string, string, Record<string, string>?])[]> {
  const item = (await one.ask('GET', '/me/drive/root:/page.html')).json;
  const image = (await one.ask('GET', '/me/drive/root:/image.gif?$expand=thumbnails')).json;
  const { value } = (await one.ask('GET', `/me/drive/items/${item.id}/versions`)).json;
  const link = (
    await one.ask('POST', `/me/drive/items/${item.id}/createLink`, {
      body: { type: 'view', scope: 'anonymous' },
    })
  ).json.link.webUrl as string;
  const share = `u!${Buffer.from(link).toString('base64url')}`;
  const live = (await one.ask('GET', `${origin}/v5.0/me/skydrive/files`)).json.data as {
    id: string;
    name: string;
  }[];
  const liveId = (name: string) => live.find((entry) => entry.name === name)?.id ?? '';
  const preview = (await one.ask('POST', `/me/drive/items/${image.id}/preview`, { body: {} })).json;
  return [
    ['content', `/me/drive/items/${item.id}/content`],
    ['a range of content', `/me/drive/items/${item.id}/content`, { range: 'bytes=0-3' }],
    ['the download URL', item['@microsoft.graph.downloadUrl']],
    ['the newest version', `/me/drive/items/${item.id}/versions/${value[0].id}/content`],
    ['an older version', `/me/drive/items/${item.id}/versions/${value[1].id}/content`],
    ['a share', `/shares/${share}/driveItem/content`],
    ['the link of a share', link],
    ['a thumbnail', `/me/drive/items/${image.id}/thumbnails/0/medium/content`],
    ['a thumbnail URL', image.thumbnails[0].large.url],
    ['a conversion', `/me/drive/items/${image.id}/content?format=jpg`],
    ['a conversion to HTML', `/me/drive/items/${item.id}/content?format=html`],
    ...(preview.getUrl === undefined ? [] : ([['a preview', preview.getUrl]] as const)),
    ['Live v5.0 content', `${origin}/v5.0/${liveId('page.html')}/content`],
    ['a Live v5.0 picture', `${origin}/v5.0/${liveId('image.gif')}/picture`],
    ['a picture of a person', `${origin}/v5.0/me/picture`],
  ];
}

describe('uploaded content', () => {
  it('is sent with a sandbox policy and without MIME sniffing at every address', async () => {
    for (const [what, path, headers] of await addresses()) {
      const answer = await bytesAt(path, headers);
      expect([what, answer.status < 300]).toEqual([what, true]);
      expect([what, answer.headers.get('content-security-policy')]).toEqual([
        what,
        expect.stringMatching(/(?:^|;)\s*sandbox(?:;|$)/),
      ]);
      expect([what, answer.headers.get('x-content-type-options')]).toEqual([what, 'nosniff']);
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
  });
});
