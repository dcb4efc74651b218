/** The embedded drive with a damaged content file: the command names the item, and other items stay readable. */
import { readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CommandLine, commandLine } from './command-line.ts';

let cli: CommandLine;
beforeEach(async () => {
  cli = await commandLine();
});
afterEach(() => cli.close());

const damages: Readonly<Record<string, (blob: string) => Promise<void>>> = {
  truncated: (blob) => truncate(blob, 10),
  emptied: (blob) => truncate(blob, 0),
  removed: (blob) => rm(blob),
};

test.each(Object.keys(damages))(
  'content file that was %s is reported with the path of its item',
  async (damage) => {
    await writeFile(join(cli.folder, 'big.bin'), new Uint8Array(200_000).fill(7));
    await writeFile(join(cli.folder, 'small.txt'), 'small');
    for (const file of ['big.bin', 'small.txt']) await cli.run(`--local --data d put ${file}`);
    const blobs = await readdir(join(cli.folder, 'd', 'blobs'), { recursive: true, withFileTypes: true });
    // Directly in the folder is what identifies the store.
    const isContent = (one: (typeof blobs)[number]) => one.isFile() && !one.parentPath.endsWith('blobs');
    for (const blob of blobs.filter(isContent)) await damages[damage]?.(join(blob.parentPath, blob.name));
    for (const words of ['get big.bin out.bin', 'cat big.bin']) {
      const { status, out, err } = await cli.run(`--local --data d ${words}`);
      expect(status, words).not.toBe(0);
      expect(status, words).not.toBe(1);
      expect(err, words).toContain('big.bin');
      expect(out.length).toBeLessThan(200_000);
    }
    expect(await readdir(cli.folder)).not.toContain('out.bin');
    expect((await cli.run('--local --data d cat small.txt')).out).toBe('small');
    expect((await cli.run('--local --data d ls')).status).toBe(0);
  },
);
