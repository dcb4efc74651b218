/* eslint-disable @typescript-eslint/no-explicit-any -- answers are looked into as they came */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { directoryStorage, memoryStorage, type Storage } from '../../packages/server/src/index.ts';
import { nodeSha1 } from '../../packages/server/src/storage/directory/node-sha1.ts';
import { startTester, type Tester } from './world.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const storages: readonly [string, () => Promise<Storage>][] = [
  ['memory', async () => memoryStorage({ sha1: nodeSha1 })],
  [
    'a directory',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'sessions-'));
      cleanups.push(() => rm(folder, { recursive: true, force: true }));
      const storage = await directoryStorage(folder, { durable: false });
      cleanups.push(() => storage.close());
      return storage;
    },
  ],
];

const bytesOf = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => (at * 7) % 251);

async function open(one: Tester, path = 'x.bin', body?: object): Promise<string> {
  const { json, status } = await one.ask(
    'POST',
    `/me/drive/root:/${path}:/createUploadSession`,
    body === undefined ? {} : { body },
  );
  expect(status).toBe(200);
  expect(json.nextExpectedRanges).toEqual(['0-']);
  return json.uploadUrl;
}

async function put(one: Tester, url: string, bytes: Uint8Array, first: number, total: number) {
  const headers = {
    'content-range': `bytes ${first}-${first + bytes.length - 1}/${total}`,
    'content-length': String(bytes.length),
  };
  return one.ask('PUT', url, { anonymous: true, body: bytes, headers });
}

async function content(one: Tester, path = 'x.bin'): Promise<Uint8Array> {
  const { json } = await one.ask('GET', `/me/drive/root:/${path}`);
  return (await one.ask('GET', json['@microsoft.graph.downloadUrl'], { anonymous: true })).bytes;
}

describe.each(storages)('an upload session over %s', (_name, storage) => {
  test('accepts fragments in order, and creates the file with the last one', async () => {
    const one = await startTester({ storage: await storage() });
    const bytes = bytesOf(200_000);
    const fileSystemInfo = { lastModifiedDateTime: '2001-02-03T04:05:06Z' };
    const url = await open(one, 'new/x.bin', { item: { fileSystemInfo, name: 'x.bin' } });
    const first = await put(one, url, bytes.subarray(0, 120_000), 0, bytes.length);
    expect([first.status, first.json.nextExpectedRanges]).toEqual([202, ['120000-']]);
    expect((await one.ask('GET', '/me/drive/root:/new')).status).toBe(404);
    expect((await one.ask('GET', url, { anonymous: true })).json.nextExpectedRanges).toEqual(['120000-']);
    const last = await put(one, url, bytes.subarray(120_000), 120_000, bytes.length);
    expect([last.status, last.json.size, last.json.fileSystemInfo.lastModifiedDateTime]).toEqual([
      201,
      200_000,
      '2001-02-03T04:05:06Z',
    ]);
    expect(Buffer.compare(await content(one, 'new/x.bin'), bytes)).toBe(0);
    expect((await one.ask('GET', url, { anonymous: true })).json.error).toMatchObject({
      code: 'itemNotFound',
      innerError: { code: 'uploadSessionNotFound' },
    });
  });

  test('any division into fragments gives the same file with the same hash', async () => {
    const one = await startTester({ storage: await storage() });
    const bytes = bytesOf(90_000);
    const { json: whole } = await one.ask('PUT', '/me/drive/root:/whole:/content', { body: bytes });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 1, max: bytes.length - 1 }), { maxLength: 5 }),
        async (cuts) => {
          const url = await open(one);
          const edges = [0, ...[...cuts].sort((a, b) => a - b), bytes.length];
          let answer = { status: 0, json: {} as any };
          for (const [at, start] of edges.slice(0, -1).entries())
            answer = await put(one, url, bytes.subarray(start, edges[at + 1]), start, bytes.length);
          expect([200, 201]).toContain(answer.status);
          expect(answer.json.file.hashes).toEqual(whole.file.hashes);
          expect(Buffer.compare(await content(one), bytes)).toBe(0);
        },
      ),
      { numRuns: 15 },
    );
  });

  test('a fragment that is shorter than declared is discarded', async () => {
    const one = await startTester({ storage: await storage() });
    const bytes = bytesOf(100_000);
    const url = await open(one);
    await put(one, url, bytes.subarray(0, 50_000), 0, bytes.length);
    const broken = await one.handler({
      method: 'PUT',
      url: new URL(url),
      headers: { 'content-range': 'bytes 50000-99999/100000', 'content-length': '50000' },
      body: (async function* () {
        yield bytes.subarray(50_000, 90_000);
      })(),
    });
    expect(broken.status).toBe(400);
    expect((await one.ask('GET', url, { anonymous: true })).json.nextExpectedRanges).toEqual(['50000-']);
    expect((await put(one, url, bytes.subarray(50_000), 50_000, bytes.length)).status).toBe(201);
    expect(Buffer.compare(await content(one), bytes)).toBe(0);
  });
});

