/**
 * Records as files: small, readable, private to the user, and complete after any crash. A write creates a
 * file beside the old one, syncs it, renames it, and then syncs the folder (fsync(2), rename(2)).
 */
import { dirname, join } from 'node:path';
import { OneDriveError } from '../../errors/index.ts';
import type { FileHandle, FileSystem } from '../file-system.ts';
import type { Lock } from '../lock.ts';
import type { Store, StoredValue } from '../store.ts';
import { checkedKey } from '../store-key.ts';
import { fileLock } from './file-lock.ts';
import { patiently } from './patiently.ts';
import { replaceFile, syncFolder } from './replace-file.ts';

/** Options of a file store. */
export interface FileStoreOptions {
  /** The lock for compare-and-set. Default: file locks in `dir`/.locks. */
  readonly lock?: Lock;
}

/**
 * A store in `dir`, which is created (mode 0700) at the first write. Files have mode 0600. Errors of the disk
 * become OneDriveError `local-file`.
 */
export function fileStore(fs: FileSystem, dir: string, options: FileStoreOptions = {}): Store {
  const lock = options.lock ?? fileLock(join(dir, '.locks'), { fs });
  const pathOf = (key: string) => join(dir, ...checkedKey(key).split('/'));
  const alone = async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const release = await lock.acquire(key);
    try {
      return await work();
    } finally {
      await release();
    }
  };
  return {
    read: (key) => named(key, 'read', () => readRecord(fs, pathOf(key))),
    write: (key, text, { ifVersion } = {}) =>
      named(key, 'written', () =>
        alone(key, async () => {
          const path = pathOf(key);
          if (ifVersion !== undefined && ((await readRecord(fs, path))?.version ?? null) !== ifVersion)
            throw conflict(key);
          return replaceRecord(fs, path, text);
        }),
      ),
    delete: (key) => named(key, 'removed', () => alone(key, () => removeRecord(fs, pathOf(key)))),
    list: (prefix) =>
      named(prefix, 'listed', async () =>
        (await keysBelow(fs, dir, '')).filter((key) => key.startsWith(prefix)).sort(),
      ),
  };
}

async function readRecord(fs: FileSystem, path: string): Promise<StoredValue | undefined> {
  try {
    const file = await patiently(() => fs.open(path, 'r'));
    try {
      const { size } = await file.stat();
      const bytes = await readAll(file, size);
      return {
        text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
        version: await versionOf(file, bytes),
      };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function readAll(file: FileHandle, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  let at = 0;
  while (at < size) {
    const { bytesRead } = await file.read(bytes, at, size - at, at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return bytes.subarray(0, at);
}

/** @returns the version of the current text under `path` */
async function replaceRecord(fs: FileSystem, path: string, text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  let version = '';
  await replaceFile(fs, path, bytes, {
    inspect: async (file) => {
      version = await versionOf(file, bytes);
    },
  });
  return version;
}

async function removeRecord(fs: FileSystem, path: string): Promise<void> {
  try {
    await patiently(() => fs.unlink(path));
    await syncFolder(fs, dirname(path));
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/**
 * A new file has a new inode or a new time; the content is included because the file system's clock may be
 * coarse.
 */
async function versionOf(file: FileHandle, bytes: Uint8Array): Promise<string> {
  const { ino, mtimeMs, size } = await file.stat();
  return [ino, mtimeMs, size, fnv1a(bytes)].map((part) => part.toString(36)).join('-');
}

/** FNV-1a, 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
function fnv1a(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

async function keysBelow(fs: FileSystem, dir: string, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for (const name of await orMissing(fs.readdir(dir), [])) {
    if (name.startsWith('.')) continue;
    const path = join(dir, name);
    const stat = await orMissing(fs.lstat(path), undefined);
    if (stat?.isDirectory() === true) keys.push(...(await keysBelow(fs, path, `${prefix}${name}/`)));
    else if (stat !== undefined) keys.push(prefix + name);
  }
  return keys;
}

async function orMissing<T, U>(asked: Promise<T>, missing: U): Promise<T | U> {
  try {
    return await asked;
  } catch (error) {
    if (isMissing(error)) return missing;
    throw error;
  }
}

async function named<T>(key: string, done: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof OneDriveError) throw cause;
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new OneDriveError('local-file', `The record ${key} could not be ${done}: ${words}.`, { cause });
  }
}

function conflict(key: string): OneDriveError {
  return new OneDriveError('conflict', `The record ${key} was changed by another process in the meantime.`, {
    hint: 'Read it again and repeat the change.',
  });
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
