/**
 * A file on disk as a sink: bytes go into a part file beside the target, which takes the target's name only when
 * all is there and checked. A crash leaves a part file, never half a file under the final name.
 */
import { OneDriveError } from '../../errors/index.ts';
import { borrowHashMemory } from '../../hash/index.ts';
import type { FileHandle, FileStat, FileSystem } from '../../platform/file-system.ts';
import type { Random } from '../../platform/random.ts';
import type { FileSink, SinkFacts } from './file-sink.ts';
import { localError } from './local-error.ts';

/** What a sink on disk works with. */
export interface PathSinkWorld {
  readonly random: Random;
  /**
   * Forces the content to the disk before it takes its final name, so that not even a power cut can leave a file that
   * is not whole. Costs the time of the disk; false unless told.
   */
  readonly durable?: boolean | undefined;
  /** Nothing is at the path: the caller has looked. */
  readonly vacant?: boolean | undefined;
  /** Replace the file behind a symbolic link at the path; with `false` the link itself is replaced. Default: true. */
  readonly followLinks?: boolean | undefined;
}

interface Place {
  readonly handle: FileHandle;
  /** Where the bytes go now. */
  readonly writing: string;
  /** Where they shall be; the same as `writing` for devices and pipes, which have no part file. */
  readonly final: string;
  allocated: number | undefined;
}

/** What is at a path, or the link itself; undefined where nothing is. @throws the error of the file system. */
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
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
  return `${path.slice(0, at)}.${path.slice(at, at + 60)}.${tag}.part`;
}

