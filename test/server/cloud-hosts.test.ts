/** Transfers under Microsoft's host names: they use other hosts than Graph's, where a quirk refuses tokens. */
import { expect, test } from 'vitest';
import { manualClock } from '../../packages/kit/src/platform/memory/manual-clock.ts';
import { webHandler } from '../../packages/server/src/core/web.ts';
import { startOneDrive } from '../../packages/server/src/index.ts';
import { withCloudPaths } from '../../packages/server/src/listen/intercept/cloud-paths.ts';

test.each(['personal', 'business'] as const)(
  'uploads, downloads and copies of %s drives use other hosts than Graph, where the quirk transfer-hosts-reject-token refuses and logs a token',
  async (kind) => {
    const one = await startOneDrive({
      intercept: true,
      settings: { quirks: ['transfer-hosts-reject-token'] },
      kind,
      clock: manualClock(),
      seed: { 'a.txt': 'text' },
    });
    try {
      const fetch = webHandler(withCloudPaths(one.handler));
      const graph = 'https://graph.microsoft.com/v1.0/me/drive';
      const bearer = { authorization: `Bearer ${one.token()}` };
      const ask = (url: string, init: RequestInit = {}) =>
        fetch(new Request(url, { redirect: 'manual', ...init }));
      const post = { method: 'POST', headers: { ...bearer, 'content-type': 'application/json' } };
      const session = await ask(`${graph}/root:/b.txt:/createUploadSession`, { ...post, body: '{}' });
      const { uploadUrl } = (await session.json()) as { uploadUrl: string };
      const content = await ask(`${graph}/root:/a.txt:/content`, { headers: bearer });
      const download = content.headers.get('location') ?? '';
      const copy = await ask(`${graph}/root:/a.txt:/copy`, { ...post, body: '{"name":"c.txt"}' });
      const monitor = copy.headers.get('location') ?? '';
      for (const url of [uploadUrl, download, monitor]) {
        expect(new URL(url).hostname).not.toBe('graph.microsoft.com');
        expect((await ask(url, { headers: bearer })).status).toBe(401);
        expect((await ask(url)).status).toBe(200);
      }
      expect(one.requests.filter(({ status }) => status === 401)).toHaveLength(3);
      const put = await ask(uploadUrl, {
        method: 'PUT',
        body: 'new',
        headers: { 'content-range': 'bytes 0-2/3', 'content-length': '3' },
      });
      expect(put.status).toBe(201);
      const made = (await put.json()) as Record<string, string>;
      expect(made['name']).toBe('b.txt');
      expect(await (await ask(made['@microsoft.graph.downloadUrl'] ?? '')).text()).toBe('new');
    } finally {
      await one.close();
    }
  },
);

test('without the quirk a transfer URL of another host accepts a token, which common clients send', async () => {
  const one = await startOneDrive({ intercept: true, seed: { 'a.txt': 'text' } });
  try {
    const fetch = webHandler(withCloudPaths(one.handler));
    const headers = { authorization: `Bearer ${one.token()}` };
    const address = 'https://graph.microsoft.com/v1.0/me/drive/root:/a.txt:/content';
    const content = await fetch(new Request(address, { headers, redirect: 'manual' }));
    const download = await fetch(new Request(content.headers.get('location') ?? '', { headers }));
    expect(await download.text()).toBe('text');
  } finally {
    await one.close();
  }
});
