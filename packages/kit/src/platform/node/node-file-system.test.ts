import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeFileSystem as fs } from './node-file-system.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'node-file-system-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const onUnix = process.platform === 'win32' ? describe.skip : describe;

onUnix('the file system of Node', () => {
  it('lists and opens names that are not valid UTF-8, each under its own name only', async () => {
    const bytes = Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.of(0xe9)]);
    writeFileSync(bytes, 'latin');
    writeFileSync(`${folder}/caf\ufffd`, 'replaced');
    expect((await fs.readdir(folder)).sort()).toEqual(['caf\udce9', 'caf\ufffd']);
    expect(await fs.readFile(`${folder}/caf\udce9`, 'utf8')).toBe('latin');
    expect((await fs.stat(`${folder}/caf\udce9`)).size).toBe(5);
    await fs.rename(`${folder}/caf\udce9`, `${folder}/\udcff`);
    expect((await fs.readdir(folder)).sort()).toEqual(['caf\ufffd', '\udcff'].sort());
    await fs.unlink(`${folder}/\udcff`);
  });

  it('creates folders with their parents, for concurrent callers', async () => {
    await Promise.all([1, 2, 3].map(() => fs.mkdir(`${folder}/a/b/c`, { recursive: true, mode: 0o700 })));
    expect((await fs.stat(`${folder}/a/b`)).mode & 0o777).toBe(0o700);
    writeFileSync(`${folder}/file`, '');
    await expect(fs.mkdir(`${folder}/file`, { recursive: true })).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(fs.mkdir(`${folder}/file/b/c`, { recursive: true })).rejects.toMatchObject({
      code: 'ENOTDIR',
    });
  });

  it('opens a pipe without a writer at once, and closes it', async () => {
    execFileSync('mkfifo', [`${folder}/pipe`]);
    const handle = await fs.open(`${folder}/pipe`, 'r');
    expect((await handle.stat()).isFile()).toBe(false);
    await handle.close();
  });

  it("reads a pipe to the end of its writer's data, however late", async () => {
    execFileSync('mkfifo', [`${folder}/pipe`]);
    const text = fs.readFile(`${folder}/pipe`, 'utf8');
    const writer = await import('node:fs/promises');
    await writer.writeFile(`${folder}/pipe`, 'a: b\n'.repeat(30_000));
    expect(await text).toHaveLength(150_000);
  });
});
