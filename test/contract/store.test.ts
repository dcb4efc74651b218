/** The contract of stores. */
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { memoryLock, memoryStore, type Store } from '../../packages/kit/src/platform/index.ts';
import { memoryFileSystem } from '../../packages/kit/src/platform/memory/memory-file-system.ts';
import { fileStore, nodeFileSystem } from '../../packages/kit/src/platform/node/index.ts';

let dir = '';
const kinds: Record<string, () => Store> = {
  memory: () => memoryStore(),
  'files on disk': () => fileStore(nodeFileSystem, join(dir, 'made when needed')),
  'files in memory': () => fileStore(memoryFileSystem(), '/data', { lock: memoryLock() }),
};

describe.each(Object.entries(kinds))('store: %s', (_name, make) => {
  let store: Store;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'store-'));
    store = make();
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  test('a key that was never written reads as undefined and may be deleted', async () => {
    expect(await store.read('a/b.json')).toBeUndefined();
    await store.delete('a/b.json');
  });

  test('what is written is read back, with the version that writing returned', async () => {
    const version = await store.write('a/b.json', 'grüße\n');
    expect(await store.read('a/b.json')).toEqual({ text: 'grüße\n', version });
  });

  test('an empty text is a text', async () => {
    await store.write('a', '');
    expect((await store.read('a'))?.text).toBe('');
  });

  test('every write changes the version, even of the same text', async () => {
    const first = await store.write('a', 'same');
    expect(await store.write('a', 'same')).not.toBe(first);
  });

  test('a write over the version that was read passes, over an older one it is a conflict', async () => {
    const first = await store.write('a', '1');
    const second = await store.write('a', '2', { ifVersion: first });
    await expect(store.write('a', '3', { ifVersion: first })).rejects.toMatchObject({ code: 'conflict' });
    expect(await store.read('a')).toEqual({ text: '2', version: second });
  });

  test('a write that expects no value conflicts with an existing one, and vice versa', async () => {
    await expect(store.write('a', '1', { ifVersion: 'some' })).rejects.toMatchObject({ code: 'conflict' });
    await store.write('a', '1', { ifVersion: null });
    await expect(store.write('a', '2', { ifVersion: null })).rejects.toMatchObject({ code: 'conflict' });
    expect((await store.read('a'))?.text).toBe('1');
  });

  test('of many writers over the same version exactly one passes', async () => {
    const version = await store.write('a', '0');
    const writers = Array.from({ length: 20 }, (_, at) => store.write('a', `${at}`, { ifVersion: version }));
    const outcomes = await Promise.allSettled(writers);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('incrementing by compare-and-set loses no increment', async () => {
    await store.write('count', '0');
    const increment = async (): Promise<void> => {
      const seen = await store.read('count');
      try {
        await store.write('count', String(Number(seen!.text) + 1), { ifVersion: seen!.version });
      } catch {
        return increment();
      }
    };
    await Promise.all(Array.from({ length: 12 }, increment));
    expect((await store.read('count'))?.text).toBe('12');
  });

  test('list returns the keys with a prefix, sorted, without deleted ones', async () => {
    for (const key of ['jobs/b', 'jobs/a', 'jobs/deep/c', 'tokens/a', 'jobs/gone'])
      await store.write(key, 'x');
    await store.delete('jobs/gone');
    expect(await store.list('jobs/')).toEqual(['jobs/a', 'jobs/b', 'jobs/deep/c']);
    expect(await store.list('')).toEqual(['jobs/a', 'jobs/b', 'jobs/deep/c', 'tokens/a']);
    expect(await store.list('none/')).toEqual([]);
  });

  test.each(['../a', '/a', 'a/../b', 'a//b', '', '.hidden', 'a\\b', 'a\0', 'a/', 'nul:', 'a. '])(
    'the key %j is refused',
    async (key) => {
      await expect(store.write(key, 'x')).rejects.toMatchObject({ code: 'usage' });
      await expect(store.read(key)).rejects.toMatchObject({ code: 'usage' });
    },
  );
});

describe('a store of files on disk', () => {
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'store-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  test.skipIf(process.platform === 'win32')(
    'makes files and folders accessible to the user only',
    async () => {
      const store = fileStore(nodeFileSystem, join(dir, 'data'));
      await store.write('tokens/work.json', 'secret');
      expect((await stat(join(dir, 'data'))).mode & 0o777).toBe(0o700);
      expect((await stat(join(dir, 'data/tokens'))).mode & 0o777).toBe(0o700);
      expect((await stat(join(dir, 'data/tokens/work.json'))).mode & 0o777).toBe(0o600);
    },
  );

  test('a folder in place of the data file is a specific error', async () => {
    await writeFile(join(dir, 'data'), 'in the way');
    await expect(fileStore(nodeFileSystem, join(dir, 'data')).write('a', 'x')).rejects.toMatchObject({
      code: 'local-file',
    });
  });

  test('two stores over one folder see writes of the other and detect conflicts', async () => {
    const [one, two] = [fileStore(nodeFileSystem, dir), fileStore(nodeFileSystem, dir)];
    const version = await one.write('a', '1');
    const outcomes = await Promise.allSettled([
      one.write('a', 'one', { ifVersion: version }),
      two.write('a', 'two', { ifVersion: version }),
    ]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await one.read('a'))?.text).toBe((await two.read('a'))?.text);
  });
});
