import { mkdir, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { createOneDrive, memoryStorage, type Storage } from '../../packages/server/src/index.ts';
import { asStorageError } from '../../packages/server/src/storage/directory/sql-failure.ts';
import { StorageError } from '../../packages/server/src/storage/storage-error.ts';
import { driveFolder, openDrive } from './data-folder.ts';

interface Failure {
  readonly error: { readonly code: string; readonly message: string; readonly innerError: { code?: string } };
}

async function largeBlob(folder: string): Promise<string> {
  const paths = await readdir(join(folder, 'blobs'), { recursive: true });
  return join(folder, 'blobs', paths.find((path) => /^..\/[\da-f]{32}$/.test(path)) ?? '');
}

describe('damaged content gives 422 with item and folder, and other items stay readable, if the file', () => {
  const damages: readonly [string, (path: string) => Promise<unknown>][] = [
    ['is cut', (path) => truncate(path, 100)],
    ['is gone', (path) => rm(path)],
    [
      'is a symlink',
      async (path) => {
        await writeFile(`${path}-other`, Buffer.alloc(40_000));
        await rm(path);
        await symlink(`${path}-other`, path);
      },
    ],
    [
      'is a folder',
      async (path) => {
        await rm(path);
        await mkdir(path);
      },
    ],
  ];
  it.each(damages)('%s', async (_, damage) => {
    const folder = await driveFolder();
    await damage(await largeBlob(folder));
    const drive = await openDrive(folder);
    const item = (await (await drive.call('GET', '/me/drive/root:/large.bin')).json()) as {
      '@microsoft.graph.downloadUrl': string;
    };
    const answer = await drive.call('GET', item['@microsoft.graph.downloadUrl']);
    const { error } = (await answer.json()) as Failure;
    expect([answer.status, error.innerError.code]).toEqual([422, 'damagedContent']);
    expect(error.message).toContain('/large.bin');
    expect(error.message).toContain(folder);
    expect(new TextDecoder().decode(await drive.bytes('small.txt'))).toBe('small');
    await drive.close();
  });
});

describe('an image whose bytes cannot be read', () => {
  const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

  it('is listed with the others, and its thumbnail and conversion name it', async () => {
    const memory = memoryStorage();
    const damaged = new Set<string>();
    const storage: Storage = {
      ...memory,
      blobs: {
        ...memory.blobs,
        read(id, start, end) {
          if (damaged.has(id)) throw new StorageError('damaged', 'A blob file is damaged.');
          return memory.blobs.read(id, start, end);
        },
      },
    };
    const server = await createOneDrive({ storage, seed: { 'a.txt': 'a' } });
    const token = server.token();
    const call = (path: string, body?: Uint8Array) =>
      server.fetch(
        new Request(path.startsWith('http') ? path : `http://h${path}`, {
          method: body === undefined ? 'GET' : 'PUT',
          headers: path.startsWith('http') ? {} : { authorization: `Bearer ${token}` },
          ...(body === undefined ? {} : { body: new Uint8Array(body) }),
        }),
      );
    await call('/v1.0/me/drive/root:/Pictures/photo.gif:/content', gif);
    const item = '/v1.0/me/drive/root:/Pictures/photo.gif:';
    const { large } = (await (await call(`${item}/thumbnails/0`)).json()) as { large: { url: string } };
    await call(`${item}/content`, Buffer.concat([gif, gif]));
    const key = memory.read((records) => records.scan(1, { contains: ['photo'], limit: 1 })[0]);
    damaged.add(key?.blob ?? '');
    for (const path of [
      '/v1.0/me/drive/root:/Pictures:/children?$expand=thumbnails',
      '/v5.0/me/skydrive/files',
    ])
      expect([path, (await call(path)).status]).toEqual([path, 200]);
    const live = (await (await call('/v5.0/me/skydrive/files')).json()) as {
      data: { id: string; name: string }[];
    };
    const folder = live.data.find(({ name }) => name === 'Pictures')?.id ?? '';
    expect((await call(`/v5.0/${folder}/files`)).status).toBe(200);
    const conversion = await call(`${item}/content?format=jpg`);
    for (const url of [large.url, conversion.headers.get('location') ?? '']) {
      const answer = await call(url);
      const { error } = (await answer.json()) as Failure;
      expect([answer.status, error.message]).toEqual([
        422,
        expect.stringContaining('/Pictures/photo.gif is damaged'),
      ]);
    }
    await server.close();
  });
});

test.each([
  [Object.assign(new Error('x'), { code: 'ENOSPC' }), 'full'],
  [Object.assign(new Error('x'), { code: 'EDQUOT' }), 'full'],
  [Object.assign(new Error('x'), { code: 'EFBIG' }), 'full'],
  [Object.assign(new Error('x'), { code: 'EROFS' }), 'read-only'],
  [Object.assign(new Error('x'), { code: 'EIO' }), 'io'],
  [Object.assign(new Error('x'), { code: 'SQLITE_FULL', rawCode: 13 }), 'full'],
  [Object.assign(new Error('x'), { errcode: 778 }), 'full'],
  [Object.assign(new Error('x'), { errcode: 267 }), 'damaged'],
])('%o gives %s with the name of the folder', (error, code) => {
  expect(asStorageError(error, '/data')).toMatchObject({ code, message: expect.stringContaining('/data') });
});

/** A storage on a full disk, until its reserve is released. */
function fullDisk(): Storage & { full: boolean; reserve: boolean } {
  const storage = memoryStorage();
  return {
    ...storage,
    full: false,
    reserve: true,
    write(fn) {
      if (this.full) throw new StorageError('full', 'The disk of /data is full.');
      return storage.write(fn);
    },
    makeRoom() {
      const had = this.reserve;
      if (had) this.full = false;
      this.reserve = false;
      return had;
    },
  };
}

describe('on a full disk', () => {
  const open = async () => {
    const storage = fullDisk();
    const server = await createOneDrive({ storage, seed: { 'a.txt': 'a', 'b.txt': 'b' } });
    storage.full = true;
    const token = server.token({ keep: false });
    const call = (method: string, path: string, body?: string) =>
      server.fetch(
        new Request(`http://h/v1.0/me/drive/root${path}`, {
          method,
          headers: { authorization: `Bearer ${token}` },
          ...(body === undefined ? {} : { body }),
        }),
      );
    return { storage, call };
  };

  it('a token for this process can be issued and items can be read', async () => {
    const { call } = await open();
    expect((await call('GET', ':/a.txt')).status).toBe(200);
  });

  it('an upload gives 507 and does not use the reserve', async () => {
    const { call, storage } = await open();
    const answer = await call('PUT', ':/c.txt:/content', 'c');
    const { error } = (await answer.json()) as Failure;
    expect([answer.status, error.code, error.innerError.code]).toEqual([
      507,
      'quotaLimitReached',
      'localDiskFull',
    ]);
    expect(storage.reserve).toBe(true);
  });

  it('a deletion succeeds by using the reserve', async () => {
    const { call } = await open();
    expect((await call('DELETE', ':/a.txt')).status).toBe(204);
    expect((await call('GET', ':/a.txt')).status).toBe(404);
  });
});
