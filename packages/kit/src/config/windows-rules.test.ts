/** Windows: a rename over a file that another program has open fails with EPERM. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { FileSystem } from '../platform/file-system.ts';
import { faultyFileSystem } from '../platform/memory/faulty-file-system.ts';
import { manualClock } from '../platform/memory/manual-clock.ts';
import { memoryFileSystem } from '../platform/memory/memory-file-system.ts';
import { memoryLock } from '../platform/memory/memory-lock.ts';
import { configFile } from './config-file.ts';
import { profileSessions } from './profile-sessions.ts';

const path = '/home/c.yaml';
let disk: FileSystem;
let waited: number;

beforeEach(async () => {
  waited = 0;
  disk = memoryFileSystem();
  await disk.mkdir('/home', { recursive: true });
  await fileOn(disk).change([{ path: ['auth', 'refresh_token'], value: 'r0' }]);
});

/** A clock on which waiting takes no time; calls `then` after each wait. */
function fileOn(fs: FileSystem, afterWait: () => void = () => undefined) {
  const sleep = async (ms: number): Promise<void> => {
    waited += ms;
    afterWait();
  };
  const clock = { ...manualClock(), sleep };
  return configFile({ path, fs, lock: memoryLock(), modes: false, patience: { clock, passing: true } });
}

/** `path` cannot be replaced while `held()` returns true. */
function windows(held: () => boolean): FileSystem {
  return {
    ...disk,
    rename: async (from, to) => {
      if (to === path && held()) throw Object.assign(new Error('EPERM'), { code: 'EPERM', path: to });
      return disk.rename(from, to);
    },
  };
}

describe('a configuration that a virus scanner has open', () => {
  it('is replaced as soon as it is closed', async () => {
    let open = 3;
    const file = fileOn(
      windows(() => open > 0),
      () => {
        open--;
      },
    );
    await profileSessions(file, 'default').save({ refreshToken: 'r1' });
    expect((await file.load()).profiles[0]?.session.refreshToken).toBe('r1');
    expect(waited).toBeGreaterThan(0);
  });

  it('and never closes stays complete, causes an error, and leaves no copy of the secrets', async () => {
    const file = fileOn(windows(() => true));
    await expect(profileSessions(file, 'default').save({ refreshToken: 'r1' })).rejects.toMatchObject({
      code: 'local-file',
    });
    expect((await file.load()).profiles[0]?.session.refreshToken).toBe('r0');
    expect(await disk.readdir('/home')).toEqual(['c.yaml']);
    expect(waited).toBeLessThan(3000);
  });

  it.each(['EPERM', 'EACCES', 'EBUSY'])('retries after the Windows error %s', async (code) => {
    const fs = faultyFileSystem(disk, [{ operation: 'rename', path, nth: 1, does: { code } }]);
    const renames = faultyFileSystem(fs, []);
    await profileSessions(fileOn(renames), 'default').save({ refreshToken: 'r1' });
    expect((await fileOn(disk).load()).profiles[0]?.session.refreshToken).toBe('r1');
  });

  it('does not retry after another error', async () => {
    const fs = faultyFileSystem(disk, [{ operation: 'rename', repeat: true, does: { code: 'ENOSPC' } }]);
    await expect(profileSessions(fileOn(fs), 'default').save({ refreshToken: 'r1' })).rejects.toMatchObject({
      code: 'local-file',
    });
    expect(waited).toBe(0);
  });
});
