/**
 * On Windows, a file that a virus scanner, an indexer or another reader has open sometimes cannot be renamed,
 * replaced or opened: MoveFileEx fails with ERROR_SHARING_VIOLATION or ERROR_ACCESS_DENIED
 * (https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-movefileexw). The known solution is to
 * try again.
 */
import type { Clock } from '../clock.ts';
import { systemClock } from '../web/system-clock.ts';

export interface PatienceOptions {
  readonly clock?: Clock;
  /** Whether such errors are temporary on this system. Default: true on Windows. */
  readonly passing?: boolean;
}

/** The pauses in milliseconds; the sum is two and a half seconds. */
const pauses = [10, 20, 40, 80, 160, 320, 640, 640, 640];

/**
 * Repeats `work` while it fails with EPERM, EACCES or EBUSY, for a bounded time.
 * @throws the last error; any other error at once.
 */
export async function patiently<T>(work: () => Promise<T>, options: PatienceOptions = {}): Promise<T> {
  const { clock = systemClock, passing = process.platform === 'win32' } = options;
  for (const pause of passing ? pauses : []) {
    try {
      return await work();
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code !== 'EPERM' && code !== 'EACCES' && code !== 'EBUSY') throw error;
      await clock.sleep(pause);
    }
  }
  return work();
}
