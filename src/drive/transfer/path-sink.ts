/**
 * A file on disk as a sink: bytes go into a part file beside the target, which takes the target's name only when
 * all is there and checked. A crash leaves a part file, never half a file under the final name.
 */
import { OneDriveError } from '../../errors/index.ts';
import type { FileHandle, FileStat, FileSystem } from '../../platform/file-system.ts';
import type { Random } from '../../platform/random.ts';
import type { FileSink, SinkFacts } from './file-sink.ts';
import { localError } from './local-error.ts';

interface Place {
  readonly handle: FileHandle;
  /** Where the bytes go now. */
  readonly writing: string;
  /** Where they shall be; the same as `writing` for devices and pipes, which have no part file. */
  readonly final: string;
}

async function statOf(fileSystem: FileSystem, path: string): Promise<FileStat | undefined> {
  try {
    return await fileSystem.stat(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** `.report.pdf.1a2b3c4d.part`, short enough for every file system. */
function partName(path: string, random: Random): string {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
  const tag = Array.from(random.bytes(4), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${path.slice(0, at)}.${path.slice(at, at + 60)}.${tag}.part`;
}

async function openPlace(fileSystem: FileSystem, path: string, random: Random): Promise<Place> {
  const there = await statOf(fileSystem, path);
  if (there?.isDirectory() === true) {
    throw new OneDriveError('local-file', `Could not write ${path}: it is a folder.`, {
      hint: 'Name the file in it.',
    });
  }
  if (there !== undefined && !there.isFile()) {
    return { handle: await fileSystem.open(path, 'w'), writing: path, final: path };
  }
  // The file behind a symbolic link is replaced, not the link.
  const final = there === undefined ? path : await fileSystem.realpath(path);
  const writing = partName(final, random);
  const handle = await fileSystem.open(writing, 'wx', there === undefined ? 0o666 : there.mode & 0o777);
  return { handle, writing, final };
}

async function writeAll(place: Place, bytes: Uint8Array, position: number): Promise<void> {
  const from = place.writing === place.final ? null : position;
  for (let at = 0; at < bytes.byteLength; ) {
    const { bytesWritten } = await place.handle.write(
      bytes,
      at,
      bytes.byteLength - at,
      from === null ? null : from + at,
    );
    at += bytesWritten;
  }
}

/**
 * A sink that makes or replaces the file at `path`.
 * @param path absolute, or relative to where the file system is; its folder must exist.
 */
export function pathSink(fileSystem: FileSystem, path: string, world: { readonly random: Random }): FileSink {
  let place: Place | undefined;
  const told = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw localError(error, 'write', path);
    }
  };
  const opened = (): Place => {
    if (place === undefined) throw new OneDriveError('internal', `${path} was not opened.`);
    return place;
  };
  return {
    prepare: () => told(async () => void (place = await openPlace(fileSystem, path, world.random))),
    write: (bytes, position) => told(() => writeAll(opened(), bytes, position)),
    restart: () => told(() => opened().handle.truncate(0)),
    commit: (facts) => told(() => finish(fileSystem, opened(), facts).then(() => void (place = undefined))),
    async abort() {
      const one = place;
      place = undefined;
      if (one === undefined) return;
      await one.handle.close().catch(() => undefined);
      if (one.writing !== one.final)
        await fileSystem.rm(one.writing, { recursive: false, force: true }).catch(() => undefined);
    },
  };
}

async function finish(
  fileSystem: FileSystem,
  { handle, writing, final }: Place,
  { modifiedMs }: SinkFacts,
): Promise<void> {
  const isPart = writing !== final;
  if (isPart && modifiedMs !== undefined) {
    const time = new Date(modifiedMs);
    await handle.utimes(time, time);
  }
  await handle.close();
  if (isPart) await fileSystem.rename(writing, final);
}
