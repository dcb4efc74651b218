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
import { inputSource } from './input-source.ts';
import { pathSink } from './path-sink.ts';
import { pathSource } from './path-source.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-files-'));
});
afterEach(() => rm(folder, { recursive: true }));

const random = seededRandom(3);
const pathOf = (name: string) => join(folder, name);

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk.slice());
  return Buffer.concat(all);
}

describe('a file as a source', () => {
  it.each([0, 1, (1 << 20) - 1, 1 << 20, 3_500_000])(
    'of %i bytes can be read in any part, any number of times',
    async (size) => {
      const bytes = sample(size);
      await writeFile(pathOf('f'), bytes);
      const source = await pathSource(nodeFileSystem, pathOf('f'));
      expect((await collect(source.read(0, size))).equals(bytes)).toBe(true);
      const [start, end] = [Math.floor(size / 3), size - Math.floor(size / 5)];
      expect((await collect(source.read(start, end))).equals(bytes.subarray(start, end))).toBe(true);
      await source.close();
    },
  );

  it('that is missing or a folder is a local-file error with that reason', async () => {
    await expect(pathSource(nodeFileSystem, pathOf('no'))).rejects.toMatchObject({
      code: 'local-file',
      message: expect.stringContaining('no such file'),
    });
    await expect(pathSource(nodeFileSystem, folder)).rejects.toMatchObject({
      code: 'local-file',
      message: expect.stringContaining('folder'),
    });
  });

  it('that becomes shorter while it is read is an integrity error', async () => {
    await writeFile(pathOf('f'), sample(2_500_000));
    const source = await pathSource(nodeFileSystem, pathOf('f'));
    await truncate(pathOf('f'), 10);
    await expect(collect(source.read(0, 2_500_000))).rejects.toMatchObject({ code: 'integrity' });
    await source.close();
  });
});

describe('a stream of unknown size', () => {
  async function* chunks(count: number) {
    const shared = new Uint8Array(100_000);
    for (let index = 0; index < count; index++) yield shared.fill(index);
  }
  const expectedBytes = (count: number) =>
    Buffer.concat(Array.from({ length: count }, (_, index) => new Uint8Array(100_000).fill(index)));
  const world = () => ({ random, spool: { fileSystem: nodeFileSystem, folder } });

  it('stays in memory while it is small', async () => {
    const source = await inputSource({ stream: chunks(3), name: 'x' }, world());
    expect(source.size).toBe(300_000);
    expect((await collect(source.read(0, source.size))).equals(expectedBytes(3))).toBe(true);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is spooled to a private temporary file if it is large, which is removed afterwards', async () => {
    const source = await inputSource({ stream: chunks(60), name: 'x' }, world());
    expect([source.size, source.name]).toEqual([6_000_000, 'x']);
    expect((await stat(pathOf((await readdir(folder))[0]!))).mode & 0o777).toBe(0o600);
    expect((await collect(source.read(0, source.size))).equals(expectedBytes(60))).toBe(true);
    await source.close();
    expect(await readdir(folder)).toEqual([]);
  });

  it('that fails leaves no file behind and throws its own error', async () => {
    async function* breaking() {
      yield* chunks(60);
      throw new Error('stdin broke');
    }
    await expect(inputSource({ stream: breaking() }, world())).rejects.toThrow('stdin broke');
    expect(await readdir(folder)).toEqual([]);
  });

  it('of more than 4 MiB is refused without a folder for temporary files', async () => {
    await expect(inputSource({ stream: chunks(60) }, { random })).rejects.toMatchObject({
      code: 'not-supported',
    });
  });
});

describe('a file as a sink', () => {
  it('appears only when complete, with the time of the item', async () => {
    const { drive } = await embeddedDrive();
    await writeFile(pathOf('source.bin'), sample(2_200_000));
    const time = new Date('2020-02-03T04:05:06Z');
    await utimes(pathOf('source.bin'), time, time);
    await drive.upload(await pathSource(nodeFileSystem, pathOf('source.bin')), '', { keepTimes: true });
    const sink = pathSink(nodeFileSystem, pathOf('got.bin'), { random });
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
    expect((await readFile(pathOf('got.bin'))).equals(sample(2_200_000))).toBe(true);
    expect((await stat(pathOf('got.bin'))).mtime).toEqual(time);
    expect((await readdir(folder)).sort()).toEqual(['got.bin', 'source.bin']);
  });

  it('keeps an existing file until the new one is verified, and leaves no part file behind', async () => {
    const { drive } = await embeddedDrive();
    await writeFile(pathOf('got'), 'old');
    const sink = pathSink(nodeFileSystem, pathOf('got'), { random });
    await expect(drive.download('missing', sink)).rejects.toMatchObject({ code: 'not-found' });
    expect(await readFile(pathOf('got'), 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['got']);
  });

  it('at the path of a folder, or in a missing folder, is refused before any request', async () => {
    const { drive, asked } = await embeddedDrive();
    const downloadTo = (path: string) => drive.download('x', pathSink(nodeFileSystem, path, { random }));
    await expect(downloadTo(folder)).rejects.toMatchObject({
      code: 'local-file',
      message: expect.stringContaining('folder'),
    });
    await expect(downloadTo(pathOf('no/file'))).rejects.toMatchObject({ code: 'local-file' });
    expect(asked).toEqual([]);
  });

  it('behind a symbolic link replaces the target file, not the link', async () => {
    const { drive } = await embeddedDrive();
    await drive.upload('new', '', { name: 'f' });
    await mkdir(pathOf('d'));
    await writeFile(pathOf('d/real'), 'old');
    await symlink(pathOf('d/real'), pathOf('link'));
    await drive.download('f', pathSink(nodeFileSystem, pathOf('link'), { random }));
    expect(await readFile(pathOf('d/real'), 'utf8')).toBe('new');
  });

  it('at a device writes directly to it', async () => {
    const { drive } = await embeddedDrive();
    await drive.upload('new', '', { name: 'f' });
    await drive.download('f', pathSink(nodeFileSystem, '/dev/null', { random }));
    expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
  });
});
