/**
 * A file on disk as a source: read in 1 MiB pieces into two buffers in turn, one being filled while the other is
 * being sent. The buffers lie in the hash's own memory, so that hashing copies nothing.
 */
import { OneDriveError } from '../../errors/index.ts';
import { borrowHashMemory, type HashMemory } from '../../hash/index.ts';
import type { FileHandle, FileStat, FileSystem } from '../../platform/file-system.ts';
import type { FileSource, Fingerprint } from './file-source.ts';
import { localError } from './local-error.ts';
import { SourceChanged } from './source-changed.ts';

/** Bytes; measured: smaller reads cost throughput, larger ones gain nothing. */
const pieceSize = 1 << 20;

function fingerprintOf(stat: FileStat): Fingerprint {
  return { size: stat.size, modifiedMs: stat.mtimeMs, changedMs: stat.ctimeMs, inode: stat.ino };
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
      throw new SourceChanged(
        `${path} became shorter while it was read.`,
        'Upload it again when nothing writes to it.',
      );
    }
    filled += bytesRead;
  }
  return piece;
}

/** Memory in two halves, and what is being read into one of them for the next range: the bytes from `at` on. */
interface ReadAhead {
  readonly memory: HashMemory;
  readonly at: number;
  readonly turn: number;
  readonly piece: Promise<Uint8Array>;
}

interface Reading {
  readonly handle: FileHandle;
  readonly path: string;
  readonly size: number;
  ahead: ReadAhead | undefined;
}

/** Takes over what was read ahead when it is what is wanted now; gives its memory back when it is not. */
async function takeAhead(reading: Reading, start: number): Promise<ReadAhead | undefined> {
  const { ahead } = reading;
  reading.ahead = undefined;
  if (ahead === undefined || ahead.at === start) return ahead;
  await ahead.piece.catch(() => undefined);
  ahead.memory.release();
  return undefined;
}

async function* pieces(
  reading: Reading,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { handle, path, size } = reading;
  const taken = await takeAhead(reading, start);
  const memory = taken?.memory ?? borrowHashMemory(2 * Math.min(pieceSize, size - start));
  const half = memory.bytes.byteLength / 2;
  const read = (at: number, turn: number, to: number) => {
    const offset = (turn % 2) * half;
    const piece = fill(handle, path, memory.bytes.subarray(offset, offset + Math.min(half, to - at)), at);
    piece.catch(() => undefined); // told when its turn comes
    return piece;
  };
  let next: Promise<Uint8Array> | undefined;
  let kept = false;
  try {
    let turn = taken?.turn ?? 0;
    next = taken?.piece ?? read(start, turn, end);
    for (let at = start; at < end; ) {
      const piece = (await next).subarray(0, end - at);
      at += piece.byteLength;
      turn += 1;
      if (at < end) next = read(at, turn, end);
      yield piece;
    }
    // While the last piece is on its way and its answer is waited for, the next range begins to be read.
    if (end < size) {
      next = read(end, turn, size);
      reading.ahead = { memory, at: end, turn, piece: next };
      kept = true;
    }
  } catch (error) {
    throw localError(error, 'read', path);
  } finally {
    if (!kept) {
      await next?.catch(() => undefined);
      memory.release();
    }
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
    return sourceOf(fileSystem, handle, path, stat);
  } catch (error) {
    await handle?.close();
    throw localError(error, 'read', path);
  }
}

/** By its name, so that a file put in its place is noticed too; one that was deleted can still be read to its end. */
async function statNow(fileSystem: FileSystem, path: string, handle: FileHandle): Promise<FileStat> {
  const named = await fileSystem.stat(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  return named ?? (await handle.stat());
}

function notAFile(path: string, stat: FileStat): OneDriveError {
  const what = stat.isDirectory() ? 'is a folder' : 'is not an ordinary file';
  const hint = stat.isDirectory()
    ? 'To upload a folder: put -r on the command line, putTree in the library.'
    : 'Name a file.';
  return new OneDriveError('local-file', `Could not read ${path}: it ${what}.`, { hint });
}

function sourceOf(fileSystem: FileSystem, handle: FileHandle, path: string, stat: FileStat): FileSource {
  const reading: Reading = { handle, path, size: stat.size, ahead: undefined };
  return {
    name: path.split(/[/\\]/).at(-1),
    size: stat.size,
    modifiedMs: stat.mtimeMs,
    createdMs: stat.birthtimeMs,
    identity: path,
    read: (start, end) => (end > start ? pieces(reading, start, end) : nothing()),
    reopen: () => pathSource(fileSystem, path),
    fingerprint: async () => {
      try {
        return fingerprintOf(await statNow(fileSystem, path, handle));
      } catch (error) {
        throw localError(error, 'read', path);
      }
    },
    async close() {
      await takeAhead(reading, Number.NaN);
      await handle.close();
    },
  };
}

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {}
