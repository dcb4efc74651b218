/** A storage whose failures of the disk and the database are StorageErrors that name the data folder. */
import type { BlobBytes, Blobs, Storage } from '../storage.ts';
import { asStorageError } from './sql-failure.ts';

export function reportFailures(storage: Storage, directory: string): Storage {
  const { blobs } = storage;
  const known = (error: unknown): unknown => asStorageError(error, directory);
  const sync = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw known(error);
    }
  };
  const awaited = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw known(error);
    }
  };
  const wrapped: Blobs = {
    create: () => blobs.create(),
    append: (id, offset, bytes) => awaited(() => blobs.append(id, offset, bytes)),
    seal: (id) => awaited(() => blobs.seal(id)),
    read: (id, start, end) => sync(() => reported(blobs.read(id, start, end), known)),
    check: (id, start, end) => {
      const checking = sync(() => blobs.check?.(id, start, end));
      return checking && awaited(() => checking);
    },
    discard: (id) => awaited(() => blobs.discard(id)),
  };
  return {
    ...storage,
    blobs: wrapped,
    read: (fn) => sync(() => storage.read(fn)),
    write: (fn) => sync(() => storage.write(fn)),
    settled: () => {
      const outstanding = storage.settled();
      return outstanding && awaited(() => outstanding);
    },
    reset: () => awaited(() => storage.reset()),
    close: () => awaited(() => storage.close()),
  };
}

/** Bytes at hand cannot fail any more. */
function reported(bytes: BlobBytes, known: (error: unknown) => unknown): BlobBytes {
  if (bytes.whole !== undefined) return bytes;
  return {
    recycle: (chunk) => bytes.recycle?.(chunk),
    async *[Symbol.asyncIterator]() {
      try {
        yield* bytes;
      } catch (error) {
        throw known(error);
      }
    },
  };
}