/** Hexadecimal digits that nobody can predict, two for each byte. */
export function randomTag(random: Random, bytes: number): string {
  return Array.from(random.bytes(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

type OpenPart = (part: string, mode: number) => Promise<FileHandle>;

async function openPlace(
  fileSystem: FileSystem,
  path: string,
  {
    tag,
    vacant,
    followLinks = true,
  }: Pick<PathSinkWorld, 'vacant' | 'followLinks'> & { readonly tag: string },
  open: OpenPart,
): Promise<Place> {
  const there = vacant === true ? undefined : await statIfThere(fileSystem, path, followLinks);
  if (there?.isDirectory() === true) {
    throw new OneDriveError('local-file', `Could not write ${path}: it is a folder.`, {
      hint: 'Name the file in it.',
    });
  }
  if (there !== undefined && !there.isFile() && !there.isSymbolicLink()) {
    return { handle: await fileSystem.open(path, 'w'), writing: path, final: path, allocated: undefined };
  }
  // The file behind a symbolic link is replaced, not the link.
  const final = there === undefined || !followLinks ? path : await fileSystem.realpath(path);
  const writing = partName(final, tag);
  const handle = await open(writing, there?.isFile() === true ? there.mode & 0o777 : 0o666);
  return { handle, writing, final, allocated: undefined };
}

/**
 * Bytes of one write; measured: for larger ones Linux takes larger pages, which on a virtual machine the host may have to
 * give back first. A fresh GiB in writes of 1 MiB took 2.2 s of the kernel's time; in these it took 0.8 s in the middle
 * of seven downloads and at the worst 1.1 s, in writes of 256 KiB 0.7 s and at the worst 1.9 s.
 */
const pieceSize = 64 << 10;

async function writeAll(place: Place, bytes: Uint8Array, position: number): Promise<void> {
  const from = place.writing === place.final ? null : position;
  for (let at = 0; at < bytes.byteLength; ) {
    const piece = Math.min(pieceSize, bytes.byteLength - at);
    const { bytesWritten } = await place.handle.write(bytes, at, piece, from === null ? null : from + at);
    at += bytesWritten;
  }
}

/** The part file of one sink, while it is open. */
interface OpenPlace {
  place: Place | undefined;
}

/**
 * A sink that makes or replaces the file at `path`.
 * @param path absolute, or relative to where the file system is; its folder must exist. Only an absolute one can be
 * found again by another process.
 */
export function pathSink(fileSystem: FileSystem, path: string, world: PathSinkWorld): FileSink {
  const one: OpenPlace = { place: undefined };
  const told = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw localError(error, 'write', path);
    }
  };
  const opened = (): Place => {
    if (one.place === undefined) throw new OneDriveError('internal', `${path} was not opened.`);
    return one.place;
  };
  const open = async (tag: string, how: OpenPart) => {
    one.place = await openPlace(fileSystem, path, { ...world, tag }, how);
    return one.place;
  };
  return {
    positional: true,
    durable: world.durable,
    identity: /^([/\\]|[A-Za-z]:)/.test(path) ? path : undefined,
    prepare: () =>
      told(async () => {
        await open(randomTag(world.random, 4), (part, mode) => fileSystem.open(part, 'wx', mode));
      }),
    reopen: (tag, keep) =>
      told(async () => {
        const place = await open(tag, (part, mode) => openKept(fileSystem, part, mode, keep));
        return place.writing === place.final ? 0 : (await place.handle.stat()).size;
      }),
    readBack: (start, end) => readBack(opened(), start, end, told),
    allocate: (size) => told(() => allocate(opened(), size)),
    sync: () => told(() => opened().handle.sync()),
    write: (bytes, position) => told(() => writeAll(opened(), bytes, position)),
    restart: () => told(() => opened().handle.truncate(0)),
    commit: (facts) =>
      told(async () => {
        await finish(fileSystem, opened(), facts, world.durable === true);
        one.place = undefined;
      }),
    ...endings(fileSystem, path, one),
  };
}

/** The ways to end without a file. */
function endings(
  fileSystem: FileSystem,
  path: string,
  one: OpenPlace,
): Pick<Required<FileSink>, 'suspend' | 'setAside' | 'abort'> {
  const closed = async (): Promise<Place | undefined> => {
    const { place } = one;
    one.place = undefined;
    await place?.handle.close().catch(() => undefined);
    return place?.writing === place?.final ? undefined : place;
  };
  return {
    async suspend(size) {
      await cut(one.place, size);
      await closed();
    },
    async setAside(size) {
      await cut(one.place, size);
      const place = await closed();
      if (place === undefined) return path;
      const aside = place.writing.replace(/\.part$/, '.mismatch');
      // Where it cannot even be renamed it stays what it is.
      const renamed = await fileSystem.rename(place.writing, aside).catch(() => 'not' as const);
      return renamed === 'not' ? place.writing : aside;
    },
    async abort() {
      const place = await closed();
      if (place === undefined) return;
      await fileSystem.rm(place.writing, { recursive: false, force: true }).catch(() => undefined);
    },
  };
}

/** Takes back what was allocated and did not come: a wrong size must not leave a huge file. */
async function cut(place: Place | undefined, size: number): Promise<void> {
  if (place?.allocated === undefined || place.allocated <= size) return;
  await place.handle.truncate(size).catch(() => undefined);
}

async function* readBack(
  { handle }: Place,
  start: number,
  end: number,
  told: <T>(work: () => Promise<T>) => Promise<T>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const memory = borrowHashMemory(1 << 20);
  try {
    for (let at = start; at < end; ) {
      const wanted = Math.min(memory.bytes.byteLength, end - at);
      const from = at;
      const { bytesRead } = await told(() => handle.read(memory.bytes, 0, wanted, from));
      if (bytesRead === 0) return;
      at += bytesRead;
      yield memory.bytes.subarray(0, bytesRead);
    }
  } finally {
    memory.release();
  }
}

/**
 * The part file that an earlier process left, or a new one. Its name may have been seen since, so it may be a link by
 * now: only the regular file that was looked at is opened.
 */
async function openKept(
  fileSystem: FileSystem,
  part: string,
  mode: number,
  keep: boolean,
): Promise<FileHandle> {
  const kept = keep ? await openRegular(fileSystem, part) : undefined;
  if (kept !== undefined) return kept;
  await fileSystem.rm(part, { recursive: false, force: true });
  return await fileSystem.open(part, 'wx', mode);
}

async function openRegular(fileSystem: FileSystem, part: string): Promise<FileHandle | undefined> {
  const there = await statIfThere(fileSystem, part, false);
  if (there?.isFile() !== true) return undefined;
  const handle = await fileSystem.open(part, 'r+');
  const opened = await handle.stat();
  if (opened.isFile() && opened.ino === there.ino) return handle;
  await handle.close();
  return undefined;
}

async function allocate(place: Place, size: number): Promise<void> {
  if (place.writing === place.final) return;
  await place.handle.truncate(size);
  place.allocated = size;
}

async function finish(
  fileSystem: FileSystem,
  { handle, writing, final, allocated }: Place,
  { modifiedMs, size }: SinkFacts,
  durable: boolean,
): Promise<void> {
  const isPart = writing !== final;
  if (isPart && allocated !== undefined && size !== undefined && size !== allocated)
    await handle.truncate(size);
  if (isPart && modifiedMs !== undefined) {
    const time = new Date(modifiedMs);
    await handle.utimes(time, time);
  }
  if (isPart && durable) await handle.sync();
  await handle.close();
  if (isPart) await fileSystem.rename(writing, final);
}
