/**
 * A local file as a sink: bytes are written to a part file beside the target, which is renamed to the target only when it
 * is complete and verified. A crash leaves a part file, never a truncated file under the final name.
 */
import { OneDriveError } from '../../errors/index.ts';
import { borrowHashMemory } from '../../hash/index.ts';
import type { FileHandle, FileStat, FileSystem } from '../../platform/file-system.ts';
import type { Random } from '../../platform/random.ts';
import type { FileSink, SinkFacts } from './file-sink.ts';
import { localError } from './local-error.ts';

/** Options of {@link pathSink}. */
export interface PathSinkOptions {
  readonly random: Random;
  /**
   * Flushes the content to disk before it gets its final name, so that not even a power failure leaves a truncated file.
   * Slower. Default: false.
   */
  readonly durable?: boolean | undefined;
  /** The caller has checked that no file exists at the path. Default: false. */
  readonly vacant?: boolean | undefined;
  /** Replace the file behind a symbolic link at the path; with `false` the link itself is replaced. Default: true. */
  readonly followLinks?: boolean | undefined;
}

interface TargetFile {
  readonly handle: FileHandle;
  /** The path that is written to. */
  readonly partPath: string;
  /** The final path; the same as `partPath` for devices and pipes, which have no part file. */
  readonly finalPath: string;
  allocated: number | undefined;
}

