/** Real processes that are killed at each call that changes the disk, and others that resume their work. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningOneDrive, startOneDrive } from '../../packages/server/src/start-onedrive.ts';
import { sample } from '../contract/drive-provider.ts';
import { bundleProgram, start } from './program.ts';

const big = sample(5_000_000);
const files = { 'big.bin': big, 'a/small.bin': sample(3000), 'a/b/other.bin': sample(90_000) };
let root = '';
let program = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'transfer-'));
  program = await bundleProgram('transfer', root);
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** An empty machine with the sources on it, and a service that has what is to be got. */
async function world(what: string, name: string) {
  const folder = join(root, name);
  for (const [path, bytes] of Object.entries(files)) {
    await mkdir(join(folder, 'here', path, '..'), { recursive: true });
    await writeFile(join(folder, 'here', path), bytes);
  }
  await mkdir(join(folder, 'there'), { recursive: true });
  const server = await startOneDrive();
  const run = async (how: string, step: number) =>
    await start(program, server.url, server.token(), folder, how, String(step)).ended;
  if (what === 'get') await run('put', 0);
  if (what === 'get-tree') await run('put-tree', 0);
  return { folder, server, run };
}

async function filesIn(folder: string, above = ''): Promise<Record<string, Buffer>> {
  const found: Record<string, Buffer> = {};
  for (const entry of await readdir(join(folder, above), { withFileTypes: true })) {
    const path = above === '' ? entry.name : `${above}/${entry.name}`;
    if (entry.isDirectory()) Object.assign(found, await filesIn(folder, path));
    else found[path] = await readFile(join(folder, path));
  }
  return found;
}

async function inDrive({ fetch, token }: RunningOneDrive, path: string): Promise<Buffer> {
  const headers = { authorization: `Bearer ${token()}` };
  const answer = await fetch(`/v1.0/me/drive/root:/${path}:/content`, { headers, redirect: 'manual' });
  const place = answer.headers.get('location');
  return Buffer.from(await (place === null ? answer : await fetch(place)).arrayBuffer());
}

const wanted: Record<string, readonly (keyof typeof files)[]> = {
  put: ['big.bin'],
  'put-small': ['a/small.bin'],
  get: ['big.bin'],
  'put-tree': ['big.bin', 'a/small.bin', 'a/b/other.bin'],
  'get-tree': ['big.bin', 'a/small.bin', 'a/b/other.bin'],
};

describe.each(Object.keys(wanted))('%s, killed at any step,', (what) => {
  it('is gone on with by the same command: whole files, no part files, nothing left to do', async () => {
    const { run, server } = await world(what, `${what}-whole`);
    const { stdout, stderr } = await run(what, 0);
    expect(stderr).toBe('');
    const steps = Number(/^done (\d+)$/.exec(stdout)?.[1]);
    await server.close();
    expect(steps).toBeGreaterThan(3);
    const every = Math.max(1, Math.floor(steps / 6));
    for (let step = 1; step <= steps; step += every) {
      const at = await world(what, `${what}-${step}`);
      expect((await at.run(what, step)).stdout).toBe('');
      const again = await at.run(what, 0);
      expect(again.stderr).toBe('');
      expect(again.stdout).toMatch(/^done/);
      const up = what.startsWith('put');
      const local = await filesIn(join(at.folder, up ? 'here' : 'there'));
      for (const path of wanted[what] ?? []) {
        const there = what === 'put-tree' ? `T/${path}` : path.split('/').at(-1)!;
        const result = up ? await inDrive(at.server, there) : local[path];
        expect(result?.equals(files[path]), `${path} after a kill at ${step}`).toBe(true);
      }
      const expected = up ? Object.keys(files) : wanted[what];
      expect(Object.keys(local).sort()).toEqual([...(expected ?? [])].sort());
      expect(await readdir(join(at.folder, 'state', 'transfers')).catch(() => [])).toEqual([]);
      await at.server.close();
      await rm(at.folder, { recursive: true, force: true });
    }
  }, 240_000);
});
