/** Where blob files are, and the only places where their bytes are read and written. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes per read: measured faster than Node's 64 KiB streams by a factor of two to four. */
const chunkSize = 1024 * 1024;

/** Files in `blobs/` belong to records; files in this process's folder under `tmp/` belong to nobody yet. */
export interface BlobFiles {
  readonly temporary: string;
  newId(): string;
  /** Path of a blob that records know. */
  kept(id: string): string;
  /** Path of one that they do not. */
  fresh(id: string): string;
  /** Writes a fresh file whole. */
  write(id: string, bytes: Uint8Array): void;
  /** Moves a fresh file among the kept ones. */
  keep(id: string): void;
  /** And back, when the transaction failed. */
  unkeep(id: string): void;
  remove(path: string): void;
  /** Resolves when the names of all files that were kept so far are on the disk. */
  flush(): Promise<void>;
}

/** Over `directory`, with `temporary` as this process's own folder. */
export function blobFiles(directory: string, temporary: string): BlobFiles {
  const kept = (id: string): string => join(directory, 'blobs', id.slice(0, 2), id);
  const fresh = (id: string): string => join(temporary, id);
  const made = new Set<string>();
  /** Folders with names that are not yet on the disk. */
  const changed = new Set<string>();
  const makeFolder = (id: string): void => {
    const folder = id.slice(0, 2);
    if (made.has(folder)) return;
    mkdirSync(join(directory, 'blobs', folder), { recursive: true });
    made.add(folder);
    changed.add(join(directory, 'blobs'));
  };
  return {
    temporary,
    newId: () => randomBytes(16).toString('hex'),
    kept,
    fresh,
    write: (id, bytes) => {
      writeFileSync(fresh(id), bytes);
    },
    keep(id) {
      makeFolder(id);
      renameSync(fresh(id), kept(id));
      changed.add(join(kept(id), '..'));
    },
    unkeep: (id) => {
      renameSync(kept(id), fresh(id));
    },
    remove: (path) => {
      rmSync(path, { force: true });
    },
    async flush() {
      const folders = [...changed];
      changed.clear();
      if (process.platform !== 'win32') await Promise.all(folders.map(flushFolder));
    },
  };
}

async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Opens for writing from anywhere, creating the file and its folder where they are not. */
export async function openForWriting(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r+');
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
    await mkdir(join(path, '..'), { recursive: true });
    return open(path, 'w+');
  }
}

/** Reads [start, end) of a file. @throws Error when the file is shorter. */
export async function* readFileRange(path: string, start: number, end: number): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r');
  try {
    for (let at = start; at < end; ) {
      const buffer = Buffer.allocUnsafeSlow(Math.min(chunkSize, end - at));
      const { bytesRead } = await file.read(buffer, 0, buffer.byteLength, at);
      if (bytesRead === 0) throw new Error('A blob file is shorter than its record says.');
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  } finally {
    await file.close();
  }
}
