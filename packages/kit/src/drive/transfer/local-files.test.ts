import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sample } from '../../../../../test/contract/drive-provider.ts';
import { embeddedDrive } from '../../../../../test/embedded/embedded-drive.ts';
import { seededRandom } from '../../platform/index.ts';
import { nodeFileSystem } from '../../platform/node/node-file-system.ts';
import type { SinkFacts } from './file-sink.ts';
import { pathSink } from './path-sink.ts';
import { pathSource } from './path-source.ts';
import { settleSource } from './settle-source.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-files-'));
});
afterEach(() => rm(folder, { recursive: true }));

const random = seededRandom(3);
const at = (name: string) => join(folder, name);

async function collected(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk.slice());
  return Buffer.concat(all);
}

describe('a file as a source', () => {
  it.each([0, 1, (1 << 20) - 1, 1 << 20, 3_500_000])(
    'of %i bytes gives any part of them, any number of times',
    async (size) => {
      const bytes = sample(size);
      await writeFile(at('f'), bytes);
      const source = await pathSource(nodeFileSystem, at('f'));
      expect((await collected(source.read(0, size))).equals(bytes)).toBe(true);
      const [start, end] = [Math.floor(size / 3), size - Math.floor(size / 5)];
      expect((await collected(source.read(start, end))).equals(bytes.subarray(start, end))).toBe(true);
      await source.close();
    },
  );

  it('that is missing or a folder is a local-file error that says so', async () => {
    await expect(pathSource(nodeFileSystem, at('no'))).rejects.toMatchObject({
      code: 'local-file',
      message: expect.stringContaining('no such file'),
    });
    await expect(pathSource(nodeFileSystem, folder)).rejects.toMatchObject({
      code: 'local-file',
      message: expect.stringContaining('folder'),
    });
  });

  it('that becomes shorter while it is read is an integrity error', async () => {
    await writeFile(at('f'), sample(2_500_000));
    const source = await pathSource(nodeFileSystem, at('f'));
    await truncate(at('f'), 10);
    await expect(collected(source.read(0, 2_500_000))).rejects.toMatchObject({ code: 'integrity' });
    await source.close();
  });
});

describe('a stream of unknown size', () => {
  async function* chunks(count: number) {
    const shared = new Uint8Array(100_000);
    for (let turn = 0; turn < count; turn++) yield shared.fill(turn);
  }
  const whole = (count: number) =>
    Buffer.concat(Array.from({ length: count }, (_, turn) => new Uint8Array(100_000).fill(turn)));
  const world = () => ({ random, spool: { fileSystem: nodeFileSystem, folder } });

  it('stays in memory while it is small', async () => {
    const source = await settleSource({ stream: chunks(3), name: 'x' }, world());
    expect(source.size).toBe(300_000);
    expect((await collected(source.read(0, source.size))).equals(whole(3))).toBe(true);
    expect(await readdir(folder)).toEqual([]);
  });

  it('goes to a temporary file of our own when it is large, which is gone afterwards', async () => {
    const source = await settleSource({ stream: chunks(60), name: 'x' }, world());
    expect([source.size, source.name]).toEqual([6_000_000, 'x']);
    expect((await stat(at((await readdir(folder))[0]!))).mode & 0o777).toBe(0o600);
    expect((await collected(source.read(0, source.size))).equals(whole(60))).toBe(true);
    await source.close();
    expect(await readdir(folder)).toEqual([]);
  });

  it('that breaks leaves no file behind, and gives its own error', async () => {
    async function* breaking() {
      yield* chunks(60);
      throw new Error('stdin broke');
    }
    await expect(settleSource({ stream: breaking() }, world())).rejects.toThrow('stdin broke');
    expect(await readdir(folder)).toEqual([]);
  });

  it('is refused beyond 4 MiB where there is no place for it', async () => {
    await expect(settleSource({ stream: chunks(60) }, { random })).rejects.toMatchObject({
      code: 'not-supported',
    });
  });
});

describe('a file as a sink', () => {
  it('appears whole, with the time of the item, and not before', async () => {
    const { drive } = await embeddedDrive();
    await writeFile(at('source.bin'), sample(2_200_000));
    const time = new Date('2020-02-03T04:05:06Z');
    await utimes(at('source.bin'), time, time);
    await drive.upload(await pathSource(nodeFileSystem, at('source.bin')), '', { keepTimes: true });
    const sink = pathSink(nodeFileSystem, at('got.bin'), { random });
    let before: string[] = [];
    const watched = {
      ...sink,
      commit: async (facts: SinkFacts) => {
        before = await readdir(folder);
        await sink.commit(facts);
      },
    };
    await drive.download('source.bin', watched);
    expect(before).not.toContain('got.bin');
    expect((await readFile(at('got.bin'))).equals(sample(2_200_000))).toBe(true);
    expect((await stat(at('got.bin'))).mtime).toEqual(time);
    expect((await readdir(folder)).sort()).toEqual(['got.bin', 'source.bin']);
  });

  it('keeps an older file until the new one is good, and leaves no part behind', async () => {
    const { drive } = await embeddedDrive();
    await writeFile(at('got'), 'old');
    const sink = pathSink(nodeFileSystem, at('got'), { random });
    await expect(drive.download('missing', sink)).rejects.toMatchObject({ code: 'not-found' });
    expect(await readFile(at('got'), 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['got']);
  });

  it('onto a folder, or into one that is missing, is refused before anything is asked', async () => {
    const { drive, asked } = await embeddedDrive();
    const into = (path: string) => drive.download('x', pathSink(nodeFileSystem, path, { random }));
    await expect(into(folder)).rejects.toMatchObject({
      code: 'local-file',
      message: expect.stringContaining('folder'),
    });
    await expect(into(at('no/file'))).rejects.toMatchObject({ code: 'local-file' });
    expect(asked).toEqual([]);
  });

  it('behind a symbolic link replaces the file, not the link', async () => {
    const { drive } = await embeddedDrive();
    await drive.upload('new', '', { name: 'f' });
    await mkdir(at('d'));
    await writeFile(at('d/real'), 'old');
    await symlink(at('d/real'), at('link'));
    await drive.download('f', pathSink(nodeFileSystem, at('link'), { random }));
    expect(await readFile(at('d/real'), 'utf8')).toBe('new');
  });

  it('of a device writes straight into it', async () => {
    const { drive } = await embeddedDrive();
    await drive.upload('new', '', { name: 'f' });
    await drive.download('f', pathSink(nodeFileSystem, '/dev/null', { random }));
    expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
  });
});
