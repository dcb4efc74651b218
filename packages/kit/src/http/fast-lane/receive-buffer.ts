/**
 * The memory that a socket reads into: blocks that are filled one after the other and used again when the reader has
 * let go of them. What comes in small pieces (a TLS record is 16 KiB at most) is read as few large ones.
 */

/** Bytes of a block; measured: smaller ones cost throughput, larger ones gain nothing. */
const blockSize = 1 << 20;

/** Bytes that must be free at the end of a block for the socket to go on there: what it gets in one go, mostly. */
const leastRoom = 64 << 10;

interface Block {
  readonly bytes: Uint8Array;
  /** Bytes [read, filled) wait for the reader. */
  filled: number;
  read: number;
}

/** Pure but for its memory: no socket, no time. */
export interface ReceiveBuffer {
  /** Where the next bytes go; at least one fits. Stays the same place until `filled` tells of some. */
  room(): Uint8Array;
  /** So many bytes were put at the beginning of what `room` gave. */
  filled(count: number): void;
  /** The next bytes in one piece, valid until the next call; undefined where none wait. */
  take(): Uint8Array | undefined;
  /** Gives back the end of what `take` just gave. @throws RangeError for anything else. */
  giveBack(count: number): void;
  /** Bytes that wait for the reader. */
  readonly waiting: number;
}

/** An empty one. */
export function receiveBuffer(): ReceiveBuffer {
  const fresh = (): Block => ({ bytes: new Uint8Array(blockSize), filled: 0, read: 0 });
  /** In the order of the bytes; the last one is being filled, the first one may be in the reader's hands. */
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
      if (taken === undefined || count > taken.read) throw new RangeError('That was not taken.');
      taken.read -= count;
      waiting += count;
    },
  };
}