describe('an upload session', () => {
  test('returns 416 with the next range for repeated bytes and for gaps', async () => {
    const one = await startTester();
    const url = await open(one);
    await put(one, url, bytesOf(10), 0, 30);
    expect((await put(one, url, bytesOf(10), 0, 30)).json.error.innerError.code).toBe('fragmentOverlap');
    expect(await put(one, url, bytesOf(10), 20, 30)).toMatchObject({ status: 416 });
    expect((await put(one, url, bytesOf(10), 10, 31)).status).toBe(400);
    expect((await one.ask('PUT', url, { anonymous: true, body: bytesOf(10) })).status).toBe(411);
    expect(
      (await one.ask('PUT', url, { anonymous: true, body: bytesOf(10), headers: { 'content-length': '10' } }))
        .status,
    ).toBe(400);
  });

  test('ends by DELETE or when it expires; each fragment extends its lifetime', async () => {
    const one = await startTester({ settings: { sessionLifetime: 1000 } });
    const cancelled = await open(one);
    expect((await one.ask('DELETE', cancelled, { anonymous: true })).status).toBe(204);
    for (const method of ['GET', 'DELETE', 'PUT', 'POST']) {
      const answer = await one.ask(method, cancelled, {
        anonymous: true,
        headers: { 'content-range': 'bytes 0-0/1' },
      });
      expect([method, answer.status]).toEqual([method, 404]);
    }
    const url = await open(one);
    await one.clock.advance(900);
    await put(one, url, bytesOf(10), 0, 30);
    await one.clock.advance(900);
    expect((await put(one, url, bytesOf(10), 10, 30)).status).toBe(202);
    await one.clock.advance(1001);
    expect((await put(one, url, bytesOf(10), 20, 30)).status).toBe(404);
  });

  test('replaces by default, and renames or fails on request', async () => {
    const one = await startTester({ seed: { 'x.bin': 'old' } });
    const upload = async (body?: object) => put(one, await open(one, 'X.bin', body), bytesOf(5), 0, 5);
    expect(await upload()).toMatchObject({ status: 200, json: { name: 'x.bin', size: 5 } });
    expect(await upload({ item: { '@microsoft.graph.conflictBehavior': 'rename' } })).toMatchObject({
      status: 201,
      json: { name: 'X 1.bin' },
    });
    expect(
      await one.ask('POST', '/me/drive/root:/x.bin:/createUploadSession', {
        body: { item: { '@name.conflictBehavior': 'fail' } },
      }),
    ).toMatchObject({ status: 409, json: { error: { code: 'nameAlreadyExists' } } });
    const { json } = await one.ask('GET', '/me/drive/root:/x.bin');
    const { json: byId } = await one.ask('POST', `/me/drive/items/${json.id}/createUploadSession`);
    expect(await put(one, byId.uploadUrl, bytesOf(7), 0, 7)).toMatchObject({
      status: 200,
      json: { id: json.id, size: 7 },
    });
  });

  test('that ended in a conflict can be committed under another name', async () => {
    const one = await startTester({ seed: { d: { folder: {} } } });
    const url = await open(one, 'x.bin', { item: { '@microsoft.graph.conflictBehavior': 'fail' } });
    expect((await one.ask('PUT', '/me/drive/root:/x.bin:/content', { body: 'earlier' })).status).toBe(201);
    expect((await put(one, url, bytesOf(5), 0, 5)).status).toBe(409);
    const commit = (name: string) =>
      one.ask('PUT', '/me/drive/root:/d', {
        body: { name, '@microsoft.graph.conflictBehavior': 'rename', '@microsoft.graph.sourceUrl': url },
      });
    expect(await commit('y.bin')).toMatchObject({
      status: 201,
      json: { name: 'y.bin', size: 5, parentReference: { name: 'd' } },
    });
    expect((await commit('y.bin')).status).toBe(404);
  });

  test('with a deferred commit waits for the commit', async () => {
    const one = await startTester({ kind: 'business' });
    const url = await open(one, 'x.bin', { item: {}, deferCommit: true });
    const early = await one.ask('POST', url, { anonymous: true });
    expect(early.status).toBe(400);
    const last = await put(one, url, bytesOf(5), 0, 5);
    expect([last.status, last.json.nextExpectedRanges]).toEqual([202, []]);
    expect((await one.ask('GET', '/me/drive/root:/x.bin')).status).toBe(404);
    expect((await one.ask('POST', url, { anonymous: true })).status).toBe(201);
  });

  test('is refused at creation if it cannot succeed', async () => {
    const one = await startTester({
      accounts: [{ drive: { total: 10, files: { 'f.txt': 'x', d: { folder: {} } } } }],
    });
    const create = async (path: string, ask: object) =>
      (await one.ask('POST', `/me/drive/root:/${path}:/createUploadSession`, ask)).status;
    const { json } = await one.ask('GET', '/me/drive/root:/f.txt');
    expect(await create('g', { body: { item: { fileSize: 11 } } })).toBe(507);
    expect(await create('d', {})).toBe(409);
    expect(await create('a*b', {})).toBe(400);
    expect(await create('g', { body: { item: { name: 'other' } } })).toBe(400);
    expect(await create('f.txt', { headers: { 'if-match': 'other' } })).toBe(412);
    expect(await create('f.txt', { headers: { 'if-none-match': json.eTag } })).toBe(412);
    expect(await create('f.txt', { headers: { 'if-match': json.cTag } })).toBe(200);
    expect((await one.ask('POST', '/me/drive/root/createUploadSession')).status).toBe(400);
  });

  test('processes one fragment at a time', async () => {
    const one = await startTester();
    const url = await open(one);
    const answers = await Promise.all(Array.from({ length: 4 }, () => put(one, url, bytesOf(10), 0, 20)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([202, 416, 416, 416]);
  });

  test('enforces the 320 KiB rule with strictFragments', async () => {
    const one = await startTester({ settings: { strictFragments: true } });
    const url = await open(one);
    expect((await put(one, url, bytesOf(10), 0, 30)).json.error.innerError.code).toBe(
      'invalidFragmentLength',
    );
    expect((await put(one, url, bytesOf(30), 0, 30)).status).toBe(201);
  });
});
