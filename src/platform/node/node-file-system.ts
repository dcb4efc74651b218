/**
 * The file system of Node, as the FileSystem seam. Short calls are made at once: opening, asking or closing takes a
 * local disk a few microseconds, and the way through the thread pool ten times that, several times for each file of a
 * tree. Where such a call turns out to be slow (a drive in the network, a disk that has to wake up), the next ones go
 * through the pool, so that nothing else waits for them. What moves much or waits for the disk always does.
 */
import fs from 'node:fs';
import pooled from 'node:fs/promises';
import { promisify } from 'node:util';
import type { FileHandle, FileSystem } from '../file-system.ts';

/** Milliseconds that a call made at once may take before it counts as slow, and calls that then go through the pool. */
const slow = 2;
const pooledAfterSlow = 128;

/** Bytes that are read or written at once. */
const little = 128 << 10;

let toPool = 0;

/** Makes a short call at once, unless such calls are slow here. */
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
  close: promisify(fs.close),
  read: promisify(fs.read),
  write: promisify(fs.write),
  fstat: promisify(fs.fstat),
  fsync: promisify(fs.fsync),
  futimes: promisify(fs.futimes),
  ftruncate: promisify(fs.ftruncate),
};

/** No file has this number: the system answers EBADF. */
const closed = -1;

/** After its end it uses the number no more, which may be another file's by then; ending twice is harmless. */
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
      );
    },
  };
}

/** Is this sure to be an ordinary file? Opening or filling a pipe may wait for somebody at its other end. */
function isOrdinary(path: string, flags: string): boolean {
  return flags.includes('x') || fs.statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** The real disk. Rejections are Node's own errors, with `code` (`ENOENT`, `EACCES`, …). */
export const nodeFileSystem: FileSystem = {
  open: (path, flags, mode) =>
    short<FileHandle | undefined>(
      () => (isOrdinary(path, flags) ? handleOf(fs.openSync(path, flags, mode)) : undefined),
      async () => undefined,
    ).then((handle) => handle ?? pooled.open(path, flags, mode)),
  readFile: (path, encoding) => pooled.readFile(path, encoding),
  readdir: (path) => pooled.readdir(path),
  stat: (path) =>
    short(
      () => fs.statSync(path),
      () => pooled.stat(path),
    ),
  lstat: (path) =>
    short(
      () => fs.lstatSync(path),
      () => pooled.lstat(path),
    ),
  mkdir: (path, options) => pooled.mkdir(path, options),
  rename: (from, to) =>
    short(
      () => fs.renameSync(from, to),
      () => pooled.rename(from, to),
    ),
  unlink: (path) => pooled.unlink(path),
  rm: (path, options) => pooled.rm(path, options),
  chmod: (path, mode) => pooled.chmod(path, mode),
  utimes: (path, atime, mtime) => pooled.utimes(path, atime, mtime),
  realpath: (path) => pooled.realpath(path),
};
