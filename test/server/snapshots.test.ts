import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  createOneDrive,
  directoryStorage,
  memoryStorage,
  type Storage,
} from '../../packages/server/src/index.ts';

const large = new Uint8Array(100_000).fill(7);

async function withServer(
  storage: Storage,
  steps: (made: Awaited<ReturnType<typeof tools>>) => Promise<void>,
) {
  const made = await tools(storage);
  await steps(made);
  await made.onedrive.close();
}

async function tools(storage: Storage) {
  const onedrive = await createOneDrive({ storage, kind: 'business' });
  const headers = { authorization: `Bearer ${onedrive.token()}` };
  const ask = (method: string, path: string, body?: Uint8Array | string) =>
    onedrive.fetch(
      new Request(`http://localhost${path}`, { method, headers, body: (body ?? null) as BodyInit | null }),
    );
  const status = async (...request: Parameters<typeof ask>) => (await ask(...request)).status;
  const json = async (path: string) => (await (await ask('GET', path)).json()) as Record<string, unknown>;
  const read = async (path: string) => {
    const item = await json(`/v1.0/me/drive/root:/${path}`);
    const answer = await onedrive.fetch(new Request(String(item['@microsoft.graph.downloadUrl'])));
    return new Uint8Array(await answer.arrayBuffer());
  };
  const restore = (path: string) => status('POST', path, '{"files": true}');
  const put = (path: string, body: Uint8Array | string) =>
    status('PUT', `/v1.0/me/drive/root:/${path}:/content`, body);
  return { onedrive, ask, status, json, read, put, restore };
}

describe.each(['memory', 'a folder'] as const)('a snapshot of a server in %s', (kind) => {
  it('restores content, names, versions and delta tokens, repeatedly', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'snapshot-'));
    const storage = kind === 'memory' ? memoryStorage() : await directoryStorage(folder, { durable: false });
    await withServer(storage, async ({ status, json, read, put, restore }) => {
      await put('keep.bin', large);
      await put('gone.txt', 'gone');
      const before = await json('/v1.0/me/drive/root/delta');
      expect(await status('PUT', '/_control/snapshots/start')).toBe(204);
      for (let round = 0; round < 2; round++) {
        await put('keep.bin', 'changed');
        await put('new.txt', 'new');
        await status('DELETE', '/v1.0/me/drive/root:/gone.txt');
        expect(await status('PUT', '/_control/snapshots/later')).toBe(204);
        expect(await restore('/_control/snapshots/start/restore')).toBe(204);
        expect(await read('keep.bin')).toEqual(large);
        expect(await status('GET', '/v1.0/me/drive/root:/new.txt')).toBe(404);
        expect(await status('GET', '/v1.0/me/drive/root:/gone.txt')).toBe(200);
        expect(await json('/v1.0/me/drive/root:/keep.bin:/versions')).toMatchObject({ value: { length: 1 } });
        expect((await json('/v1.0/me/drive/root/delta'))['value']).toHaveLength(
          (before['value'] as unknown[]).length,
        );
        expect(await restore('/_control/snapshots/later/restore')).toBe(204);
        expect(new TextDecoder().decode(await read('keep.bin'))).toBe('changed');
        expect(await status('GET', '/v1.0/me/drive/root:/new.txt')).toBe(200);
        await restore('/_control/snapshots/start/restore');
      }
      expect(await json('/_control/snapshots')).toEqual({ value: ['later', 'start'] });
      expect(await status('DELETE', '/_control/snapshots/later')).toBe(204);
      expect(await restore('/_control/snapshots/later/restore')).toBe(404);
      expect(await status('PUT', '/_control/snapshots/bad%2Fname')).toBe(403);
    });
    await rm(folder, { recursive: true });
  });
});

it('blobs are deleted with the last snapshot that contains them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'snapshot-'));
  const blobs = async () =>
    (await readdir(join(folder, 'blobs'), { recursive: true })).filter((name) => name.includes('/'));
  await withServer(await directoryStorage(folder, { durable: false }), async ({ status, put, restore }) => {
    await status('PUT', '/_control/snapshots/empty');
    await put('a.bin', large);
    await status('PUT', '/_control/snapshots/full');
    await restore('/_control/snapshots/empty/restore');
    expect(await blobs()).toHaveLength(1);
    await status('DELETE', '/_control/snapshots/full');
    expect(await blobs()).toHaveLength(0);
  });
  await rm(folder, { recursive: true });
});

it('restoring deletes files on disk only if the request confirms it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'snapshot-'));
  await withServer(
    await directoryStorage(folder, { durable: false }),
    async ({ ask, status, put, restore }) => {
      await status('PUT', '/_control/snapshots/empty');
      await put('a.txt', 'a');
      for (const body of [undefined, '{}', '{"files": "true"}', '{"files": 1}']) {
        const answer = await ask('POST', '/_control/snapshots/empty/restore', body);
        expect([answer.status, await answer.text()]).toEqual([
          409,
          expect.stringContaining('{\\"files\\": true}'),
        ]);
      }
      expect(await status('GET', '/v1.0/me/drive/root:/a.txt')).toBe(200);
      expect(await restore('/_control/snapshots/empty/restore')).toBe(204);
      expect(await status('GET', '/v1.0/me/drive/root:/a.txt')).toBe(404);
    },
  );
  await rm(folder, { recursive: true });
});
