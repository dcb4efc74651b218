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
  const stopAt = async (limit: number) => {
    const stop = new AbortController();
    const onProgress = ({ loaded }: { loaded: number }) => {
      if (loaded > limit) stop.abort(new Error('stopped'));
    };
    await expect(
      embedded.drive.download('big.bin', sink(), { signal: stop.signal, onProgress }),
    ).rejects.toThrow('stopped');
  };
  return { ...embedded, journal, fileSystem, sink, names, bytes, stopAt };
}

type SetUp = Awaited<ReturnType<typeof setUp>>;

/** The requests for content. */
const contentRequests = ({ asked }: SetUp) => asked.filter((line) => line.includes('/_content/'));

describe('a download that was stopped', () => {
  it('resumes after the bytes that it has', async () => {
    const ranges: (string | undefined)[] = [];
    const setup = await setUp({
      between: (inner) => (request) => {
        if (request.url.includes('/_content/')) ranges.push(request.headers['range']);
        return inner(request);
      },
    });
    await setup.stopAt(4 * mib);
    const [record] = await listTransfers(setup.journal);
    expect(record).toMatchObject({ kind: 'download', local: path, size: content.length });
    expect(await setup.names()).toEqual([expect.stringMatching(/^\.big\.bin\..*\.part$/)]);
    const { verdict } = await setup.drive.download('big.bin', setup.sink());
    expect(verdict).toBe('verified');
    expect(ranges).toEqual([undefined, `bytes=${record?.done}-${content.length - 1}`]);
    expect(record?.done).toBeGreaterThan(4 * mib);
    expect((await setup.bytes()).equals(content)).toBe(true);
    expect(await setup.names()).toEqual(['big.bin']);
    expect(await listTransfers(setup.journal)).toEqual([]);
  });

  it('of a file that has changed since starts over', async () => {
    const setup = await setUp();
    await setup.stopAt(4 * mib);
    const changed = sample(9 * mib).reverse();
    await setup.drive.upload(changed, '', { name: 'big.bin' });
    expect((await setup.drive.download('big.bin', setup.sink())).verdict).toBe('verified');
    expect((await setup.bytes()).equals(changed)).toBe(true);
  });

  it('whose part file was damaged since starts over', async () => {
    const setup = await setUp();
    await setup.stopAt(4 * mib);
    const [part = ''] = await setup.names();
    const file = await setup.fileSystem.open(`/home/me/${part}`, 'r+');
    await file.write(new Uint8Array([1, 2, 3]), 0, 3, 1000);
    await file.close();
    expect((await setup.drive.download('big.bin', setup.sink())).verdict).toBe('verified');
    expect((await setup.bytes()).equals(content)).toBe(true);
  });

  it('whose part file is missing or truncated starts over', async () => {
    const setup = await setUp();
    await setup.stopAt(4 * mib);
    const [part = ''] = await setup.names();
    await setup.fileSystem.unlink(`/home/me/${part}`);
    expect((await setup.drive.download('big.bin', setup.sink())).verdict).toBe('verified');
    expect((await setup.bytes()).equals(content)).toBe(true);
  });
});

describe('a download in several ranges', () => {
  it('is complete and verified', async () => {
    const setup = await setUp();
    expect((await setup.drive.download('big.bin', setup.sink(), { ranges: 3 })).verdict).toBe('verified');
    expect(contentRequests(setup)).toHaveLength(3);
    expect((await setup.bytes()).equals(content)).toBe(true);
  });

  it('continues each range separately, and renews the download URL once for all', async () => {
    const setup = await setUp();
    setup.server.control.faults.set({
      rules: [
        { match: { path: '/_content/*' }, nth: 2, fault: { kind: 'truncate', at: mib, length: 'wrong' } },
        { match: { path: '/_content/*' }, nth: 4, fault: { kind: 'expire', what: 'download-url' } },
      ],
    });
    expect((await setup.drive.download('big.bin', setup.sink(), { ranges: 3 })).verdict).toBe('verified');
    expect((await setup.bytes()).equals(content)).toBe(true);
  });

  it('fails if one of them fails permanently, and stops the others', async () => {
    const setup = await setUp();
    const fault = { kind: 'status', status: 507 } as const;
    setup.server.control.faults.set({ rules: [{ match: { path: '/_content/*' }, nth: 2, fault }] });
    await expect(setup.drive.download('big.bin', setup.sink(), { ranges: 3 })).rejects.toMatchObject({
      code: 'quota',
    });
    expect(await setup.names()).toEqual([]);
  });

  it('can be stopped and resumed in several ranges', async () => {
    const setup = await setUp();
    await setup.stopAt(4 * mib);
    expect((await setup.drive.download('big.bin', setup.sink(), { ranges: 3 })).verdict).toBe('verified');
    expect((await setup.bytes()).equals(content)).toBe(true);
  });

  it('into a stream uses a single range, in order', async () => {
    const setup = await setUp();
    const sink = bytesSink();
    await setup.drive.download('big.bin', sink, { ranges: 3 });
    expect(Buffer.from(sink.bytes()).equals(content)).toBe(true);
    expect(contentRequests(setup)).toHaveLength(1);
  });
});

it('wrong bytes are kept under another name, which the error reports, never under the name of the file', async () => {
  const setup = await setUp();
  const fault = { kind: 'corrupt', at: 5 } as const;
  setup.server.control.faults.set({ rules: [{ match: { path: '/_content/*' }, fault }] });
  await expect(setup.drive.download('big.bin', setup.sink())).rejects.toMatchObject({
    code: 'integrity',
    hint: expect.stringMatching(/kept in \/home\/me\/\.big\.bin\..*\.mismatch/),
  });
  expect(await setup.names()).toEqual([expect.stringMatching(/\.mismatch$/)]);
  expect(await listTransfers(setup.journal)).toEqual([]);
});
