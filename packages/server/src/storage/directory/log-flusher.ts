/**
 * Makes commits outlive a power cut, without holding the event loop: SQLite writes its log and does not wait for the
 * disk (`synchronous=NORMAL`), and this flushes the log from another thread. Commits that come while a flush runs share
 * the next one. SQLite locks no part of the log file, so that opening it a second time takes no lock from it.
 */
import { type FileHandle, open } from 'node:fs/promises';

export interface LogFlusher {
  /** Resolves when all that was committed before the call is on the disk. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A flusher of the log at `path`, which exists from the first commit to the end of the connection.
 * @param also what else has to be on the disk by then.
 */
export function logFlusher(path: string, also: Pick<LogFlusher, 'flush'>): LogFlusher {
  let file: Promise<FileHandle> | undefined;
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  const sync = async (): Promise<void> => {
    next = undefined;
    file ??= open(path, 'r+');
    await Promise.all([(await file).datasync(), also.flush()]);
  };
  return {
    flush: () => (next ??= running = running.then(sync, sync)),
    async close() {
      await (await file)?.close();
    },
  };
}
