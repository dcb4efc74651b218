/** The `onedrive-api` package, unmodified, through the proxy: each of its functions, by id and by path. */
import https from 'node:https';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf, patternBytes } from './fixtures/bytes.ts';
import { cloudAgent } from './fixtures/cloud-agent.ts';
import { type Embedded, startEmbedded } from './fixtures/embedded.ts';

/** Its types say less than it does: items by path, drives other than the own one. */
const require = createRequire(import.meta.url);
const { items } = require('onedrive-api');
const large = patternBytes(5 * 1024 * 1024 + 11);

describe.each(['personal', 'business', 'library'] as const)('onedrive-api on a %s drive', (place) => {
  let server: Embedded;
  let direct: https.Agent;
  let at: { accessToken: string; drive?: 'drive'; driveId?: string };
  let base: string;

  beforeAll(async () => {
    server = await startEmbedded({
      kind: place === 'personal' ? 'personal' : 'business',
      tls: false,
      accounts: [{ userPrincipalName: 'alex@contoso.com' }],
      sites: [{ path: 'sites/team', displayName: 'Team', libraries: [{ name: 'Documents' }] }],
    });
    direct = https.globalAgent;
    https.globalAgent = cloudAgent(server.port);
    at = { accessToken: server.token };
    base = '/me/drive';
    if (place !== 'library') return;
    const site = await server.graph('/sites/root:/sites/team');
    const { id } = await server.graph(`/sites/${String(site['id'])}/drive`);
    at = { ...at, drive: 'drive', driveId: String(id) };
    base = `/drives/${String(id)}`;
  });
  afterAll(async () => {
    https.globalAgent.destroy();
    https.globalAgent = direct;
    await server.close();
  });

  const bytesOf = async (stream: NodeJS.ReadableStream): Promise<Buffer> => {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  };
  const upload = (more: object, content: string) =>
    items.uploadSimple({ ...at, readableStream: Readable.from([Buffer.from(content)]), ...more });

  it('makes folders: in the root, in a folder, and by a path that is not there yet', async () => {
    const folder = await items.createFolder({ ...at, rootItemId: 'root', name: 'made' });
    expect(folder).toMatchObject({ name: 'made', folder: { childCount: 0 } });
    await items.createFolder({ ...at, itemId: folder.id!, name: 'inner' });
    await items.createFolder({ ...at, itemPath: '/path/to', name: 'it' });
    expect(await server.graph(`${base}/root:/made/inner`)).toHaveProperty('folder');
    expect(await server.graph(`${base}/root:/path/to/it`)).toHaveProperty('folder');
  });

  it.each(['plain.txt', "it's (one) file.txt"])(
    'uploads %s simply, by folder and by path',
    async (filename) => {
      const parent = await items.getMetadata({ ...at, itemPath: 'made' });
      expect(await upload({ filename, parentId: parent.id }, 'by id')).toMatchObject({ size: 5 });
      expect(await upload({ filename: 'by path.txt', parentPath: 'made/deeper' }, 'by path')).toMatchObject({
        size: 7,
      });
    },
  );

  it('uploads in a session, with progress, and by default under a name that is free', async () => {
    const seen: number[] = [];
    const session = (more = {}) =>
      items.uploadSession(
        {
          ...at,
          filename: 'large.bin',
          fileSize: large.length,
          parentPath: 'made',
          ...more,
          readableStream: Readable.from(pieces()),
        },
        (bytes: number) => seen.push(bytes),
      );
    const pieces = () =>
      Array.from({ length: Math.ceil(large.length / 65536) }, (_, n) =>
        Buffer.from(large.subarray(n * 65536, (n + 1) * 65536)),
      );
    const first = await session();
    expect(first).toMatchObject({ name: 'large.bin', size: large.length });
    expect(seen.at(-1)).toBe(large.length);
    expect(await session()).toMatchObject({ name: 'large 1.bin' });
    expect(await session({ conflictBehavior: 'replace' })).toMatchObject({ id: first.id });
  });

  it('downloads whole files and parts, by id and by path', async () => {
    const { id } = await items.getMetadata({ ...at, itemPath: 'made/large.bin' });
    const whole = await bytesOf(await items.download({ ...at, itemId: id! }));
    expect(digestOf(whole)).toEqual(digestOf(large));
    expect((await bytesOf(await items.download({ ...at, itemPath: 'made/plain.txt' }))).toString()).toBe(
      'by id',
    );
    const part = await bytesOf(
      await items.partialDownload({ ...at, itemId: id!, bytesFrom: 1000, bytesTo: 1999 }),
    );
    expect(digestOf(part)).toEqual(digestOf(large.subarray(1000, 2000)));
  });

  it('lists children, with and without a query', async () => {
    const all = await items.listChildren({ ...at, itemPath: 'made' });
    expect(all.value.length).toBeGreaterThan(4);
    const some = await items.listChildren({
      ...at,
      itemPath: 'made',
      query: '?$top=2&$select=name',
    });
    expect(some.value).toHaveLength(2);
  });

  it('renames, moves and describes', async () => {
    const { id } = await items.getMetadata({ ...at, itemPath: 'made/plain.txt' });
    const inner = await items.getMetadata({ ...at, itemPath: 'made/inner' });
    const toUpdate = { name: 'renamed.txt', parentReference: { id: inner.id! } };
    expect(await items.update({ ...at, itemId: id!, toUpdate })).toMatchObject({
      id,
      name: 'renamed.txt',
    });
    expect(await server.graph(`${base}/root:/made/inner/renamed.txt`)).toMatchObject({ id });
  });

  it('links', async () => {
    const params = { ...at, itemPath: 'made/inner/renamed.txt', type: 'view' };
    expect(await items.createLink(params)).toMatchObject({
      link: { webUrl: expect.stringMatching(/^https:/) },
    });
  });

  it('follows changes from a delta link', async () => {
    const all = await items.sync({ ...at });
    expect(all.value.map(({ name }: { name?: string | null }) => name)).toContain('renamed.txt');
    await upload({ filename: 'after.txt', parentPath: '' }, 'x');
    const next = (all as Record<string, unknown>)['@odata.deltaLink'];
    const since = await items.sync({ ...at, next });
    expect(since.value.map(({ name }: { name?: string | null }) => name).sort()).toEqual([
      'after.txt',
      'root',
    ]);
  });

  it('previews on drives of an organization, shows thumbnails of images', async () => {
    const image = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    await items.uploadSimple({ ...at, filename: 'dot.png', readableStream: Readable.from([image]) });
    const sets = await items.thumbnails({ ...at, itemPath: 'dot.png' });
    expect((sets as { value: unknown[] }).value).toMatchObject([
      { small: { url: expect.stringMatching(/^https:/) } },
    ]);
    const preview = items.preview({
      ...at,
      itemPath: 'made/inner/renamed.txt',
      body: { zoom: 0.75 },
    });
    if (place === 'personal') await expect(preview).rejects.toThrow('400');
    else expect(await preview).toMatchObject({ getUrl: expect.stringMatching(/^https:/) });
  });

  it('reaches what it has no function for', async () => {
    const url = `${base.slice(1)}/root:/made:/children`;
    expect(await items.customEndpoint({ accessToken: at.accessToken, url, method: 'GET' })).toHaveProperty(
      'value',
    );
  });

  it('deletes', async () => {
    const { id } = await items.getMetadata({ ...at, itemPath: 'made' });
    await items.delete({ ...at, itemId: id! });
    await expect(items.getMetadata({ ...at, itemPath: 'made' })).rejects.toThrow('404');
  });

  it('sent requests only to hosts of Microsoft', () => expect(server.refused).toEqual([]));
});
