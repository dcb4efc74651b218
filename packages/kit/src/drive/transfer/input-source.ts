/**
 * Converts anything that can be uploaded to a source of known size. A small stream is kept in memory; a larger one is
 * written to a temporary file, because an upload session requires the size at its start.
 */
import { OneDriveError } from '../../errors/index.ts';
import type { Random } from '../../platform/random.ts';
import type { OnProgress } from '../progress.ts';
import type { DriveWorld, SpoolPlace } from '../world.ts';
import { acceptedInput, type ReadyInput, type UploadInput } from './accepted-input.ts';
import { bytesSource, type FileSource } from './file-source.ts';
import { localError } from './local-error.ts';
import { pathSource } from './path-source.ts';

/** Bytes of a stream that are kept in memory. */
const memoryLimit = 4 << 20;

export interface InputSourceOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called for bytes that are written to disk. */
  readonly onProgress?: OnProgress | undefined;
}

/**
 * Returns a source. A {@link FileSource} is returned as it is.
 * @throws OneDriveError `usage` for what cannot be uploaded, `not-supported` for a long stream without a folder for temporary files, `local-file` if the
 * temporary file cannot be written, and what the stream throws.
 */
export async function inputSource(
  input: UploadInput,
  world: Pick<DriveWorld, 'random' | 'spool'>,
  options: InputSourceOptions = {},
): Promise<FileSource> {
  const ready = acceptedInput(input);
  return ready.kind === 'source' ? ready.source : await streamSource(ready, world, options);
}

async function streamSource(
  { stream, facts }: Extract<ReadyInput, { kind: 'stream' }>,
  { random, spool }: Pick<DriveWorld, 'random' | 'spool'>,
  options: InputSourceOptions,
): Promise<FileSource> {
  const chunks = stream[Symbol.asyncIterator]();
  try {
    const { head, hasMore } = await readHead(chunks, options.signal);
    const source = hasMore ? await spoolToFile(head, chunks, spool, random, options) : bytesSource(head);
    return {
      ...source,
      ...{ identity: undefined, reopen: undefined },
      name: facts.name,
      modifiedMs: facts.modifiedMs,
      createdMs: undefined,
    };
  } finally {
    await chunks.return?.();
  }
}

async function readHead(chunks: AsyncIterator<Uint8Array>, signal: AbortSignal | undefined) {
  const buffered: Uint8Array[] = [];
  let size = 0;
  while (size <= memoryLimit) {
    signal?.throwIfAborted();
    const next = await chunks.next();
    if (next.done === true) return { head: concatenate(buffered, size), hasMore: false };
    buffered.push(next.value.slice());
    size += next.value.byteLength;
  }
  return { head: concatenate(buffered, size), hasMore: true };
}

function concatenate(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

async function spoolToFile(
  head: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
  spool: SpoolPlace | undefined,
  random: Random,
  options: InputSourceOptions,
): Promise<FileSource> {
  if (spool === undefined) {
    throw new OneDriveError(
      'not-supported',
      `A stream of more than ${memoryLimit >> 20} MiB needs a folder for temporary files.`,
      {
        hint: 'Upload a file, or give the drive a folder for temporary files.',
      },
    );
  }
  const { fileSystem, folder } = spool;
  const tag = Array.from(random.bytes(8), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const path = `${folder}/onedrive-kit-${tag}.spool`;
  const removeSpool = () => fileSystem.rm(path, { recursive: false, force: true });
  try {
    await writeSpool(spool, path, head, rest, options);
    const source = await pathSource(fileSystem, path);
    return { ...source, close: () => source.close().finally(removeSpool) };
  } catch (error) {
    await removeSpool();
    throw error;
  }
}

async function writeSpool(
  { fileSystem }: SpoolPlace,
  path: string,
  head: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
  { signal, onProgress }: InputSourceOptions,
): Promise<void> {
  const withLocalError = <T>(work: Promise<T>) =>
    work.catch((error: unknown) => {
      throw localError(error, 'write', path);
    });
  const handle = await withLocalError(fileSystem.open(path, 'wx', 0o600));
  let position = 0;
  try {
    for (let chunk: Uint8Array | undefined = head; chunk !== undefined; ) {
      signal?.throwIfAborted();
      for (let offset = 0; offset < chunk.byteLength; ) {
        const { bytesWritten } = await withLocalError(
          handle.write(chunk, offset, chunk.byteLength - offset, position + offset),
        );
        offset += bytesWritten;
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
