import { describe, expect, it } from 'vitest';
import { sample } from '../../../../../test/contract/drive-provider.ts';
import { embeddedDrive } from '../../../../../test/embedded/embedded-drive.ts';
import type { TransportDecorator } from '../../http/transport.ts';
import { type MemoryFileSystem, memoryFileSystem } from '../../platform/memory/memory-file-system.ts';
import { pathSource } from './path-source.ts';

const path = '/home/f.bin';

interface Disk {
  readonly disk: MemoryFileSystem;
  write(bytes: Uint8Array, localPath?: string): Promise<void>;
}

/** A disk with a file, and a drive; `before` may change the file before each upload request. */
async function setUp(content: Uint8Array, before: (disk: Disk, nth: number) => Promise<void>) {
  const disk = memoryFileSystem();
  await disk.mkdir('/home', { recursive: true });
  let time = 1000;
  const write = async (bytes: Uint8Array, localPath = path) => {
    const file = await disk.open(localPath, 'w');
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

type SetUp = Awaited<ReturnType<typeof setUp>>;

describe.each([
  ['small', 3000, undefined],
  ['large', 5_500_000, 1 << 20],
] as const)('a %s source', (_, size, fragmentSize) => {
  const old = sample(size);
  const changedContent = sample(size - 7).reverse();
  const upload = async ({ drive, disk }: SetUp, options = {}) =>
    drive.upload(await pathSource(disk, path), '', { ...options, ...(fragmentSize && { fragmentSize }) });
  const uploadedBytes = async ({ drive }: SetUp) => Buffer.from(await drive.read('f.bin'));
  const lastRequest = size === 3000 ? 1 : 6;

  it('that changes while it is sent is sent again from the start, without mixing both versions', async () => {
    const setup = await setUp(old, async ({ write }, nth) => {
      if (nth === 1) await write(changedContent);
    });
    expect(await upload(setup)).toMatchObject({ verdict: 'verified', size: changedContent.length });
    expect((await uploadedBytes(setup)).equals(changedContent)).toBe(true);
  });

  it('that is replaced by another file is sent again from the start', async () => {
    const setup = await setUp(old, async ({ write, disk }, nth) => {
      if (nth !== 1) return;
      await write(changedContent, '/home/new');
      await disk.rename('/home/new', path);
    });
    await upload(setup);
    expect((await uploadedBytes(setup)).equals(changedContent)).toBe(true);
  });

  it('that is overwritten in place, with its modification time restored, is sent again', async () => {
    const setup = await setUp(old, async ({ disk }, nth) => {
      if (nth !== Math.ceil(lastRequest / 2)) return;
      const { mtimeMs } = await disk.stat(path);
      const file = await disk.open(path, 'r+');
      const half = old.slice(0, old.length / 2).reverse();
      await file.write(half, 0, half.length, 0);
      await file.utimes(new Date(mtimeMs), new Date(mtimeMs));
      await file.close();
    });
    await upload(setup);
    const changed = Buffer.concat([old.slice(0, old.length / 2).reverse(), old.subarray(old.length / 2)]);
    expect((await uploadedBytes(setup)).equals(changed)).toBe(true);
  });

  it('that changes during its last request replaces the item of that request, whatever the conflict behavior', async () => {
    for (const conflict of ['fail', 'rename'] as const) {
      const setup = await setUp(old, async ({ write }, nth) => {
        if (nth === lastRequest) await write(changedContent);
      });
      await upload(setup, { conflict });
      expect((await uploadedBytes(setup)).equals(changedContent)).toBe(true);
      const names = [];
      for await (const { name } of setup.drive.list('')) names.push(name);
      expect(names.filter((name) => name.startsWith('f'))).toEqual(['f.bin']);
    }
  });

  it('that changes before its last bytes are sent leaves no file in the drive', async () => {
    const setup = await setUp(old, async ({ write }, nth) => {
      if (nth === lastRequest) await write(sample(size).reverse());
    });
    const source = { ...(await pathSource(setup.disk, path)), reopen: undefined };
    const result = setup.drive.upload(source, '', { ...(fragmentSize && { fragmentSize }) });
    await expect(result).rejects.toMatchObject({ code: 'integrity' });
    await expect(setup.drive.stat('f.bin')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('that changes again and again fails after a few attempts, with a hint', async () => {
    let tick = 0;
    const setup = await setUp(old, async ({ write }) => write(sample(size + ++tick)));
    await expect(upload(setup)).rejects.toMatchObject({
      code: 'integrity',
      hint: expect.stringContaining('when no program writes to the source'),
    });
    const starts = setup.asked.filter((line) =>
      size === 3000 ? line.startsWith('PUT') : line.includes('createUploadSession'),
    );
    expect(starts).toHaveLength(4);
  });

  it('that is deleted while it is sent is still sent to its end', async () => {
    const setup = await setUp(old, async ({ disk }) => disk.rm(path, { recursive: false, force: true }));
    await upload(setup);
    expect((await uploadedBytes(setup)).equals(old)).toBe(true);
  });
});
