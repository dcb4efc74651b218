import { describe, expect, it } from 'vitest';
import { sample } from '../../../../../test/contract/drive-provider.ts';
import { type EmbeddedDrive, embeddedDrive } from '../../../../../test/embedded/embedded-drive.ts';
import { memoryLock, memoryStore } from '../../platform/index.ts';
import { memoryFileSystem } from '../../platform/memory/memory-file-system.ts';
import { bytesSource, type FileSource } from './file-source.ts';
import { listTransfers } from './journal.ts';

const mib = 1 << 20; // as a fragment: 3 times 320 KiB
const content = sample(5_500_000);
const big = { name: 'big.bin', fragmentSize: mib } as const;

function newJournal() {
  return { store: memoryStore(), lock: memoryLock(), fileSystem: memoryFileSystem(), scope: 'me' };
}

function fileSource(bytes: Uint8Array, modifiedMs = 1000): FileSource {
  const source = bytesSource(bytes, 'big.bin');
  return {
    ...source,
    identity: '/home/big.bin',
    fingerprint: async () => ({ size: bytes.byteLength, modifiedMs }),
  };
}

/** Stops an upload when more than `limit` bytes have been sent. */
async function stopAt({ drive }: EmbeddedDrive, limit: number, source = fileSource(content)) {
  const stop = new AbortController();
  const onProgress = ({ loaded }: { loaded: number }) => {
    if (loaded > limit) stop.abort(new Error('stopped'));
  };
  await expect(drive.upload(source, '', { ...big, signal: stop.signal, onProgress })).rejects.toThrow(
    'stopped',
  );
}

const sessions = (asked: readonly string[]) => asked.filter((line) => line.includes('createUploadSession'));
const puts = (asked: readonly string[]) => asked.filter((line) => line.startsWith('PUT /_upload'));

describe('an upload that was stopped', () => {
  it('resumes where it was, in the same session, without sending again what the service has', async () => {
    const journal = newJournal();
    const embedded = await embeddedDrive({ journal });
    await stopAt(embedded, 3 * mib + 5);
    expect(await listTransfers(journal)).toMatchObject([
      { kind: 'upload', local: '/home/big.bin', remote: '/big.bin', size: content.length, done: 9 * 327_680 },
    ]);
    embedded.asked.length = 0;
    const { verdict } = await embedded.drive.upload(fileSource(content), '', big);
    expect(verdict).toBe('verified');
    expect(sessions(embedded.asked)).toEqual([]);
    // Of six fragments, the fourth had arrived completely, although its response was no longer awaited.
    expect(puts(embedded.asked)).toHaveLength(2);
    expect(await listTransfers(journal)).toEqual([]);
    expect(Buffer.from(await embedded.drive.read('big.bin')).equals(content)).toBe(true);
  });

  it('of a source that has changed since starts over and cancels the old session', async () => {
    const journal = newJournal();
    const embedded = await embeddedDrive({ journal });
    await stopAt(embedded, 3 * mib);
    const changed = sample(5_500_000).reverse();
    embedded.asked.length = 0;
    await embedded.drive.upload(fileSource(changed, 2000), '', big);
    expect(embedded.asked.filter((line) => line.startsWith('DELETE /_upload'))).toHaveLength(1);
    expect(sessions(embedded.asked)).toHaveLength(1);
    expect(Buffer.from(await embedded.drive.read('big.bin')).equals(changed)).toBe(true);
  });

  it('whose session has expired creates one new session', async () => {
    const journal = newJournal();
    const embedded = await embeddedDrive({ journal });
    await stopAt(embedded, 3 * mib);
    const rules = [
      { match: { path: '/_upload/*' }, nth: 1, fault: { kind: 'expire', what: 'session' } },
    ] as const;
    embedded.server.control.faults.set({ rules });
    embedded.asked.length = 0;
    expect((await embedded.drive.upload(fileSource(content), '', big)).verdict).toBe('verified');
    expect(sessions(embedded.asked)).toHaveLength(1);
  });

  it('after its last byte but before the response finds the file and sends nothing', async () => {
    const journal = newJournal();
    const embedded = await embeddedDrive({ journal });
    const rules = [
      { match: { method: 'PUT', path: '/_upload/*' }, nth: 6, fault: { kind: 'lose-answer' } },
      { match: { path: '/_upload/*' }, nth: { from: 7 }, fault: { kind: 'reset' } },
      { match: { path: '/v1.0/*' }, nth: { from: 2 }, fault: { kind: 'reset' } },
    ] as const;
    embedded.server.control.faults.set({ rules });
    await expect(embedded.drive.upload(fileSource(content), '', big)).rejects.toMatchObject({
      code: 'network',
    });
    embedded.server.control.faults.set({ rules: [] });
    embedded.asked.length = 0;
    expect((await embedded.drive.upload(fileSource(content), '', big)).verdict).toBe('verified');
    expect(puts(embedded.asked)).toEqual([]);
    expect(sessions(embedded.asked)).toEqual([]);
  });

  it('that is refused permanently leaves no record and no session', async () => {
    const journal = newJournal();
    const fault = { kind: 'status', status: 507 } as const;
    const rules = [{ match: { method: 'PUT', path: '/_upload/*' }, nth: 3, fault }];
    const embedded = await embeddedDrive({ journal, faults: { rules } });
    await expect(embedded.drive.upload(fileSource(content), '', big)).rejects.toMatchObject({
      code: 'quota',
    });
    expect(await listTransfers(journal)).toEqual([]);
    expect(embedded.asked.filter((line) => line.startsWith('DELETE /_upload'))).toHaveLength(1);
  });

  it('is run by one process at a time', async () => {
    const journal = newJournal();
    const embedded = await embeddedDrive({ journal });
    const both = await Promise.all([1, 2].map(() => embedded.drive.upload(fileSource(content), '', big)));
    expect(both.map(({ verdict }) => verdict)).toEqual(['verified', 'verified']);
  });

  it('of a source that changes while it is sent fails before the next fragment', async () => {
    const embedded = await embeddedDrive({ journal: newJournal() });
    let reads = 0;
    const source = {
      ...fileSource(content),
      fingerprint: async () => ({ size: content.length, modifiedMs: reads++ < 3 ? 1 : 2 }),
    };
    await expect(embedded.drive.upload(source, '', big)).rejects.toMatchObject({ code: 'integrity' });
    await expect(embedded.drive.stat('big.bin')).rejects.toMatchObject({ code: 'not-found' });
  });
});
