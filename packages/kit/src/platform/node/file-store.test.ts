/** The guarantees of a file store for crashes and full disks: the old text or the new one, complete. */
import { describe, expect, test } from 'vitest';
import { CrashError, faultyFileSystem } from '../memory/faulty-file-system.ts';
import { memoryFileSystem } from '../memory/memory-file-system.ts';
import { memoryLock } from '../memory/memory-lock.ts';
import { fileStore } from './file-store.ts';

const old = 'old '.repeat(100);
const fresh = 'fresh '.repeat(100);

async function diskWithOld() {
  const disk = memoryFileSystem();
  await storeOn(disk).write('tokens/work.json', old);
  disk.settle();
  return disk;
}
const storeOn = (fs: Parameters<typeof fileStore>[0]) => fileStore(fs, '/data', { lock: memoryLock() });

async function stepsOfAWrite(): Promise<number> {
  const counting = faultyFileSystem(await diskWithOld(), []);
  await storeOn(counting).write('tokens/work.json', fresh);
  return counting.calls.length;
}

describe('a write to a store of files', () => {
  test.each(['lost', 'kept'] as const)(
    'leaves the old or the new text after a power cut at any step, names %s',
    async (entries) => {
      const steps = await stepsOfAWrite();
      expect(steps).toBeGreaterThan(8);
      const seen = new Set<string>();
      for (let step = 1; step <= steps; step++) {
        const disk = await diskWithOld();
        const dying = storeOn(faultyFileSystem(disk, [{ nth: step, does: { crash: true } }]));
        await expect(dying.write('tokens/work.json', fresh)).rejects.toMatchObject({
          cause: expect.any(CrashError) as CrashError,
        });
        disk.crash({ entries });
        const after = await storeOn(disk).read('tokens/work.json');
        expect([old, fresh]).toContain(after?.text);
        seen.add(after!.text);
        expect(await storeOn(disk).list('')).toEqual(['tokens/work.json']);
      }
      expect(seen.has(old)).toBe(true);
    },
  );

  test.each(['lost', 'kept'] as const)(
    'that has returned survives a power cut, names %s',
    async (entries) => {
      const disk = await diskWithOld();
      await storeOn(disk).write('tokens/work.json', fresh);
      disk.crash({ entries });
      expect((await storeOn(disk).read('tokens/work.json'))?.text).toBe(fresh);
    },
  );

  test('leaves no temporary file permanently after a crash', async () => {
    const disk = await diskWithOld();
    const dying = storeOn(faultyFileSystem(disk, [{ operation: 'rename', does: { crash: true } }]));
    await dying.write('tokens/work.json', fresh).catch(() => undefined);
    expect(await disk.readdir('/data/tokens')).toHaveLength(2);
    await storeOn(disk).write('tokens/work.json', fresh);
    expect(await disk.readdir('/data/tokens')).toHaveLength(1);
  });

  test.each([
    ['a full disk', { operation: 'handle.write', does: { torn: 7 } }],
    ['a disk that cannot sync', { operation: 'handle.sync', does: { code: 'EIO' } }],
    ['a disk without space for a name', { operation: 'open', path: '.tmp', does: { code: 'ENOSPC' } }],
    ['a rename that is refused', { operation: 'rename', does: { code: 'EACCES' } }],
  ] as const)(
    'on %s fails with the record in the message, and leaves the old text and no temporary file',
    async (_name, fault) => {
      const disk = await diskWithOld();
      const failing = storeOn(faultyFileSystem(disk, [fault]));
      await expect(failing.write('tokens/work.json', fresh)).rejects.toMatchObject({ code: 'local-file' });
      await expect(failing.read('tokens/work.json')).resolves.toMatchObject({ text: old });
      expect(await disk.readdir('/data/tokens')).toHaveLength(1);
    },
  );

  test('continues after a short write', async () => {
    const disk = await diskWithOld();
    const slow = faultyFileSystem(disk, [{ operation: 'handle.write', does: { short: 3 }, repeat: true }]);
    await storeOn(slow).write('tokens/work.json', fresh);
    expect((await storeOn(disk).read('tokens/work.json'))?.text).toBe(fresh);
  });

  test('succeeds after a failed one: the lock was released', async () => {
    const disk = await diskWithOld();
    const failing = storeOn(faultyFileSystem(disk, [{ operation: 'rename', does: { code: 'EIO' } }]));
    await expect(failing.write('tokens/work.json', fresh)).rejects.toMatchObject({ code: 'local-file' });
    await failing.write('tokens/work.json', fresh);
  });
});
