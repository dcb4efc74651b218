/**
 * A file on disk as a source: read in 1 MiB pieces into two buffers in turn, one being filled while the other is
 * being sent. The buffers lie in the hash's own memory, so that hashing copies nothing.
 */
import { OneDriveError } from '../../errors/index.ts';
import { borrowHashMemory } from '../../hash/index.ts';
import type { FileHandle, FileStat, FileSystem } from '../../platform/file-system.ts';
import type { FileSource, Fingerprint } from './file-source.ts';
import { localError } from './local-error.ts';

/** Bytes; measured: smaller reads cost throughput, larger ones gain nothing. */
const pieceSize = 1 << 20;

function fingerprintOf(stat: FileStat): Fingerprint {
  return { size: stat.size, modifiedMs: stat.mtimeMs, inode: stat.ino };
}

/** Fills `piece` from `position` on: a file that ends early changed while it was read. */
async function fill(
  handle: FileHandle,
  path: string,
  piece: Uint8Array,
  position: number,
): Promise<Uint8Array> {
  for (let filled = 0; filled < piece.byteLength; ) {
    const { bytesRead } = await handle.read(piece, filled, piece.byteLength - filled, position + filled);
    if (bytesRead === 0) {
      throw new OneDriveError('integrity', `${path} became shorter while it was read.`, {
        hint: 'Upload it again when nothing writes to it.',
      });
    }
    filled += bytesRead;
  }
  return piece;
}

async function* pieces(
  handle: FileHandle,
  path: string,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const memory = borrowHashMemory(2 * Math.min(pieceSize, end - start));
  const half = memory.bytes.byteLength / 2;
  const read = (at: number, turn: number) => {
    const offset = (turn % 2) * half;
    const piece = fill(handle, path, memory.bytes.subarray(offset, offset + Math.min(half, end - at)), at);
    piece.catch(() => undefined); // told when its turn comes
    return piece;
  };
  let next: Promise<Uint8Array> | undefined;
  try {
    next = read(start, 0);
    for (let at = start, turn = 1; at < end; turn++) {
      const piece = await next;
      at += piece.byteLength;
      if (at < end) next = read(at, turn);
      yield piece;
    }
  } catch (error) {
    throw localError(error, 'read', path);
  } finally {
    await next?.catch(() => undefined);
    memory.release();
  }
}

/**
 * A file on disk. Opened here, closed by `close`.
 * @param path absolute, or relative to where the file system is.
 * @throws OneDriveError `local-file` when it is missing, a folder, or cannot be read.
 */
export async function pathSource(fileSystem: FileSystem, path: string): Promise<FileSource> {
  let handle: FileHandle | undefined;
  try {
    handle = await fileSystem.open(path, 'r');
    const stat = await handle.stat();
    if (!stat.isFile()) throw notAFile(path, stat);
    return sourceOf(handle, path, stat);
  } catch (error) {
    await handle?.close();
    throw localError(error, 'read', path);
  }
}

function notAFile(path: string, stat: FileStat): OneDriveError {
  const what = stat.isDirectory() ? 'is a folder' : 'is not an ordinary file';
  return new OneDriveError('local-file', `Could not read ${path}: it ${what}.`, { hint: 'Name a file.' });
}

function sourceOf(handle: FileHandle, path: string, stat: FileStat): FileSource {
  return {
    name: path.split(/[/\\]/).at(-1),
    size: stat.size,
    modifiedMs: stat.mtimeMs,
    createdMs: stat.birthtimeMs,
    read: (start, end) => (end > start ? pieces(handle, path, start, end) : nothing()),
    fingerprint: async () => {
      try {
        return fingerprintOf(await handle.stat());
      } catch (error) {
        throw localError(error, 'read', path);
      }
    },
    close: () => handle.close(),
  };
}

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {}
