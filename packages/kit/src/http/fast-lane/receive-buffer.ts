/**
 * The memory that a socket reads into: blocks that are filled one after the other and reused when the reader
 * has released them. Small pieces (a TLS record is 16 KiB at most) are combined into few large ones.
 */

/**
 * Size of a block in bytes. In measurements, smaller blocks cost throughput and larger ones gained nothing.
 */
const blockSize = 1 << 20;

/**
 * Bytes that must be free at the end of a block for the socket to continue there: about the size of one read.
 */
const leastRoom = 64 << 10;

interface Block {
  readonly bytes: Uint8Array;
  /** Bytes [read, filled) wait for the reader. */
  filled: number;
  read: number;
}

/** Has no side effects except on its memory: no socket, no clock. */
export interface ReceiveBuffer {
  /** The space for the next bytes, at least one. It stays the same until `filled` is called. */
  room(): Uint8Array;
  /** Records that this many bytes were written to the start of `room()`. */
  filled(count: number): void;
  /** Returns the next bytes in one piece, valid until the next call; undefined if there are none. */
  take(): Uint8Array | undefined;
  /** Gives back the end of the bytes that `take` returned last. @throws RangeError for any other bytes. */
  giveBack(count: number): void;
  /** Number of bytes that wait for the reader. */
  readonly waiting: number;
}

/** Creates an empty buffer. */
export function receiveBuffer(): ReceiveBuffer {
  const fresh = (): Block => ({ bytes: new Uint8Array(blockSize), filled: 0, read: 0 });
  /** In the order of the bytes. The last block is being filled; the reader may be using the first one. */
  const blocks: Block[] = [fresh()];
  const free: Block[] = [];
  let taken: Block | undefined;
  let waiting = 0;

  const last = () => blocks.at(-1) ?? grow();
  const grow = (): Block => {
    const block = Object.assign(free.pop() ?? fresh(), { filled: 0, read: 0 });
    blocks.push(block);
    return block;
  };
  const letGo = () => {
    taken = undefined;
    for (let [first] = blocks; blocks.length > 1 && first?.read === first?.filled; [first] = blocks)
      free.push(...blocks.splice(0, 1));
  };

  return {
    get waiting() {
      return waiting;
    },
    room() {
      const block = last();
      const open = block.bytes.byteLength - block.filled < leastRoom ? grow() : block;
      return open.bytes.subarray(open.filled);
    },
    filled(count) {
      last().filled += count;
      waiting += count;
    },
    take() {
      letGo();
      taken = blocks.find(({ read, filled }) => read < filled);
      if (taken === undefined) return undefined;
      const bytes = taken.bytes.subarray(taken.read, taken.filled);
      taken.read = taken.filled;
      waiting -= bytes.byteLength;
      return bytes;
    },
    giveBack(count) {
      if (taken === undefined || count > taken.read)
        throw new RangeError('These bytes were not taken from the buffer.');
      taken.read -= count;
      waiting += count;
    },
  };
}
