/**
 * The behavior of a file system that the project relies on, tested with Node's, the one in memory, memfs, and the faulty
 * wrapper.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFsFromVolume, Volume } from 'memfs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FileSystem } from '../../packages/kit/src/platform/index.ts';
import { faultyFileSystem } from '../../packages/kit/src/platform/memory/faulty-file-system.ts';
import { memoryFileSystem } from '../../packages/kit/src/platform/memory/memory-file-system.ts';
import { nodeFileSystem } from '../../packages/kit/src/platform/node/index.ts';

interface Place {
  readonly fs: FileSystem;
  readonly dir: string;
  clean(): Promise<void>;
}

const kinds: Record<string, () => Promise<Place>> = {
  node: async () => {
    const dir = await mkdtemp(join(tmpdir(), 'file-system-'));
    return { fs: nodeFileSystem, dir, clean: () => rm(dir, { recursive: true, force: true }) };
  },
  memory: async () => madeIn(memoryFileSystem()),
  memfs: async () => madeIn(createFsFromVolume(new Volume()).promises as unknown as FileSystem),
  'faulty without faults': async () => madeIn(faultyFileSystem(memoryFileSystem(), [])),
};

async function madeIn(fs: FileSystem): Promise<Place> {
  await fs.mkdir('/place', { recursive: true });
  return { fs, dir: '/place', clean: async () => {} };
}

describe.each(Object.entries(kinds))('file system: %s', (_name, make) => {
  let place: Place;
  const at = (...names: string[]) => join(place.dir, ...names);
  beforeEach(async () => {
    place = await make();
  });
  afterEach(() => place.clean());

  const put = async (path: string, text: string, flags = 'w') => {
    const file = await place.fs.open(path, flags);
    const bytes = new TextEncoder().encode(text);
    await file.write(bytes, 0, bytes.byteLength, null);
    await file.close();
  };

  test('what is written is read back', async () => {
    await put(at('a'), 'grüße');
    expect(await place.fs.readFile(at('a'), 'utf8')).toBe('grüße');
    expect(await place.fs.stat(at('a'))).toMatchObject({ size: 7 });
  });

  test('writing again replaces, appending adds', async () => {
    await put(at('a'), 'longer text');
    await put(at('a'), 'short');
    await put(at('a'), '!', 'a');
    expect(await place.fs.readFile(at('a'), 'utf8')).toBe('short!');
  });

  test('exclusive creation fails where something is', async () => {
    await put(at('a'), '1', 'wx');
    await expect(place.fs.open(at('a'), 'wx')).rejects.toMatchObject({ code: 'EEXIST' });
  });

  test('positions are obeyed in reading and writing, gaps are zero', async () => {
    const file = await place.fs.open(at('a'), 'w+');
    await file.write(Uint8Array.of(1, 2, 3), 1, 2, 4);
    const buffer = new Uint8Array(8).fill(9);
    expect(await file.read(buffer, 1, 7, 0)).toMatchObject({ bytesRead: 6 });
    expect([...buffer]).toEqual([9, 0, 0, 0, 0, 2, 3, 9]);
    await file.truncate(2);
    expect((await file.stat()).size).toBe(2);
    await file.sync();
    await file.close();
  });

  test('reading without a position continues', async () => {
    await put(at('a'), 'abcdef');
    const file = await place.fs.open(at('a'), 'r');
    const buffer = new Uint8Array(4);
    expect((await file.read(buffer, 0, 4, null)).bytesRead).toBe(4);
    expect((await file.read(buffer, 0, 4, null)).bytesRead).toBe(2);
    expect((await file.read(buffer, 0, 4, null)).bytesRead).toBe(0);
    await file.close();
  });

  test('a folder lists its names', async () => {
    await place.fs.mkdir(at('x', 'y'), { recursive: true });
    await put(at('x', 'f'), '1');
    expect((await place.fs.readdir(at('x'))).sort()).toEqual(['f', 'y']);
    expect((await place.fs.stat(at('x', 'f'))).isFile()).toBe(true);
    expect((await place.fs.stat(at('x', 'y'))).isDirectory()).toBe(true);
  });

  test('making a folder that is there fails unless recursive', async () => {
    await place.fs.mkdir(at('x'), { recursive: false });
    await expect(place.fs.mkdir(at('x'), { recursive: false })).rejects.toMatchObject({ code: 'EEXIST' });
    await place.fs.mkdir(at('x'), { recursive: true });
    await expect(place.fs.mkdir(at('no', 'way'), { recursive: false })).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });

  test('a rename replaces a file, keeps its identity and fails for what is missing', async () => {
    await put(at('a'), 'new');
    await put(at('b'), 'old');
    const { ino } = await place.fs.stat(at('a'));
    await place.fs.rename(at('a'), at('b'));
    expect(await place.fs.readFile(at('b'), 'utf8')).toBe('new');
    expect((await place.fs.stat(at('b'))).ino).toBe(ino);
    await expect(place.fs.rename(at('a'), at('c'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('missing things are ENOENT, a way through a file is ENOTDIR', async () => {
    await put(at('a'), '1');
    await expect(place.fs.stat(at('b'))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(place.fs.open(at('b'), 'r')).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(place.fs.unlink(at('b'))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(place.fs.open(at('no', 'b'), 'w')).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(place.fs.stat(at('a', 'b'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  test('rm with force ignores missing files, and deletes a whole tree when recursive', async () => {
    await place.fs.rm(at('b'), { recursive: false, force: true });
    await place.fs.mkdir(at('x', 'y'), { recursive: true });
    await put(at('x', 'y', 'f'), '1');
    await place.fs.rm(at('x'), { recursive: true, force: false });
    await expect(place.fs.stat(at('x'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('modes and times are stored', async () => {
    const file = await place.fs.open(at('a'), 'w', 0o600);
    await file.utimes(new Date(1000), new Date(2000));
    await file.close();
    expect((await place.fs.stat(at('a'))).mode & 0o777).toBe(0o600);
    expect((await place.fs.stat(at('a'))).mtimeMs).toBe(2000);
    await place.fs.chmod(at('a'), 0o640);
    await place.fs.utimes(at('a'), new Date(3000), new Date(4000));
    expect((await place.fs.lstat(at('a'))).mode & 0o777).toBe(0o640);
    expect((await place.fs.lstat(at('a'))).mtimeMs).toBe(4000);
  });

  test('a closed file cannot be read, even if its descriptor number is reused', async () => {
    await put(at('a'), 'one');
    await put(at('b'), 'two');
    const first = await place.fs.open(at('a'), 'r');
    await first.close();
    const second = await place.fs.open(at('b'), 'r');
    await first.close().catch(() => undefined);
    await expect(first.read(new Uint8Array(3), 0, 3, 0)).rejects.toBeInstanceOf(Error);
    expect((await second.read(new Uint8Array(3), 0, 3, 0)).bytesRead).toBe(3);
    await second.close();
  });
});
