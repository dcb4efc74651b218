/**
 * The FileSystem seam on Node's file system. Short calls are made synchronously: open, stat or close takes a
 * few microseconds on a local disk, and ten times that through the thread pool, several times for each file
 * of a tree. If such a call is slow (a network drive, a disk that has to spin up), the next ones use the
 * pool, so that nothing else waits for them. Reads, writes and syncs of more data always use the pool.
 */
import fs from 'node:fs';
import pooled from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { FileHandle, FileSystem } from '../file-system.ts';
import { fileSlots } from './file-slots.ts';
import { type FolderCalls, makeFolders } from './make-folders.ts';
import { pathOfName, readNames, textOfPath } from './node-paths.ts';
import { openPipe } from './pipe-handle.ts';

/** Milliseconds after which a synchronous call is slow, and number of calls that then use the pool. */
const slow = 2;
const pooledAfterSlow = 128;

/** Maximum number of bytes to read or write synchronously. */
const little = 128 << 10;

let toPool = 0;

/** Makes a short call synchronously, unless such calls are slow here. */
async function short<T>(atOnce: () => T, inPool: () => Promise<T>): Promise<T> {
  if (toPool > 0) {
    toPool -= 1;
    return await inPool();
  }
  const began = performance.now();
  try {
    return atOnce();
  } finally {
    if (performance.now() - began > slow) toPool = pooledAfterSlow;
  }
}

const inPool = {
  open: promisify(fs.open),
  close: promisify(fs.close),
  read: promisify(fs.read),
  write: promisify(fs.write),
  fstat: promisify(fs.fstat),
  fsync: promisify(fs.fsync),
  futimes: promisify(fs.futimes),
  ftruncate: promisify(fs.ftruncate),
};

/** An invalid file descriptor, for which the system returns EBADF. */
const closed = -1;

/** Waits for a file to be closed if too many are open. */
const slots = fileSlots();

/**
 * After closing, the descriptor is not used again, since it may belong to another file; closing twice is
 * harmless.
 */
function handleOf(opened: number): FileHandle {
  let fd = opened;
  return {
    read: (buffer, offset, length, position) => {
      const pool = async () => ({
        bytesRead: (await inPool.read(fd, buffer, offset, length, position)).bytesRead,
      });
      if (length > little) return pool();
      return short(() => ({ bytesRead: fs.readSync(fd, buffer, offset, length, position) }), pool);
    },
    write: (buffer, offset, length, position) => {
      const pool = async () => ({
        bytesWritten: (await inPool.write(fd, buffer, offset, length, position)).bytesWritten,
      });
      if (length > little) return pool();
      return short(() => ({ bytesWritten: fs.writeSync(fd, buffer, offset, length, position) }), pool);
    },
    truncate: (length = 0) => inPool.ftruncate(fd, length),
    stat: () =>
      short(
        () => fs.fstatSync(fd),
        () => inPool.fstat(fd),
      ),
    sync: () => inPool.fsync(fd),
    utimes: (atime, mtime) =>
      short(
        () => fs.futimesSync(fd, atime, mtime),
        () => inPool.futimes(fd, atime, mtime),
      ),
    close: async () => {
      if (fd < 0) return;
      const last = fd;
      fd = closed;
      await short(
        () => fs.closeSync(last),
        () => inPool.close(last),
      ).finally(slots.leave);
    },
  };
}

/** A pipe never blocks a thread of the pool, which could not be stopped; a device may. */
async function openFile(path: string, flags: string, mode: number | undefined): Promise<FileHandle> {
  const at = pathOfName(path);
  const kind = flags.includes('x') ? undefined : await kindOf(at);
  if (flags === 'r' && kind?.isFIFO() === true) {
    const pipe = await openPipe(at);
    slots.leave();
    return pipe;
  }
  const inPoolOnly = kind !== undefined && !kind.isFile() && !kind.isDirectory();
  if (inPoolOnly) return handleOf(await inPool.open(at, flags, mode));
  return await short(
    () => handleOf(fs.openSync(at, flags, mode)),
    async () => handleOf(await inPool.open(at, flags, mode)),
  );
}

function kindOf(at: string | Buffer): Promise<fs.Stats | undefined> {
  return short(
    () => fs.statSync(at, { throwIfNoEntry: false }),
    () => pooled.stat(at).catch(() => undefined),
  );
}

async function readText(path: string, encoding: 'utf8'): Promise<string> {
  const at = pathOfName(path);
  if ((await kindOf(at))?.isFIFO() !== true) return await pooled.readFile(at, encoding);
  const handle = await openPipe(at);
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (const buffer = new Uint8Array(little); ; ) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) return text + decoder.decode();
      text += decoder.decode(buffer.subarray(0, bytesRead), { stream: true });
    }
  } finally {
    await handle.close();
  }
}

const folderCalls: FolderCalls = {
  mkdir: (path, mode) => pooled.mkdir(pathOfName(path), mode === undefined ? {} : { mode }),
  stat: (path) => nodeFileSystem.stat(path),
  dirname,
};

/** The real disk. Errors are Node's own, with `code` (`ENOENT`, `EACCES`, …). */
export const nodeFileSystem: FileSystem = {
  open: (path, flags, mode) => slots.enter(() => openFile(path, flags, mode)),
  readFile: readText,
  readdir: (path) => slots.retry(() => readNames(path)),
  stat: (path) =>
    short(
      () => fs.statSync(pathOfName(path)),
      () => pooled.stat(pathOfName(path)),
    ),
  lstat: (path) =>
    short(
      () => fs.lstatSync(pathOfName(path)),
      () => pooled.lstat(pathOfName(path)),
    ),
  mkdir: (path, { recursive, mode }) =>
    recursive ? makeFolders(folderCalls, resolve(path), mode) : folderCalls.mkdir(path, mode),
  rename: (from, to) =>
    short(
      () => fs.renameSync(pathOfName(from), pathOfName(to)),
      () => pooled.rename(pathOfName(from), pathOfName(to)),
    ),
  unlink: (path) => pooled.unlink(pathOfName(path)),
  rmdir: (path) => pooled.rmdir(pathOfName(path)),
  rm: (path, options) => pooled.rm(pathOfName(path), options),
  chmod: (path, mode) => pooled.chmod(pathOfName(path), mode),
  utimes: (path, atime, mtime) => pooled.utimes(pathOfName(path), atime, mtime),
  realpath: async (path) => textOfPath(await pooled.realpath(pathOfName(path), { encoding: 'buffer' })),
};
