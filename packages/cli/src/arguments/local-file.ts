/** Reads and writes local files; system errors become errors with a message for users. */
import { localError } from 'onedrive-kit/internal/drive/transfer/local-error';
import type { FileStat, FileSystem } from 'onedrive-kit/platform';

interface Disk {
  readonly fs: FileSystem;
}

const mebibyte = 1 << 20;

/** The bytes of a file in chunks of 1 MiB, each in a new buffer. @throws OneDriveError `local-file`. */
export async function* localBytes({ fs }: Disk, path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const handle = await orLocalError(fs.open(path, 'r'), 'read', path);
  try {
    for (;;) {
      const buffer = new Uint8Array(mebibyte);
      const { bytesRead } = await orLocalError(handle.read(buffer, 0, buffer.length, null), 'read', path);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/** Writes a text file; overwrites an existing one. @throws OneDriveError `local-file`. */
export async function writeLocalText({ fs }: Disk, path: string, text: string): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  const handle = await orLocalError(fs.open(path, 'w'), 'write', path);
  try {
    for (let at = 0; at < bytes.length; ) {
      const { bytesWritten } = await orLocalError(
        handle.write(bytes, at, bytes.length - at, null),
        'write',
        path,
      );
      at += bytesWritten;
    }
  } finally {
    await handle.close();
  }
}

/** The stat of `path`, undefined if it does not exist. @throws OneDriveError `local-file` for all other errors. */
export async function localStat(
  { fs }: Disk,
  path: string,
  verb: 'read' | 'write',
): Promise<FileStat | undefined> {
  try {
    return await fs.stat(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw localError(error, verb, path);
  }
}

/** Awaits `work`; converts its file system errors to OneDriveError `local-file`. */
export async function orLocalError<T>(work: Promise<T>, verb: 'read' | 'write', path: string): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw localError(error, verb, path);
  }
}
