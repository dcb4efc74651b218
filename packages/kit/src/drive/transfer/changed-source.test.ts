import { describe, expect, it } from 'vitest';
import { sample } from '../../../../../test/contract/drive-provider.ts';
import { embeddedDrive } from '../../../../../test/embedded/embedded-drive.ts';
import type { TransportDecorator } from '../../http/transport.ts';
import { type MemoryFileSystem, memoryFileSystem } from '../../platform/memory/memory-file-system.ts';
import { pathSource } from './path-source.ts';

const path = '/home/f.bin';

interface Disk {
  readonly disk: MemoryFileSystem;
  write(bytes: Uint8Array, where?: string): Promise<void>;
}

/** A disk with a file, and a drive before whose requests something may happen to the file. */
async function setUp(content: Uint8Array, before: (disk: Disk, nth: number) => Promise<void>) {
  const disk = memoryFileSystem();
  await disk.mkdir('/home', { recursive: true });
  let time = 1000;
  const write = async (bytes: Uint8Array, where = path) => {
    const file = await disk.open(where, 'w');
    await file.write(bytes, 0, bytes.length, 0);
    time += 10_000;
    await file.utimes(new Date(time), new Date(time));
    await file.close();
  };
  await write(content);
  let sent = 0;
  const between: TransportDecorator = (inner) => async (request) => {
    if (request.method === 'PUT') await before({ disk, write }, ++sent);
    return inner(request);
  };
  const embedded = await embeddedDrive({ between });
  return { ...embedded, disk, write };
}

type World = Awaited<ReturnType<typeof setUp>>;

describe.each([
  ['small', 3000, undefined],
  ['large', 5_500_000, 1 << 20],
] as const)('a %s source', (_, size, fragmentSize) => {
  const old = sample(size);
  const fresh = sample(size - 7).reverse();
  const upload = async ({ drive, disk }: World, more = {}) =>
    drive.upload(await pathSource(disk, path), '', { ...more, ...(fragmentSize && { fragmentSize }) });
  const whatIsThere = async ({ drive }: World) => Buffer.from(await drive.read('f.bin'));
  const lastOf = size === 3000 ? 1 : 6;

  it('that is written to while it is sent is sent anew, and not mixed', async () => {
    const world = await setUp(old, async ({ write }, nth) => {
      if (nth === 1) await write(fresh);
    });
    expect(await upload(world)).toMatchObject({ verdict: 'verified', size: fresh.length });
    expect((await whatIsThere(world)).equals(fresh)).toBe(true);
  });

  it('that another file takes the place of is sent anew', async () => {
    const world = await setUp(old, async ({ write, disk }, nth) => {
      if (nth !== 1) return;
      await write(fresh, '/home/new');
      await disk.rename('/home/new', path);
    });
    await upload(world);
    expect((await whatIsThere(world)).equals(fresh)).toBe(true);
  });

  it('that is overwritten in place, with its modification time put back, is sent again', async () => {
    const world = await setUp(old, async ({ disk }, nth) => {
      if (nth !== Math.ceil(lastOf / 2)) return;
      const { mtimeMs } = await disk.stat(path);
      const file = await disk.open(path, 'r+');
      const half = old.slice(0, old.length / 2).reverse();
      await file.write(half, 0, half.length, 0);
      await file.utimes(new Date(mtimeMs), new Date(mtimeMs));
      await file.close();
    });
    await upload(world);
    const now = Buffer.concat([old.slice(0, old.length / 2).reverse(), old.subarray(old.length / 2)]);
    expect((await whatIsThere(world)).equals(now)).toBe(true);
  });

  it('that changes under its last bytes replaces what came of them, also where nothing was to be replaced', async () => {
    for (const conflict of ['fail', 'rename'] as const) {
      const world = await setUp(old, async ({ write }, nth) => {
        if (nth === lastOf) await write(fresh);
      });
      await upload(world, { conflict });
      expect((await whatIsThere(world)).equals(fresh)).toBe(true);
      const names = [];
      for await (const { name } of world.drive.list('')) names.push(name);
      expect(names.filter((name) => name.startsWith('f'))).toEqual(['f.bin']);
    }
  });

  it('that changes before its last bytes are sent leaves nothing of them in the drive', async () => {
    const world = await setUp(old, async ({ write }, nth) => {
      if (nth === lastOf) await write(sample(size).reverse());
    });
    const source = { ...(await pathSource(world.disk, path)), reopen: undefined };
    const sent = world.drive.upload(source, '', { ...(fragmentSize && { fragmentSize }) });
    await expect(sent).rejects.toMatchObject({ code: 'integrity' });
    await expect(world.drive.stat('f.bin')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('that never stands still is given up after a few times, with what to do', async () => {
    let tick = 0;
    const world = await setUp(old, async ({ write }) => write(sample(size + ++tick)));
    await expect(upload(world)).rejects.toMatchObject({
      code: 'integrity',
      hint: expect.stringContaining('when nothing writes to it'),
    });
    const begun = world.asked.filter((line) =>
      size === 3000 ? line.startsWith('PUT') : line.includes('createUploadSession'),
    );
    expect(begun).toHaveLength(4);
  });

  it('that is deleted while it is sent is still sent whole', async () => {
    const world = await setUp(old, async ({ disk }) => disk.rm(path, { recursive: false, force: true }));
    await upload(world);
    expect((await whatIsThere(world)).equals(old)).toBe(true);
  });
});
