/** `put` against services and local files that misbehave. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CommandLine, commandLine, response } from './command-line.ts';

let cli: CommandLine;
beforeEach(async () => {
  cli = await commandLine();
});
afterEach(() => cli.close());

test('a 404 of an upload into a folder that exists does not claim that the path is missing', async () => {
  await writeFile(join(cli.folder, 'big.bin'), new Uint8Array(11 << 20));
  const missing = { error: { code: 'itemNotFound', message: 'Item does not exist' } };
  for (const target of ['', ' Docs/']) {
    await cli.run('mkdir -p Docs');
    const { status, err } = await cli.run(`put big.bin${target}`, {
      lie: ({ url }) => (url.includes('createUploadSession') ? response(404, missing) : undefined),
    });
    expect(err).not.toContain('There is nothing');
    expect(err).toMatch(/refused to create .*big\.bin/);
    expect(err).toContain('Try again');
    expect(status).toBe(7);
  }
});

/** `файл.txt` in KOI8-R. */
const koi8 = Buffer.from([0xc6, 0xc1, 0xca, 0xcc, 0x2e, 0x74, 0x78, 0x74]);

test('--files-from is read in the encoding of -e, as the names of local files are', async () => {
  const tree = join(cli.folder, 'tree');
  await mkdir(tree);
  await writeFile(Buffer.concat([Buffer.from(`${tree}/`), koi8]), 'text');
  await writeFile(join(tree, 'other.txt'), 'other');
  await writeFile(join(cli.folder, 'list'), koi8);
  const { status, err } = await cli.run('put -r -e koi8-r --files-from list tree');
  expect(err).toContain('1 file uploaded');
  expect(status).toBe(0);
  expect((await cli.run('ls tree')).out).toBe('- файл.txt\n');
});

test.each(['--files-from', '--exclude-from'])(
  '%s that is not valid in the encoding is refused, not guessed',
  async (option) => {
    await mkdir(join(cli.folder, 'tree'));
    await writeFile(join(cli.folder, 'list'), koi8);
    for (const file of ['list', '-']) {
      const { status, err } = await cli.run(`put -r ${option} ${file} tree`, { stdin: koi8 });
      expect(err).toContain('is not valid utf-8');
      expect(err).toContain('--encoding');
      expect(status).toBe(2);
    }
  },
);
