/**
 * A local file as a source: read in 1 MiB pieces into two buffers in turn, one being filled while the other is sent. The
 * buffers are in the memory of the hash, so that hashing copies nothing.
 */
import { OneDriveError } from '../../errors/index.ts';
import { borrowHashMemory, type HashMemory } from '../../hash/index.ts';
import type { FileHandle, FileStat, FileSystem } from '../../platform/file-system.ts';
import type { FileSource, Fingerprint } from './file-source.ts';
import { localError } from './local-error.ts';
import { SourceChanged } from './source-changed.ts';

/** Bytes; measured: smaller reads reduce throughput, larger reads gain nothing. */
const pieceSize = 1 << 20;

function fingerprintOf(stat: FileStat): Fingerprint {
  return { size: stat.size, modifiedMs: stat.mtimeMs, changedMs: stat.ctimeMs, inode: stat.ino };
}

/** Fills `piece` from `position` on. A file that ends early has changed while it was read. */
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
        'Upload it again when no program writes to it.',
      );
    }
    filled += bytesRead;
  }
  return piece;
}

/** Two buffers, and the read into one of them for the next range, which starts at `position`. */
interface ReadAhead {
  readonly memory: HashMemory;
  readonly position: number;
  readonly turn: number;
  readonly piece: Promise<Uint8Array>;
}

interface SourceState {
  readonly handle: FileHandle;
  readonly path: string;
  readonly size: number;
  readAhead: ReadAhead | undefined;
}

/** Takes the piece that was read ahead, if it is the one requested; otherwise releases its memory. */
async function takeReadAhead(state: SourceState, start: number): Promise<ReadAhead | undefined> {
  const { readAhead: ahead } = state;
  state.readAhead = undefined;
  if (ahead === undefined || ahead.position === start) return ahead;
  await ahead.piece.catch(() => undefined);
  ahead.memory.release();
  return undefined;
}

async function* pieces(
  state: SourceState,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { handle, path, size } = state;
  const readAhead = await takeReadAhead(state, start);
  const memory = readAhead?.memory ?? borrowHashMemory(2 * Math.min(pieceSize, size - start));
  const half = memory.bytes.byteLength / 2;
  const read = (position: number, turn: number, to: number) => {
    const offset = (turn % 2) * half;
    const piece = fill(
      handle,
      path,
      memory.bytes.subarray(offset, offset + Math.min(half, to - position)),
      position,
    );
    piece.catch(() => undefined); // reported when the piece is awaited
    return piece;
  };
  let next: Promise<Uint8Array> | undefined;
  let isReadAhead = false;
  try {
    let turn = readAhead?.turn ?? 0;
    next = readAhead?.piece ?? read(start, turn, end);
    for (let position = start; position < end; ) {
      const piece = (await next).subarray(0, end - position);
      position += piece.byteLength;
      turn += 1;
      if (position < end) next = read(position, turn, end);
      yield piece;
    }
    // While the last piece is sent and the response is awaited, reading of the next range starts.
    if (end < size) {
      next = read(end, turn, size);
      state.readAhead = { memory, position: end, turn, piece: next };
      isReadAhead = true;
    }
  } catch (error) {
    throw localError(error, 'read', path);
  } finally {
    if (!isReadAhead) {
      await next?.catch(() => undefined);
      memory.release();
    }
  }
}

/**
 * Opens a local file as a source; `close` closes it.
 * @param path absolute, or relative to the current folder of the file system.
 * @throws OneDriveError `local-file` if it is missing, a folder, or cannot be read.
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

/** The status by name, so that a replaced file is noticed too; a deleted file can still be read to its end. */
async function currentStat(fileSystem: FileSystem, path: string, handle: FileHandle): Promise<FileStat> {
  const stat = await fileSystem.stat(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  return stat ?? (await handle.stat());
}

function notAFile(path: string, stat: FileStat): OneDriveError {
  const problem = stat.isDirectory() ? 'is a folder' : 'is not a regular file';
  const hint = stat.isDirectory()
    ? ({ step: 'operation', operation: 'putTree', to: 'upload a folder' } as const)
    : 'Name a file.';
  return new OneDriveError('local-file', `Could not read ${path}: it ${problem}.`, { hint });
}

function sourceOf(fileSystem: FileSystem, handle: FileHandle, path: string, stat: FileStat): FileSource {
  const state: SourceState = { handle, path, size: stat.size, readAhead: undefined };
  return {
    name: path.split(/[/\\]/).at(-1),
    size: stat.size,
    modifiedMs: stat.mtimeMs,
    createdMs: stat.birthtimeMs,
    identity: path,
    read: (start, end) => (end > start ? pieces(state, start, end) : nothing()),
    reopen: () => pathSource(fileSystem, path),
    fingerprint: async () => {
      try {
        return fingerprintOf(await currentStat(fileSystem, path, handle));
      } catch (error) {
        throw localError(error, 'read', path);
      }
    },
    async close() {
      await takeReadAhead(state, Number.NaN);
      await handle.close();
    },
  };
}

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {}