/** The file or link at a path; undefined if there is none. @throws the error of the file system. */
export async function statIfThere(
  fileSystem: FileSystem,
  path: string,
  followLinks: boolean,
): Promise<FileStat | undefined> {
  try {
    return await (followLinks ? fileSystem.stat(path) : fileSystem.lstat(path));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** `.report.pdf.1a2b3c4d.part`, short enough for every file system. */
export function partName(path: string, tag: string): string {
  const nameStart = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
  return `${path.slice(0, nameStart)}.${path.slice(nameStart, nameStart + 60)}.${tag}.part`;
}

/** Unpredictable hexadecimal digits, two for each byte. */
export function randomTag(random: Random, bytes: number): string {
  return Array.from(random.bytes(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

type OpenPart = (partPath: string, mode: number) => Promise<FileHandle>;

async function openTarget(
  fileSystem: FileSystem,
  path: string,
  {
    tag,
    vacant,
    followLinks = true,
  }: Pick<PathSinkOptions, 'vacant' | 'followLinks'> & { readonly tag: string },
  open: OpenPart,
): Promise<TargetFile> {
  const stat = vacant === true ? undefined : await statIfThere(fileSystem, path, followLinks);
  if (stat?.isDirectory() === true) {
    throw new OneDriveError('local-file', `Could not write ${path}: it is a folder.`, {
      hint: 'Name the file in it.',
    });
  }
  if (stat !== undefined && !stat.isFile() && !stat.isSymbolicLink()) {
    return {
      handle: await fileSystem.open(path, 'w'),
      partPath: path,
      finalPath: path,
      allocated: undefined,
    };
  }
  // The file behind a symbolic link is replaced, not the link.
  const finalPath = stat === undefined || !followLinks ? path : await fileSystem.realpath(path);
  const partPath = partName(finalPath, tag);
  const handle = await open(partPath, stat?.isFile() === true ? stat.mode & 0o777 : 0o666);
  return { handle, partPath, finalPath, allocated: undefined };
}

/**
 * Bytes of one write. Measured: for larger writes Linux uses larger pages, which on a virtual machine the host may have to
 * reclaim first. A fresh GiB in writes of 1 MiB took 2.2 s of kernel time; in writes of this size 0.8 s in the median of
 * seven downloads and 1.1 s at worst; in writes of 256 KiB 0.7 s and 1.9 s at worst.
 */
const pieceSize = 64 << 10;

async function writeAll(file: TargetFile, bytes: Uint8Array, position: number): Promise<void> {
  const from = file.partPath === file.finalPath ? null : position;
  for (let offset = 0; offset < bytes.byteLength; ) {
    const piece = Math.min(pieceSize, bytes.byteLength - offset);
    const { bytesWritten } = await file.handle.write(
      bytes,
      offset,
      piece,
      from === null ? null : from + offset,
    );
    offset += bytesWritten;
  }
}

/** The open file of one sink. */
interface SinkState {
  file: TargetFile | undefined;
}

/**
 * A sink that creates or replaces the file at `path`.
 * @param path absolute, or relative to the current folder of the file system; its folder must exist. Only an absolute path
 * can be found again by another process.
 */
export function pathSink(fileSystem: FileSystem, path: string, options: PathSinkOptions): FileSink {
  const state: SinkState = { file: undefined };
  const withLocalError = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw localError(error, 'write', path);
    }
  };
  const openFile = (): TargetFile => {
    if (state.file === undefined) throw new OneDriveError('internal', `${path} was not opened.`);
    return state.file;
  };
  const open = async (tag: string, openPart: OpenPart) => {
    state.file = await openTarget(fileSystem, path, { ...options, tag }, openPart);
    return state.file;
  };
  return {
    positional: true,
    durable: options.durable,
    identity: /^([/\\]|[A-Za-z]:)/.test(path) ? path : undefined,
    prepare: () =>
      withLocalError(async () => {
        await open(randomTag(options.random, 4), (part, mode) => fileSystem.open(part, 'wx', mode));
      }),
    reopen: (tag, keep) =>
      withLocalError(async () => {
        const file = await open(tag, (part, mode) => openPartFile(fileSystem, part, mode, keep));
        return file.partPath === file.finalPath ? 0 : (await file.handle.stat()).size;
      }),
    readBack: (start, end) => readBack(openFile(), start, end, withLocalError),
    allocate: (size) => withLocalError(() => allocate(openFile(), size)),
    sync: () => withLocalError(() => openFile().handle.sync()),
    write: (bytes, position) => withLocalError(() => writeAll(openFile(), bytes, position)),
    restart: () => withLocalError(() => openFile().handle.truncate(0)),
    commit: (facts) =>
      withLocalError(async () => {
        await finish(fileSystem, openFile(), facts, options.durable === true);
        state.file = undefined;
      }),
    ...discardMethods(fileSystem, path, state),
  };
}

/** The methods that end a download without a file. */
function discardMethods(
  fileSystem: FileSystem,
  path: string,
  state: SinkState,
): Pick<Required<FileSink>, 'suspend' | 'setAside' | 'abort'> {
  const close = async (): Promise<TargetFile | undefined> => {
    const { file } = state;
    state.file = undefined;
    await file?.handle.close().catch(() => undefined);
    return file?.partPath === file?.finalPath ? undefined : file;
  };
  return {
    async suspend(size) {
      await truncateExcess(state.file, size);
      await close();
    },
    async setAside(size) {
      await truncateExcess(state.file, size);
      const file = await close();
      if (file === undefined) return path;
      const asidePath = file.partPath.replace(/\.part$/, '.mismatch');
      // If it cannot be renamed, it keeps its name.
      const result = await fileSystem.rename(file.partPath, asidePath).catch(() => 'failed' as const);
      return result === 'failed' ? file.partPath : asidePath;
    },
    async abort() {
      const file = await close();
      if (file === undefined) return;
      await fileSystem.rm(file.partPath, { recursive: false, force: true }).catch(() => undefined);
    },
  };
}

/** Removes space that was allocated but not written: a wrong size must not leave a huge file. */
async function truncateExcess(file: TargetFile | undefined, size: number): Promise<void> {
  if (file?.allocated === undefined || file.allocated <= size) return;
  await file.handle.truncate(size).catch(() => undefined);
}

async function* readBack(
  { handle }: TargetFile,
  start: number,
  end: number,
  withLocalError: <T>(work: () => Promise<T>) => Promise<T>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const memory = borrowHashMemory(1 << 20);
  try {
    for (let position = start; position < end; ) {
      const length = Math.min(memory.bytes.byteLength, end - position);
      const chunkStart = position;
      const { bytesRead } = await withLocalError(() => handle.read(memory.bytes, 0, length, chunkStart));
      if (bytesRead === 0) return;
      position += bytesRead;
      yield memory.bytes.subarray(0, bytesRead);
    }
  } finally {
    memory.release();
  }
}

/**
 * The part file that an earlier process left, or a new one. Other programs may know its name, so it may have become a link:
 * only a regular file, the same before and after opening, is used.
 */
async function openPartFile(
  fileSystem: FileSystem,
  partPath: string,
  mode: number,
  keep: boolean,
): Promise<FileHandle> {
  const existing = keep ? await openRegularFile(fileSystem, partPath) : undefined;
  if (existing !== undefined) return existing;
  await fileSystem.rm(partPath, { recursive: false, force: true });
  return await fileSystem.open(partPath, 'wx', mode);
}

async function openRegularFile(fileSystem: FileSystem, partPath: string): Promise<FileHandle | undefined> {
  const stat = await statIfThere(fileSystem, partPath, false);
  if (stat?.isFile() !== true) return undefined;
  const handle = await fileSystem.open(partPath, 'r+');
  const opened = await handle.stat();
  if (opened.isFile() && opened.ino === stat.ino) return handle;
  await handle.close();
  return undefined;
}

async function allocate(file: TargetFile, size: number): Promise<void> {
  if (file.partPath === file.finalPath) return;
  await file.handle.truncate(size);
  file.allocated = size;
}

async function finish(
  fileSystem: FileSystem,
  { handle, partPath, finalPath, allocated }: TargetFile,
  { modifiedMs, size }: SinkFacts,
  durable: boolean,
): Promise<void> {
  const isPart = partPath !== finalPath;
  if (isPart && allocated !== undefined && size !== undefined && size !== allocated)
    await handle.truncate(size);
  if (isPart && modifiedMs !== undefined) {
    const time = new Date(modifiedMs);
    await handle.utimes(time, time);
  }
  if (isPart && durable) await handle.sync();
  await handle.close();
  if (isPart) await fileSystem.rename(partPath, finalPath);
}
