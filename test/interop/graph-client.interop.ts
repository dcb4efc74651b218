/** Microsoft's own JavaScript client, unmodified, with its upload and paging helpers, against the embedded server. */
import { Readable } from 'node:stream';
import {
  Client,
  FileUpload,
  GraphError,
  LargeFileUploadTask,
  OneDriveLargeFileUploadTask,
  type PageCollection,
  PageIterator,
  ResponseType,
  StreamUpload,
} from '@microsoft/microsoft-graph-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf, patternBytes } from './fixtures/bytes.ts';
import { type Embedded, startEmbedded } from './fixtures/embedded.ts';

const fragment = 320 * 1024;

describe.each(['personal', 'business'] as const)(
  '@microsoft/microsoft-graph-client on a %s drive',
  (kind) => {
    let server: Embedded;
    let client: Client;

    beforeAll(async () => {
      server = await startEmbedded({ kind });
      client = Client.initWithMiddleware({
        baseUrl: server.url,
        customHosts: new Set(['localhost']),
        authProvider: { getAccessToken: async () => server.token },
      });
    });
    afterAll(() => server.close());

    const put = (path: string, content: string | Uint8Array) =>
      client.api(`/me/drive/root:/${path}:/content`).put(content);
    const folder = (name: string) => client.api('/me/drive/root/children').post({ name, folder: {} });

    it('sees the drive and who owns it', async () => {
      const [drive, me] = [await client.api('/me/drive').get(), await client.api('/me').get()];
      expect(drive.driveType).toBe(kind);
      expect(drive.quota.total).toBeGreaterThan(0);
      expect(drive.owner.user.id).toBe(me.id);
    });

    it('uploads a small file and reads it back', async () => {
      const item = await put('small.txt', 'hello there');
      expect(item).toMatchObject({ name: 'small.txt', size: 11 });
      const stream: ReadableStream = await client.api('/me/drive/root:/small.txt:/content').getStream();
      expect(await new Response(stream).text()).toBe('hello there');
      const bytes: ArrayBuffer = await client
        .api(`/me/drive/items/${item.id}/content`)
        .responseType(ResponseType.ARRAYBUFFER)
        .get();
      expect(Buffer.from(bytes).toString()).toBe('hello there');
    });

    it('uploads an empty file', async () => {
      expect(await put('empty.bin', new Uint8Array())).toMatchObject({ name: 'empty.bin', size: 0 });
      expect(await server.content('empty.bin')).toHaveLength(0);
    });

    it('reads a range of a file', async () => {
      await put('range.txt', '0123456789');
      const part: ReadableStream = await client
        .api('/me/drive/root:/range.txt:/content')
        .header('Range', 'bytes=3-5')
        .getStream();
      expect(await new Response(part).text()).toBe('345');
    });

    it('walks pages with PageIterator, each item once', async () => {
      const parent = await folder('pages');
      for (let i = 0; i < 7; i++) await put(`pages/file${i}.txt`, `${i}`);
      const first: PageCollection = await client.api(`/me/drive/items/${parent.id}/children`).top(3).get();
      expect(first.value).toHaveLength(3);
      const names: string[] = [];
      const iterator = new PageIterator(client, first, (item) => names.push(item.name) > 0);
      await iterator.iterate();
      expect(iterator.isComplete()).toBe(true);
      expect(names.sort()).toEqual([0, 1, 2, 3, 4, 5, 6].map((i) => `file${i}.txt`));
    });

    it('follows delta with PageIterator and gets a link for the next time', async () => {
      const seen: string[] = [];
      const first: PageCollection = await client.api('/me/drive/root/delta').top(2).get();
      const iterator = new PageIterator(client, first, (item) => seen.push(item.name) > 0);
      await iterator.iterate();
      expect(seen).toContain('small.txt');
      const link = iterator.getDeltaLink() ?? '';
      await put('later.txt', 'x');
      const changes: PageCollection = await client.api(link).get();
      expect(changes.value.map((item) => item.name)).toContain('later.txt');
      expect(changes.value.map((item) => item.name)).not.toContain('small.txt');
    });

    it('uploads in fragments with OneDriveLargeFileUploadTask and reports progress', async () => {
      const bytes = patternBytes(3 * fragment + 17);
      const ranges: number[] = [];
      const task = await OneDriveLargeFileUploadTask.create(client, new Blob([bytes]), {
        fileName: 'large file.bin',
        path: '/large',
        rangeSize: fragment,
        conflictBehavior: 'rename',
        uploadEventHandlers: { progress: (range) => ranges.push(range?.maxValue ?? -1) },
      });
      const result = await task.upload();
      expect(result.responseBody).toMatchObject({ name: 'large file.bin', size: bytes.length });
      expect(ranges).toHaveLength(4);
      expect(digestOf(await server.content('large/large file.bin'))).toEqual(digestOf(bytes));
    });

    it('renames what OneDriveLargeFileUploadTask uploads under a taken name', async () => {
      const task = await OneDriveLargeFileUploadTask.create(client, new Blob([patternBytes(100)]), {
        fileName: 'large file.bin',
        path: '/large',
      });
      const { responseBody } = await task.upload();
      expect(responseBody).toMatchObject({ name: 'large file 1.bin', size: 100 });
    });

    it('uploads a Node stream with LargeFileUploadTask', async () => {
      const bytes = patternBytes(2 * fragment + 1, 3);
      const session = await LargeFileUploadTask.createUploadSession(
        client,
        `${server.url}/v1.0/me/drive/root:/streamed.bin:/createUploadSession`,
        { item: { '@microsoft.graph.conflictBehavior': 'replace' } },
      );
      const source = new StreamUpload(
        Readable.from([Buffer.from(bytes)], { objectMode: false }),
        'streamed.bin',
        bytes.length,
      );
      const task = new LargeFileUploadTask(client, source, session, { rangeSize: fragment });
      await task.upload();
      expect(digestOf(await server.content('streamed.bin'))).toEqual(digestOf(bytes));
    });

    it('asks a session what it still expects, resumes and cancels', async () => {
      const bytes = patternBytes(2 * fragment + 9, 5);
      const url = `${server.url}/v1.0/me/drive/root:/resumed.bin:/createUploadSession`;
      const open = async () => {
        const session = await LargeFileUploadTask.createUploadSession(client, url, { item: {} });
        const source = new FileUpload(new Blob([bytes]), 'resumed.bin', bytes.length);
        return new LargeFileUploadTask(client, source, session, { rangeSize: fragment });
      };
      const interrupted = await open();
      const range = interrupted.getNextRange();
      await interrupted.uploadSlice(bytes.buffer.slice(0, fragment), range, bytes.length);
      expect(await interrupted.getStatus()).toMatchObject({ nextExpectedRanges: [`${fragment}-`] });
      await interrupted.resume();
      expect(digestOf(await server.content('resumed.bin'))).toEqual(digestOf(bytes));

      const given = await open();
      await given.cancel();
      expect(given.getUploadSession().isCancelled).toBe(true);
      await expect(given.getStatus()).rejects.toMatchObject({ statusCode: 404 });
    });

    it('moves and renames', async () => {
      const target = await folder('target');
      const item = await put('moving.txt', 'move me');
      const moved = await client
        .api(`/me/drive/items/${item.id}`)
        .patch({ parentReference: { id: target.id }, name: 'moved.txt' });
      expect(moved).toMatchObject({ id: item.id, name: 'moved.txt' });
      expect(Buffer.from(await server.content('target/moved.txt')).toString()).toBe('move me');
      await expect(client.api('/me/drive/root:/moving.txt').get()).rejects.toMatchObject({ statusCode: 404 });
    });

    it('copies, and the monitor reports when it is done', async () => {
      await folder('copies');
      const into = await client.api('/me/drive/root:/copies').get();
      const item = await put('original.txt', 'copy me');
      const answer: Response = await client
        .api(`/me/drive/items/${item.id}/copy`)
        .responseType(ResponseType.RAW)
        .post({ parentReference: { driveId: into.parentReference.driveId, id: into.id }, name: 'copy.txt' });
      expect(answer.status).toBe(202);
      const monitor = answer.headers.get('location') ?? '';
      await expect.poll(() => statusOf(monitor)).toBe('completed');
      expect(Buffer.from(await server.content('copies/copy.txt')).toString()).toBe('copy me');
    });

    it('makes a link, searches, and lists what is recent', async () => {
      const item = await put('findable report.txt', 'needle');
      const permission = await client
        .api(`/me/drive/items/${item.id}/createLink`)
        .post({ type: 'view', scope: 'anonymous' });
      expect(permission.link).toMatchObject({ type: 'view', webUrl: expect.stringMatching(/^https:/) });
      const found = await client.api("/me/drive/root/search(q='findable')").get();
      expect(found.value.map((hit: { name: string }) => hit.name)).toEqual(['findable report.txt']);
      const recent = await client.api('/me/drive/recent').get();
      expect(recent.value.map((hit: { name: string }) => hit.name)).toContain('findable report.txt');
    });

    it('deletes', async () => {
      const item = await put('doomed.txt', 'x');
      await client.api(`/me/drive/items/${item.id}`).delete();
      const failure: unknown = await client
        .api(`/me/drive/items/${item.id}`)
        .get()
        .catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(GraphError);
      expect(failure).toMatchObject({ statusCode: 404, code: 'itemNotFound' });
    });

    it('turns refusals into typed errors', async () => {
      await folder('taken');
      await expect(
        client
          .api('/me/drive/root/children')
          .post({ name: 'taken', folder: {}, '@microsoft.graph.conflictBehavior': 'fail' }),
      ).rejects.toMatchObject({ statusCode: 409, code: 'nameAlreadyExists' });
      await expect(folder('bad|name')).rejects.toMatchObject({ statusCode: 400 });
      const stranger = Client.init({
        baseUrl: server.url,
        customHosts: new Set(['localhost']),
        authProvider: (done) => done(null, 'not-a-token'),
      });
      await expect(stranger.api('/me/drive').get()).rejects.toMatchObject({ statusCode: 401 });
    });
  },
);

async function statusOf(monitor: string): Promise<unknown> {
  const answer = await fetch(monitor);
  return ((await answer.json()) as { status?: unknown }).status;
}
