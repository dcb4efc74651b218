/**
 * Replaces the content of a file so that after a crash at any moment the old or the new content is there,
 * complete: written beside the file, synced, renamed, and the folder synced (fsync(2), rename(2)). Only the
 * owner may read the result.
 */
import { basename, dirname, join } from 'node:path';
import { OneDriveError } from '../../errors/index.ts';
import type { FileHandle, FileSystem } from '../file-system.ts';
import { type PatienceOptions, patiently } from './patiently.ts';

export interface ReplaceOptions {
  /** Called with the new file while it is open, when its bytes are on disk. */
  readonly inspect?: (file: FileHandle) => Promise<void>;
  /**
   * Called when the new bytes are on disk and nothing is replaced yet; false keeps the old file. Default:
   * true.
   */
  readonly confirm?: () => Promise<boolean>;
  /** How long to wait for a file that another program has open. Default: depends on the platform. */
  readonly patience?: PatienceOptions | undefined;
}

/**
 * Replaces the file at `path`, which must not be a symlink, or creates it (mode 0600) and its folder (0700).
 * Call it with a lock for `path`: the leftover of an interrupted call is removed.
 * @returns false if `confirm` returned false.
 * @throws errors of the file system; the old file is then unchanged, unless only the sync of the folder
 * failed.
 */
export async function replaceFile(
  fs: FileSystem,
  path: string,
  bytes: Uint8Array,
  { inspect, confirm, patience }: ReplaceOptions = {},
): Promise<boolean> {
  const folder = dirname(path);
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  await sweep(fs, path);
  const work = join(folder, `.${basename(path)}.${crypto.randomUUID()}.tmp`);
  try {
    await writeSynced(fs, work, bytes, inspect);
    if (confirm && !(await confirm())) {
      await fs.unlink(work);
      return false;
    }
    await patiently(() => fs.rename(work, path), patience);
  } catch (error) {
    await fs.rm(work, { recursive: false, force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(fs, folder);
  return true;
}

async function writeSynced(
  fs: FileSystem,
  path: string,
  bytes: Uint8Array,
  inspect: ReplaceOptions['inspect'],
): Promise<void> {
  const file = await fs.open(path, 'wx', 0o600);
  try {
    for (let at = 0; at < bytes.byteLength; ) {
      const { bytesWritten } = await file.write(bytes, at, bytes.byteLength - at, at);
      if (bytesWritten === 0)
        throw new OneDriveError('local-file', `No bytes could be written to ${path}: is the disk full?`);
      at += bytesWritten;
    }
    await file.sync();
    await inspect?.(file);
  } finally {
    await file.close();
  }
}

/** The leftover of an interrupted call: its process held the lock that this one holds now. */
async function sweep(fs: FileSystem, path: string): Promise<void> {
  const folder = dirname(path);
  const prefix = `.${basename(path)}.`;
  for (const name of await fs.readdir(folder)) {
    const isWork =
      name.startsWith(prefix) &&
      /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/.test(name.slice(prefix.length));
    if (isWork) await fs.rm(join(folder, name), { recursive: false, force: true });
  }
}

/**
 * A rename survives a power cut only when its folder is synced; Windows cannot open folders and does not need
 * to.
 */
export async function syncFolder(fs: FileSystem, folder: string): Promise<void> {
  try {
    const handle = await fs.open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'EBADF', 'ENOTSUP'].includes(code)) throw error;
  }
}
