/**
 * The inner loop of QuickXorHash, with two implementations: plain JavaScript (here) and WebAssembly SIMD
 * (simd-fold.ts). Byte i of a stream is XORed in at bit (11 * i) mod 160, which repeats every 160 bytes, so a
 * stream of any length is first folded into 160 byte columns and shifted into place only once, at the end.
 */

/** Bytes after which the bit offsets of QuickXorHash repeat. */
export const columnCount = 160;

/**
 * XORs `bytes` into `columns` (160 of them), the first byte into column `phase` (0..159), wrapping around.
 */
export type ColumnFold = (columns: Uint8Array, phase: number, bytes: Uint8Array) => void;

/** 32-bit words in a row of columns. */
const rowWords = columnCount / 4;
/** Rows that are folded for eight words before the next eight: 16 KiB, which fits in the level 1 cache. */
const blockRows = 100;

/** {@link ColumnFold} in plain JavaScript: for runtimes without WebAssembly SIMD. */
export const scalarFold: ColumnFold = (columns, phase, bytes) => {
  const head = phase === 0 ? 0 : Math.min(bytes.length, columnCount - phase);
  foldBytes(columns, phase, bytes, 0, head);
  const rows = Math.floor((bytes.length - head) / columnCount);
  if (rows > 0) foldRows(wordsOf(columns, 0, rowWords), wordsOf(bytes, head, rows * rowWords), columns);
  foldBytes(columns, 0, bytes, head + rows * columnCount, bytes.length);
};

function foldBytes(columns: Uint8Array, phase: number, bytes: Uint8Array, from: number, to: number): void {
  let column = phase;
  for (let i = from; i < to; i++) {
    columns[column] = at(columns, column) ^ at(bytes, i);
    column = column === columnCount - 1 ? 0 : column + 1;
  }
}

/** The bytes as 32-bit words; a copy if they are not aligned to a word boundary. */
function wordsOf(bytes: Uint8Array, from: number, count: number): Int32Array {
  const start = bytes.byteOffset + from;
  if (start % 4 === 0) return new Int32Array(bytes.buffer, start, count);
  return new Int32Array(bytes.slice(from, from + count * 4).buffer);
}

function foldRows(sums: Int32Array, words: Int32Array, columns: Uint8Array): void {
  const blockWords = rowWords * blockRows;
  for (let start = 0; start < words.length; start += blockWords) {
    const end = Math.min(words.length, start + blockWords);
    for (let lane = 0; lane < rowWords; lane += 8) foldLanes(sums, words, lane, start + lane, end);
  }
  columns.set(new Uint8Array(sums.buffer, sums.byteOffset, columnCount));
}

/** Eight adjacent words of every row of a block, in local variables: that keeps them in registers. */
function foldLanes(sums: Int32Array, words: Int32Array, lane: number, from: number, to: number): void {
  let [a, b, c, d] = [at(sums, lane), at(sums, lane + 1), at(sums, lane + 2), at(sums, lane + 3)];
  let [e, f, g, h] = [at(sums, lane + 4), at(sums, lane + 5), at(sums, lane + 6), at(sums, lane + 7)];
  for (let i = from; i < to; i += rowWords) {
    a ^= at(words, i);
    b ^= at(words, i + 1);
    c ^= at(words, i + 2);
    d ^= at(words, i + 3);
    e ^= at(words, i + 4);
    f ^= at(words, i + 5);
    g ^= at(words, i + 6);
    h ^= at(words, i + 7);
  }
  sums.set([a, b, c, d, e, f, g, h], lane);
}

/**
 * Every index here is within bounds by construction; the type system cannot verify it and a check would cost
 * time.
 */
function at(values: Uint8Array | Int32Array, index: number): number {
  return values[index] as number;
}
