/**
 * Anything that can be uploaded, as a source of known size. A stream is kept in memory while it is small; beyond
 * that it goes to a temporary file, because an upload session wants to know the size at the start.
 */
import { OneDriveError } from '../../errors/index.ts';
import type { Random } from '../../platform/random.ts';
import type { OnProgress } from '../progress.ts';
import type { DriveWorld, SpoolPlace } from '../world.ts';
import {
  blobSource,
  bytesSource,
  type FileSource,
  type StreamSource,
  type UploadInput,
} from './file-source.ts';
import { localError } from './local-error.ts';
import { pathSource } from './path-source.ts';

/** Bytes of a stream that may stay in memory. */
const memoryBound = 4 << 20;

export interface SettleOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told about bytes that go to disk. */
  readonly onProgress?: OnProgress | undefined;
}

/**
 * Makes a source. A {@link FileSource} is given back as it is.
 * @throws OneDriveError `not-supported` for a long stream where there is no place to spool, `local-file` when the
 * spool cannot be written, and what the stream throws.
 */
export async function settleSource(
  input: UploadInput,
  world: Pick<DriveWorld, 'random' | 'spool'>,
  options: SettleOptions = {},
): Promise<FileSource> {
  if (typeof input === 'string') return bytesSource(new TextEncoder().encode(input));
  if (input instanceof Uint8Array) return bytesSource(input);
  if (input instanceof Blob) return blobSource(input);
  return 'stream' in input ? await settleStream(input, world, options) : input;
}

async function settleStream(
  input: StreamSource,
  { random, spool }: Pick<DriveWorld, 'random' | 'spool'>,
  options: SettleOptions,
): Promise<FileSource> {
  const chunks = input.stream[Symbol.asyncIterator]();
  try {
    const { head, more } = await readHead(chunks, options.signal);
    const settled = more ? await spooled(head, chunks, spool, random, options) : bytesSource(head);
    return {
      ...settled,
      ...{ identity: undefined, reopen: undefined },
      name: input.name,
      modifiedMs: input.modifiedMs,
      createdMs: undefined,
    };
  } finally {
    await chunks.return?.();
  }
}

async function readHead(chunks: AsyncIterator<Uint8Array>, signal: AbortSignal | undefined) {
  const kept: Uint8Array[] = [];
  let size = 0;
  while (size <= memoryBound) {
    signal?.throwIfAborted();
    const next = await chunks.next();
    if (next.done === true) return { head: joined(kept, size), more: false };
    kept.push(next.value.slice());
    size += next.value.byteLength;
  }
  return { head: joined(kept, size), more: true };
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  return all;
}

async function spooled(
  head: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
  place: SpoolPlace | undefined,
  random: Random,
  options: SettleOptions,
): Promise<FileSource> {
  if (place === undefined) {
    throw new OneDriveError(
      'not-supported',
      `A stream of more than ${memoryBound >> 20} MiB needs a place to wait in.`,
      {
        hint: 'Upload a file, or give the drive a folder for temporary files.',
      },
    );
  }
  const { fileSystem, folder } = place;
  const tag = Array.from(random.bytes(8), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const path = `${folder}/onedrive-kit-${tag}.spool`;
  const forget = () => fileSystem.rm(path, { recursive: false, force: true });
  try {
    await writeSpool(place, path, head, rest, options);
    const source = await pathSource(fileSystem, path);
    return { ...source, close: () => source.close().finally(forget) };
  } catch (error) {
    await forget();
    throw error;
  }
}

async function writeSpool(
  { fileSystem }: SpoolPlace,
  path: string,
  head: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
  { signal, onProgress }: SettleOptions,
): Promise<void> {
  const wrapped = <T>(work: Promise<T>) =>
    work.catch((error: unknown) => {
      throw localError(error, 'write', path);
    });
  const handle = await wrapped(fileSystem.open(path, 'wx', 0o600));
  let position = 0;
  try {
    for (let chunk: Uint8Array | undefined = head; chunk !== undefined; ) {
      signal?.throwIfAborted();
      for (let at = 0; at < chunk.byteLength; ) {
        const { bytesWritten } = await wrapped(handle.write(chunk, at, chunk.byteLength - at, position + at));
        at += bytesWritten;
      }
      position += chunk.byteLength;
      onProgress?.({ phase: 'spool', loaded: position, total: undefined });
      const next: IteratorResult<Uint8Array> = await rest.next();
      chunk = next.done === true ? undefined : next.value;
    }
  } finally {
    await handle.close();
  }
}
