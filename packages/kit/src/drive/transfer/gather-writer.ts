/**
 * Small chunks off the wire into large writes: gathered in two 1 MiB buffers, one being filled while the other is
 * hashed and written. The buffers lie in the hash's own memory, so gathering is the only copy.
 */
import { borrowHashMemory } from '../../hash/index.ts';

/** Bytes; measured: writes below this cost throughput. */
const bufferSize = 1 << 20;

/** Takes chunks, gives them on in large pieces. */
export interface GatherWriter {
  /** The chunk may be reused when the promise ends. */
  readonly push: (chunk: Uint8Array) => Promise<void>;
  /** Ends when everything pushed has been taken. */
  flush(): Promise<void>;
  /** Drops what waits. */
  clear(): Promise<void>;
  release(): Promise<void>;
}

/**
 * @param take gets the pieces, one at a time and in order; each is valid until its promise ends.
 */
export function gatherWriter(take: (piece: Uint8Array) => Promise<void>): GatherWriter {
  const memory = borrowHashMemory(2 * bufferSize);
  let turn = 0;
  let filled = 0;
  let writing: Promise<void> = Promise.resolve();
  const current = () => memory.bytes.subarray(turn * bufferSize, (turn + 1) * bufferSize);

  const handOver = async () => {
    const piece = current().subarray(0, filled);
    filled = 0;
    turn = 1 - turn;
    await writing;
    writing = take(piece);
    writing.catch(() => undefined); // told by the next push or by flush
  };

  return {
    async push(chunk) {
      for (let at = 0; at < chunk.byteLength; ) {
        const part = chunk.subarray(at, at + bufferSize - filled);
        current().set(part, filled);
        filled += part.byteLength;
        at += part.byteLength;
        if (filled === bufferSize) await handOver();
      }
    },
    async flush() {
      if (filled > 0) await handOver();
      await writing;
    },
    async clear() {
      filled = 0;
      await writing;
    },
    async release() {
      await writing.catch(() => undefined);
      memory.release();
    },
  };
}
