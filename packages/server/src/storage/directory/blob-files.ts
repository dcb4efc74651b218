/** Where blob files are, and the only places where their bytes are read and written. */
import { randomBytes } from 'node:crypto';
import { constants, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobBytes } from '../storage.ts';
import { StorageError } from '../storage-error.ts';
import { privateFile, privateFolder } from './private-files.ts';

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
    mkdirSync(join(directory, 'blobs', folder), { recursive: true, mode: privateFolder });
    made.add(folder);
    changed.add(join(directory, 'blobs'));
  };
  const newId = blobIds();
  return {
    temporary,
    newId,
    kept,
    fresh,
    write: (id, bytes) => {
      writeFileSync(fresh(id), bytes, { mode: privateFile });
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

/** Blobs that get ids in a row and then lie in one folder. */
const folderSize = 4096;

/**
 * Ids in rising order, which SQLite keeps in an index at a fraction of the cost of random ones; those of two processes
 * never meet. 32 hex digits: two name the folder.
 */
function blobIds(): () => string {
  const own = randomBytes(9).toString('hex');
  const start = randomBytes(1)[0] ?? 0;
  let count = 0;
  return () => {
    const folder = (start + Math.floor(count / folderSize)) % 256;
    return folder.toString(16).padStart(2, '0') + own + (count++).toString(16).padStart(12, '0');
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
    await mkdir(join(path, '..'), { recursive: true, mode: privateFolder });
    return open(path, 'w+', privateFile);
  }
}

/** Follows no link and waits for no writer: what is not a file is damage. */
const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
const readFlags = process.platform === 'win32' ? O_RDONLY : O_RDONLY | O_NOFOLLOW | O_NONBLOCK;

/** Opens a blob for reading. @throws StorageError `damaged` when it is not a file that holds the first `end` bytes. */
async function openForReading(path: string, end: number): Promise<FileHandle> {
  const file = await open(path, readFlags).catch((error: unknown) => {
    const { code } = error as { code?: string };
    if (code === 'ENOENT' || code === 'ENOTDIR') throw damagedBlob(path, 'it is missing', error);
    if (code === 'ELOOP' || code === 'EISDIR' || code === 'ENXIO')
      throw damagedBlob(path, 'it is not a file', error);
    throw error;
  });
  try {
    const found = await file.stat();
    if (!found.isFile()) throw damagedBlob(path, 'it is not a file');
    if (found.size < end) throw damagedBlob(path, `it has ${found.size} bytes instead of ${end} or more`);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Can the bytes [start, end) be read? Looks at the first one. @throws StorageError `damaged`. */
export async function checkRange(path: string, start: number, end: number): Promise<void> {
  const file = await openForReading(path, end);
  try {
    if (start < end) await file.read(Buffer.alloc(1), 0, 1, start);
  } catch (error) {
    throw damagedBlob(path, reasonOf(error), error);
  } finally {
    await file.close();
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const damagedBlob = (path: string, what: string, cause?: unknown): StorageError =>
  new StorageError('damaged', `The file ${path} is damaged: ${what}.`, { cause });

/**
 * The bytes [start, end) of a file, to be read once, the next ones on their way while the reader works on the last.
 * Iteration throws an Error when the file is shorter. Fresh buffers of this size have V8 collect garbage every 64 MiB
 * (a third of the time of a large download): a reader that is done with one may hand it back.
 */
export class FileRange implements BlobBytes {
  readonly #path: string;
  readonly #start: number;
  readonly #end: number;
  readonly #spare: Buffer[] = [];

  constructor(path: string, start: number, end: number) {
    this.#path = path;
    this.#start = start;
    this.#end = end;
  }

  recycle(chunk: Uint8Array): void {
    if (chunk.byteLength === chunkSize && chunk instanceof Buffer) this.#spare.push(chunk);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    const file = await openForReading(this.#path, 0);
    let coming: Promise<Uint8Array> = Promise.resolve(new Uint8Array());
    const read = (at: number): void => {
      coming = this.#read(file, at);
      coming.catch(() => undefined); // told when its turn comes
    };
    try {
      read(this.#start);
      for (let at = this.#start; at < this.#end; ) {
        const chunk = await coming;
        at += chunk.byteLength;
        read(at);
        yield chunk;
      }
    } finally {
      await coming.catch(() => undefined);
      await file.close();
    }
  }

  async #read(file: FileHandle, at: number): Promise<Uint8Array> {
    const wanted = Math.min(chunkSize, this.#end - at);
    if (wanted <= 0) return new Uint8Array();
    const buffer = this.#spare.pop() ?? Buffer.allocUnsafeSlow(wanted);
    const { bytesRead } = await file.read(buffer, 0, wanted, at);
    if (bytesRead === 0) throw damagedBlob(this.#path, 'it is shorter than its record');
    return bytesRead === buffer.byteLength ? buffer : buffer.subarray(0, bytesRead);
  }
}
