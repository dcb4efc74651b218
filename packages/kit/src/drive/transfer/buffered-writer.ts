/**
 * Joins small chunks from the wire into large writes, with two 1 MiB buffers: one is filled while the other is hashed and
 * written. The buffers are in the memory of the hash, so that bytes are copied only once.
 */
import { borrowHashMemory } from '../../hash/index.ts';

/** Bytes; measured: smaller writes reduce throughput. */
const bufferSize = 1 << 20;

/** Accepts chunks and writes them in large buffers. */
export interface BufferedWriter {
  /** The chunk may be reused when the promise settles. */
  readonly push: (chunk: Uint8Array) => Promise<void>;
  /** Writes the rest; resolves when everything is written. */
  flush(): Promise<void>;
  /** Discards the bytes that are not written yet. */
  clear(): Promise<void>;
  release(): Promise<void>;
}

/**
 * @param write is called with one buffer at a time, in order; each is valid until its promise settles.
 */
export function bufferedWriter(write: (buffer: Uint8Array) => Promise<void>): BufferedWriter {
  const memory = borrowHashMemory(2 * bufferSize);
  let active = 0;
  let filled = 0;
  let pendingWrite: Promise<void> = Promise.resolve();
  const current = () => memory.bytes.subarray(active * bufferSize, (active + 1) * bufferSize);

  const writeBuffer = async () => {
    const buffer = current().subarray(0, filled);
    filled = 0;
    active = 1 - active;
    await pendingWrite;
    pendingWrite = write(buffer);
    pendingWrite.catch(() => undefined); // reported by the next push or by flush
  };

  return {
    async push(chunk) {
      for (let offset = 0; offset < chunk.byteLength; ) {
        const part = chunk.subarray(offset, offset + bufferSize - filled);
        current().set(part, filled);
        filled += part.byteLength;
        offset += part.byteLength;
        if (filled === bufferSize) await writeBuffer();
      }
    },
    async flush() {
      if (filled > 0) await writeBuffer();
      await pendingWrite;
    },
    async clear() {
      filled = 0;
      await pendingWrite;
    },
    async release() {
      await pendingWrite.catch(() => undefined);
      memory.release();
    },
  };
}
