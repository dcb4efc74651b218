/**
 * QuickXorHash, the only hash that both personal and business drives report (`file.hashes.quickXorHash`): 160
 * bits, byte i XORed in at bit (11 * i) mod 160, the length XORed into the last eight bytes. It detects
 * accidents, not attacks: it is linear, so anyone can create two files with the same hash. Source:
 * https://learn.microsoft.com/onedrive/developer/code-snippets/quickxorhash (the C# program is normative).
 */
import { type ColumnFold, columnCount, scalarFold } from './column-fold.ts';
import { type HashMemory, loadSimdFold, type SimdFold } from './simd-fold.ts';

const hashBytes = 20;
const savedBytes = hashBytes + 8;

/**
 * A QuickXorHash in progress. Reading it does not end it: `digest` and `save` may be called between updates.
 */
export interface QuickXorHash {
  /**
   * Adds bytes. Bytes in memory from {@link borrowHashMemory} are hashed in place, others are copied first.
   */
  update(bytes: Uint8Array): void;
  /** The hash of all bytes so far, base64 (28 characters), as Graph reports it. */
  digest(): string;
  /** The state in 28 bytes, for a journal: 20 of hash, 8 of length (little endian). */
  save(): Uint8Array;
  /**
   * Restores a saved state and discards the current one.
   * @throws RangeError if `state` was not returned by `save`.
   */
  restore(state: Uint8Array): void;
}

let simd: SimdFold | null | undefined;

/** Creates an empty QuickXorHash; WebAssembly SIMD if the runtime supports it, otherwise plain JavaScript. */
export function quickXorHash(): QuickXorHash {
  return createQuickXorHash(accelerated()?.fold ?? scalarFold);
}

/**
 * Creates a QuickXorHash of the bytes from `offset` on, for a part of content that is read out of order. Its
 * `save` is one of the parts for {@link joinQuickXorHashes}; its `digest` has no meaning.
 * @param offset number of bytes before the first one that is added.
 */
export function quickXorHashFrom(offset: number): QuickXorHash {
  const hash = quickXorHash();
  hash.restore(Uint8Array.from([...new Uint8Array(hashBytes), ...littleEndian(offset)]));
  return hash;
}

/**
 * Joins the states of all parts, in any order, to the state of the whole content: the position of a byte in
 * the hash depends only on its offset, so the parts are XORed together.
 * @param parts results of `save` of {@link quickXorHash} and {@link quickXorHashFrom}; together they contain
 * every byte once.
 * @param length bytes of the whole.
 * @returns a state for `restore`.
 * @throws RangeError if a part is not a saved state.
 */
export function joinQuickXorHashes(parts: readonly Uint8Array[], length: number): Uint8Array {
  const joined = new Uint8Array(savedBytes);
  for (const part of parts) {
    savedLength(part);
    for (let i = 0; i < hashBytes; i++) joined[i] = byteAt(joined, i) ^ byteAt(part, i);
  }
  joined.set(littleEndian(length), hashBytes);
  return joined;
}

/**
 * Returns memory that {@link quickXorHash} reads without a copy: read file or socket bytes directly into it.
 * Borrow one buffer per transfer, reuse it, and release it at the end. If the shared 32 MiB are all lent out,
 * or without WebAssembly, it is ordinary memory, which works the same but is hashed more slowly.
 * @param length bytes
 */
export function borrowHashMemory(length: number): HashMemory {
  return accelerated()?.borrow(length) ?? { bytes: new Uint8Array(length), release: () => {} };
}

function accelerated(): SimdFold | undefined {
  if (simd === undefined) simd = loadSimdFold() ?? null;
  return simd ?? undefined;
}

/** Creates a QuickXorHash with the given inner loop. @internal */
export function createQuickXorHash(fold: ColumnFold): QuickXorHash {
  const columns = new Uint8Array(columnCount);
  let resumed = new Uint8Array(hashBytes);
  let length = 0;

  const state = (): Uint8Array => {
    const hash = shiftIntoPlace(columns);
    for (let i = 0; i < hashBytes; i++) hash[i] = byteAt(hash, i) ^ byteAt(resumed, i);
    return hash;
  };

  return {
    update: (bytes) => {
      fold(columns, length % columnCount, bytes);
      length += bytes.length;
    },
    digest: () => {
      const hash = state();
      littleEndian(length).forEach((byte, i) => {
        hash[12 + i] = byteAt(hash, 12 + i) ^ byte;
      });
      return btoa(String.fromCharCode(...hash));
    },
    save: () => Uint8Array.from([...state(), ...littleEndian(length)]),
    restore: (saved) => {
      length = savedLength(saved);
      resumed = saved.slice(0, hashBytes);
      columns.fill(0);
    },
  };
}

/** Each column byte is moved to bit (11 * column) mod 160; bits beyond 160 wrap to the start. */
function shiftIntoPlace(columns: Uint8Array): Uint8Array {
  const hash = new Uint8Array(hashBytes);
  columns.forEach((byte, column) => {
    const bit = (column * 11) % (hashBytes * 8);
    const target = bit >> 3;
    const shifted = byte << (bit & 7);
    hash[target] = byteAt(hash, target) ^ (shifted & 0xff);
    const next = (target + 1) % hashBytes;
    hash[next] = byteAt(hash, next) ^ (shifted >> 8);
  });
  return hash;
}

function littleEndian(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value), true);
  return bytes;
}

function savedLength(saved: Uint8Array): number {
  const length =
    saved.length === savedBytes
      ? Number(new DataView(saved.buffer, saved.byteOffset).getBigUint64(hashBytes, true))
      : Number.NaN;
  if (!Number.isSafeInteger(length))
    throw new RangeError('Not a saved QuickXorHash state: start the hash again.');
  return length;
}

function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}
