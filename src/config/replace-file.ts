/**
 * Puts a new text in the place of a file so that after a crash at any moment the old or the new one is there, whole:
 * written beside it, flushed, renamed over it, and the folder flushed. Nobody but the owner may read it.
 */
import { basename, dirname, join } from 'node:path';
import { OneDriveError } from '../errors/index.ts';
import type { FileSystem } from '../platform/file-system.ts';
import type { Random } from '../platform/random.ts';

export interface ReplaceOptions {
  readonly fs: FileSystem;
  readonly random: Random;
  /** Called when the new text is on disk and nothing is replaced yet; false = give up and leave the old file. */
  readonly confirm: () => Promise<boolean>;
}

/**
 * Replaces the file at `path` (no link) with `text`.
 * @returns false when `confirm` said no.
 * @throws what the file system throws; the old file is as it was.
 */
export async function replaceFile(path: string, text: string, options: ReplaceOptions): Promise<boolean> {
  const { fs, random } = options;
  const folder = dirname(path);
  const temporary = join(folder, temporaryName(path, random));
  try {
    await writeNew(fs, temporary, new TextEncoder().encode(text));
    if (!(await options.confirm())) {
      await fs.unlink(temporary);
      return false;
    }
    await fs.rename(temporary, path);
  } catch (error) {
    await fs.rm(temporary, { recursive: false, force: true }).catch(() => {});
    throw error;
  }
  await syncFolder(fs, folder);
  return true;
}

/** Removes what an interrupted replacement of `path` left: it may hold secrets. To be called under the file's lock. */
export async function removeLeftovers(fs: FileSystem, path: string): Promise<void> {
  const folder = dirname(path);
  const entries = await fs.readdir(folder, { withFileTypes: true }).catch(() => []);
  const leftover = new RegExp(`^\\.${escaped(basename(path))}\\.[0-9a-f]{16}\\.new$`);
  for (const { name } of entries) {
    if (leftover.test(name))
      await fs.rm(join(folder, name), { recursive: false, force: true }).catch(() => {});
  }
}

function temporaryName(path: string, random: Random): string {
  return `.${basename(path)}.${Buffer.from(random.bytes(8)).toString('hex')}.new`;
}

async function writeNew(fs: FileSystem, path: string, bytes: Uint8Array): Promise<void> {
  const file = await fs.open(path, 'wx', 0o600);
  try {
    let written = 0;
    while (written < bytes.length) {
      const { bytesWritten } = await file.write(bytes, written, bytes.length - written, written);
      if (bytesWritten === 0)
        throw new OneDriveError('local-file', `Cannot write ${path}: the file system took no bytes.`);
      written += bytesWritten;
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the rename itself durable; Windows and some network file systems cannot, and need not. */
async function syncFolder(fs: FileSystem, folder: string): Promise<void> {
  try {
    const handle = await fs.open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // The new text is in place and flushed: a folder that cannot be flushed is no reason to report failure.
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
