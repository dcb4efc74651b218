import { describe, expect, it } from 'vitest';
import { sample } from '../../../../../test/contract/drive-provider.ts';
import { type EmbeddedDriveOptions, embeddedDrive } from '../../../../../test/embedded/embedded-drive.ts';
import { memoryLock, memoryStore, seededRandom } from '../../platform/index.ts';
import { memoryFileSystem } from '../../platform/memory/memory-file-system.ts';
import { bytesSink } from './file-sink.ts';
import { listTransfers } from './journal.ts';
import { pathSink } from './path-sink.ts';

const mib = 1 << 20;
const content = sample(9 * mib);
const path = '/home/me/big.bin';

async function setUp(options: EmbeddedDriveOptions = {}) {
  const fileSystem = memoryFileSystem();
  await fileSystem.mkdir('/home/me', { recursive: true });
  const journal = { store: memoryStore(), lock: memoryLock(), fileSystem, scope: 'me' };
  const embedded = await embeddedDrive({ journal, ...options });
  await embedded.drive.upload(content, '', { name: 'big.bin' });
  embedded.asked.length = 0;
  const sink = () => pathSink(fileSystem, path, { random: seededRandom(2) });
  const names = () => fileSystem.readdir('/home/me');
  const bytes = async (name = path) => {
    const file = await fileSystem.open(name, 'r');
    const buffer = new Uint8Array((await file.stat()).size);
    await file.read(buffer, 0, buffer.length, 0);
    return Buffer.from(buffer);
  };
  const stopped = async (at: number) => {
    const stop = new AbortController();
    const onProgress = ({ loaded }: { loaded: number }) => {
      if (loaded > at) stop.abort(new Error('stopped'));
    };
    await expect(
      embedded.drive.download('big.bin', sink(), { signal: stop.signal, onProgress }),
    ).rejects.toThrow('stopped');
  };
  return { ...embedded, journal, fileSystem, sink, names, bytes, stopped };
}

type SetUp = Awaited<ReturnType<typeof setUp>>;

/** Bytes that were asked of the content server, by its own log. */
const contentRequests = ({ asked }: SetUp) => asked.filter((line) => line.includes('/_content/'));

describe('a download that was stopped', () => {
  it('goes on behind the bytes that it has', async () => {
    const ranges: (string | undefined)[] = [];
    const all = await setUp({
      between: (inner) => (request) => {
        if (request.url.includes('/_content/')) ranges.push(request.headers['range']);
        return inner(request);
      },
    });
    await all.stopped(4 * mib);
    const [record] = await listTransfers(all.journal);
    expect(record).toMatchObject({ kind: 'download', local: path, size: content.length });
    expect(await all.names()).toEqual([expect.stringMatching(/^\.big\.bin\..*\.part$/)]);
    const { verdict } = await all.drive.download('big.bin', all.sink());
    expect(verdict).toBe('verified');
    expect(ranges).toEqual([undefined, `bytes=${record?.done}-${content.length - 1}`]);
    expect(record?.done).toBeGreaterThan(4 * mib);
    expect((await all.bytes()).equals(content)).toBe(true);
    expect(await all.names()).toEqual(['big.bin']);
    expect(await listTransfers(all.journal)).toEqual([]);
  });

  it('of a file that changed meanwhile starts again', async () => {
    const all = await setUp();
    await all.stopped(4 * mib);
    const changed = sample(9 * mib).reverse();
    await all.drive.upload(changed, '', { name: 'big.bin' });
    expect((await all.drive.download('big.bin', all.sink())).verdict).toBe('verified');
    expect((await all.bytes()).equals(changed)).toBe(true);
  });

  it('whose part file was damaged meanwhile notices it and starts again', async () => {
    const all = await setUp();
    await all.stopped(4 * mib);
    const [part = ''] = await all.names();
    const file = await all.fileSystem.open(`/home/me/${part}`, 'r+');
    await file.write(new Uint8Array([1, 2, 3]), 0, 3, 1000);
    await file.close();
    expect((await all.drive.download('big.bin', all.sink())).verdict).toBe('verified');
    expect((await all.bytes()).equals(content)).toBe(true);
  });

  it('whose part file is gone or cut starts again', async () => {
    const all = await setUp();
    await all.stopped(4 * mib);
    const [part = ''] = await all.names();
    await all.fileSystem.unlink(`/home/me/${part}`);
    expect((await all.drive.download('big.bin', all.sink())).verdict).toBe('verified');
    expect((await all.bytes()).equals(content)).toBe(true);
  });
});

describe('a download in several ranges', () => {
  it('arrives whole and verified', async () => {
    const all = await setUp();
    expect((await all.drive.download('big.bin', all.sink(), { ranges: 3 })).verdict).toBe('verified');
    expect(contentRequests(all)).toHaveLength(3);
    expect((await all.bytes()).equals(content)).toBe(true);
  });

  it('continues each range by itself, and renews the address once for all', async () => {
    const all = await setUp();
    all.server.control.faults.set({
      rules: [
        { match: { path: '/_content/*' }, nth: 2, fault: { kind: 'truncate', at: mib, length: 'wrong' } },
        { match: { path: '/_content/*' }, nth: 4, fault: { kind: 'expire', what: 'download-url' } },
      ],
    });
    expect((await all.drive.download('big.bin', all.sink(), { ranges: 3 })).verdict).toBe('verified');
    expect((await all.bytes()).equals(content)).toBe(true);
  });

  it('of which one fails for good fails, and stops the others', async () => {
    const all = await setUp();
    const fault = { kind: 'status', status: 507 } as const;
    all.server.control.faults.set({ rules: [{ match: { path: '/_content/*' }, nth: 2, fault }] });
    await expect(all.drive.download('big.bin', all.sink(), { ranges: 3 })).rejects.toMatchObject({
      code: 'quota',
    });
    expect(await all.names()).toEqual([]);
  });

  it('is stopped and gone on with in all of them', async () => {
    const all = await setUp();
    await all.stopped(4 * mib);
    expect((await all.drive.download('big.bin', all.sink(), { ranges: 3 })).verdict).toBe('verified');
    expect((await all.bytes()).equals(content)).toBe(true);
  });

  it('into a stream is still one range in order', async () => {
    const all = await setUp();
    const sink = bytesSink();
    await all.drive.download('big.bin', sink, { ranges: 3 });
    expect(Buffer.from(sink.bytes()).equals(content)).toBe(true);
    expect(contentRequests(all)).toHaveLength(1);
  });
});

it('wrong bytes are kept aside, under a name that is told, and not under that of the file', async () => {
  const all = await setUp();
  const fault = { kind: 'corrupt', at: 5 } as const;
  all.server.control.faults.set({ rules: [{ match: { path: '/_content/*' }, fault }] });
  await expect(all.drive.download('big.bin', all.sink())).rejects.toMatchObject({
    code: 'integrity',
    hint: expect.stringMatching(/kept in \/home\/me\/\.big\.bin\..*\.mismatch/),
  });
  expect(await all.names()).toEqual([expect.stringMatching(/\.mismatch$/)]);
  expect(await listTransfers(all.journal)).toEqual([]);
});
