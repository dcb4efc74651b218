/** Bytes as they come into a file, in batches, the disk kept busy meanwhile: at the end there is little to wait for. */
import type { FileHandle } from 'node:fs/promises';
import { drop } from '../spent-chunks.ts';

/** Bytes per write; measured: each costs two changes of threads, so that a GiB in writes of 256 KiB took a fifth to a half longer. */
const batchSize = 1024 * 1024;

/**
 * Bytes after which a flush begins, at least, and at least this part of what has come: measured, 18 times 60 MiB waited
 * 0.2 s for their flushes, and 0.8 s without; but each holds the writes beside it, so that a large file has few.
 */
const flushEvery = { bytes: 8 * 1024 * 1024, part: 1 / 8 } as const;

/** What is needed of a file. */
export type BatchFile = Pick<FileHandle, 'writev' | 'datasync'>;

export interface BatchOptions {
  /** Is told about every chunk. */
  readonly seen: (chunk: Uint8Array) => void;
  /** Begins to flush while more comes; the caller flushes what is left. */
  readonly flush: boolean;
}

/**
 * Writes what comes from `bytes` at `position`, one batch while the next one comes.
 * @returns the position after the last byte.
 * @throws what the file throws, also a flush on the way: the system tells of it once only.
 */
export async function writeBatches(
  file: BatchFile,
  position: number,
  bytes: AsyncIterable<Uint8Array>,
  { seen, flush }: BatchOptions,
): Promise<number> {
  const flushes = flush ? flusher(file) : noFlushes;
  let at = position;
  let batch: Uint8Array[] = [];
  let pending = 0;
  let writing: Promise<void> = Promise.resolve();
  const handOver = async (): Promise<void> => {
    await writing;
    flushes.written(at);
    writing = writeAll(file, batch, at);
    writing.catch(() => undefined); // told when the next batch is handed over, or at the end
    at += pending;
    batch = [];
    pending = 0;
  };
  try {
    for await (const chunk of bytes) {
      seen(chunk);
      batch.push(chunk);
      pending += chunk.byteLength;
      if (pending >= batchSize) await handOver();
    }
  } finally {
    // Also what came of a source that broke: a session goes on behind it.
    if (pending > 0) await handOver();
    await Promise.all([writing, flushes.idle()]);
  }
  return at;
}

const noFlushes = { written: () => {}, idle: async () => {} };

/** Flushes beside the writes, one at a time. */
function flusher(file: BatchFile) {
  let start: number | undefined;
  let flushed = 0;
  let flushing: Promise<void> | undefined;
  let failure: { readonly error: unknown } | undefined;
  const flush = async (): Promise<void> => {
    await file.datasync().catch((error: unknown) => (failure ??= { error }));
    flushing = undefined;
  };
  return {
    /** So far everything is written. */
    written(at: number): void {
      start ??= at;
      const come = at - start;
      const due = Math.max(flushEvery.bytes, come * flushEvery.part);
      if (flushing !== undefined || come - flushed < due) return;
      flushed = come;
      flushing = flush();
    },
    async idle(): Promise<void> {
      await flushing;
      if (failure !== undefined) throw failure.error;
    },
  };
}

/** `writev` may write less than it was given. */
async function writeAll(file: BatchFile, chunks: readonly Uint8Array[], position: number): Promise<void> {
  let rest = chunks.slice();
  let at = position;
  while (rest.length > 0) {
    let { bytesWritten } = await file.writev(rest, at);
    at += bytesWritten;
    while (rest.length > 0 && bytesWritten >= (rest[0]?.byteLength ?? 0))
      bytesWritten -= rest.shift()?.byteLength ?? 0;
    if (bytesWritten > 0) rest = [rest[0]?.subarray(bytesWritten) ?? new Uint8Array(), ...rest.slice(1)];
  }
  drop(chunks);
}
