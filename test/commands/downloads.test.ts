/** `get` against services and file systems that misbehave. */
import { lstat, mkdir, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FileSystem } from '../../packages/kit/src/platform/file-system.ts';
import { nodeFileSystem } from '../../packages/kit/src/platform/node/node-file-system.ts';
import { type CommandLine, commandLine, type Lie, response } from './command-line.ts';

let cli: CommandLine;
beforeEach(async () => {
  cli = await commandLine({
    accounts: [{ drive: { files: { 'a.txt': 'hello', Docs: { folder: { 'b.txt': 'b', 'c.txt': 'c' } } } } }],
    settings: { quirks: ['vault'] },
  });
});
afterEach(() => cli.close());

const inFolder = (...names: string[]) => join(cli.folder, ...names);
const failure = (code: string) => Object.assign(new Error(code), { code });

/** The disk, on which calls that write fail below these folders. */
function refusing(code: string, ...folders: readonly string[]): FileSystem {
  const isRefused = (path: string) => folders.some((folder) => `${path}/`.startsWith(`${folder}/`));
  return {
    ...nodeFileSystem,
    mkdir: async (path, options) => {
      if (isRefused(path)) throw failure(code);
      return nodeFileSystem.mkdir(path, options);
    },
    open: async (path, flags, mode) => {
      if (flags !== 'r' && isRefused(path)) throw failure(code);
      return nodeFileSystem.open(path, flags, mode);
    },
  };
}

describe('without a writable state folder', () => {
  test.each(['EACCES', 'EROFS', 'ENOSPC'])(
    '(%s) transfers run without a journal and report it once',
    async (code) => {
      const fs = refusing(code, cli.home);
      await writeFile(inFolder('up.bin'), new Uint8Array(11 << 20));
      for (const words of ['get a.txt out.txt', 'get -r Docs out', 'put up.bin', 'put -r out']) {
        const { status, err } = await cli.run(words, { fs });
        expect(err.match(/without a journal/g), words).toHaveLength(1);
        expect(status, words).toBe(0);
      }
      expect(await readFile(inFolder('out', 'Docs', 'b.txt'), 'utf8')).toBe('b');
    },
  );
});

/** Replaces the content of files. */
const contentLie =
  (body: AsyncIterable<Uint8Array>, headers: Record<string, string> = {}): Lie =>
  ({ url, headers: sent }) =>
    sent['authorization'] === undefined && !url.includes('/v1.0/')
      ? { ...response(200, '', { 'content-type': 'application/octet-stream', ...headers }), body }
      : undefined;

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

describe('content that does not match its hash', () => {
  test('is an error, and never under the name of the file', async () => {
    const { status } = await cli.run('get a.txt out.txt', { lie: contentLie(bytes('wrong')) });
    expect(status).toBe(8);
    expect(await readdir(cli.folder)).not.toContain('out.txt');
  });

  test('is kept with --keep-mismatch, and the verdict reports it', async () => {
    const { out, err } = await cli.run('get --keep-mismatch a.txt out.txt', {
      lie: contentLie(bytes('wrong')),
    });
    expect(`${out}${err}`).toMatch(/wrong size or hash|mismatch/);
    expect(await readFile(inFolder('out.txt'), 'utf8')).toBe('wrong');
  });
});

test('a download that never ends is stopped soon after the announced size', async () => {
  let sent = 0;
  async function* endless() {
    for (;;) {
      sent += 1 << 20;
      yield new Uint8Array(1 << 20);
    }
  }
  const { status, err } = await cli.run('get a.txt out.txt', { lie: contentLie(endless()) });
  expect(status, err).toBe(8);
  expect(sent).toBeLessThan(200 << 20);
  const sizes = await Promise.all(
    (await readdir(cli.folder)).map(async (name) => (await lstat(inFolder(name))).size),
  );
  expect(Math.max(0, ...sizes)).toBeLessThan(100 << 20);
});

test('an announced size without its bytes leaves no large sparse file', async () => {
  const lie: Lie = async ({ url }, next) => {
    if (!url.includes('/v1.0/'))
      return contentLie(bytes('hello'))({ url, headers: {}, method: 'GET' }, next)!;
    const real = await next();
    const parts: Uint8Array[] = [];
    for await (const part of real.body) parts.push(part);
    const text = Buffer.concat(parts)
      .toString()
      .replace(/"size":5\b/g, '"size":1000000000000');
    return { ...real, headers: { 'content-type': 'application/json' }, body: bytes(text) };
  };
  await cli.run('get a.txt out.txt', { lie });
  for (const name of await readdir(cli.folder)) expect((await lstat(inFolder(name))).size).toBeLessThan(1e6);
});

describe('planted links', () => {
  test('at the name of the part file are never written through', async () => {
    const names: string[] = [];
    const recording: FileSystem = {
      ...nodeFileSystem,
      open: async (path, flags, mode) => {
        if (flags !== 'r' && path.endsWith('.part')) names.push(path);
        return nodeFileSystem.open(path, flags, mode);
      },
    };
    await cli.run('get --force a.txt out.txt', { fs: recording });
    expect(names.length).toBeGreaterThan(0);
    await writeFile(inFolder('victim'), 'mine');
    for (const name of new Set(names)) await symlink(inFolder('victim'), name);
    await cli.run('get --force a.txt out.txt');
    expect(await readFile(inFolder('victim'), 'utf8')).toBe('mine');
    expect((await lstat(inFolder('out.txt'))).isSymbolicLink()).toBe(false);
  });

  test('to a folder that is named itself are followed, for a single file', async () => {
    await mkdir(inFolder('real'));
    await symlink(inFolder('real'), inFolder('link'));
    expect((await cli.run('get a.txt link')).status).toBe(0);
    expect(await readlink(inFolder('link'))).toBe(inFolder('real'));
    expect(await readFile(inFolder('real', 'a.txt'), 'utf8')).toBe('hello');
  });
});

test('a locked vault is reported by get -r, with status 14', async () => {
  const { status, err } = await cli.run('get -r / all');
  expect(err).toMatch(/omitted: .*[Vv]ault/);
  expect(status).toBe(14);
  expect(await readFile(inFolder('all', 'a.txt'), 'utf8')).toBe('hello');
});

describe('a folder that cannot be written', () => {
  test.each(['EACCES', 'EROFS', 'ENOSPC', 'EFBIG', 'EDQUOT'])(
    '(%s) ends get with status 12 and the path',
    async (code) => {
      await mkdir(inFolder('fixed'));
      const fs = refusing(code, inFolder('fixed'));
      for (const words of ['get a.txt fixed', 'get -r Docs fixed', 'get a.txt fixed/x']) {
        const { status, err } = await cli.run(words, { fs });
        expect(err, words).toContain('fixed');
        expect(err, words).not.toMatch(/should not|Check the spelling/);
        expect(status, words).toBe(12);
      }
      expect(await readdir(inFolder('fixed'))).toEqual([]);
    },
  );
});

test('a file that cannot grow (ulimit -f) ends with status 12, and nothing has its name', async () => {
  const fs: FileSystem = {
    ...nodeFileSystem,
    open: async (path, flags, mode) => {
      const file = await nodeFileSystem.open(path, flags, mode);
      if (flags === 'r' || path.startsWith(cli.home)) return file;
      const limited = Object.create(file) as typeof file;
      return Object.assign(limited, { write: () => Promise.reject(failure('EFBIG')) });
    },
  };
  const { status, err } = await cli.run('get a.txt out.txt', { fs });
  expect(err).toContain('larger than');
  expect(status).toBe(12);
  expect(await readdir(cli.folder)).not.toContain('out.txt');
});
