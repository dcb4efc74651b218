/**
 * The inner loop of QuickXorHash in WebAssembly SIMD (simd-fold.wat), about eight times as fast as plain
 * JavaScript. One instance and one memory are used for every hash of the process: a hash copies 160 bytes in
 * and out per call, so a thousand concurrent transfers need a thousand times 160 bytes. Bytes are copied into
 * the memory to be folded, except those that are already in it: see `borrowHashMemory`.
 */
import { type ColumnFold, columnCount } from './column-fold.ts';
import { simdFoldBinary } from './simd-fold-binary.ts';

interface FoldExports {
  readonly memory: WebAssembly.Memory;
  readonly fold: (from: number, length: number, phase: number) => void;
}

/** Bytes that a caller may fill, and then hash without a copy. */
export interface HashMemory {
  /** Read file or socket bytes into this, then pass any part of it to `update`. */
  readonly bytes: Uint8Array;
  /** Releases the memory for others. Do not use `bytes` afterwards; calling it twice is harmless. */
  release(): void;
}

/** The accelerated fold, and memory in which it folds in place. */
export interface SimdFold {
  readonly fold: ColumnFold;
  /** Undefined if `length` exceeds the free memory. */
  borrow(length: number): HashMemory | undefined;
}

const wasmPage = 65_536;
/** Columns at 0..159; then the scratch area for copied bytes; then the memory to lend. */
const scratchStart = 256;
const scratchLength = 65_536;
const slotStart = 2 * wasmPage;
const slotLength = 64 * 1024;
/** 32 MiB to lend: address space, of which the system allocates only the pages that are written. */
const slotCount = 512;

/**
 * The accelerated fold, or undefined if the runtime has no WebAssembly or no SIMD (or a policy forbids it).
 */
export function loadSimdFold(): SimdFold | undefined {
  try {
    const binary = Uint8Array.from(atob(simdFoldBinary), (char) => char.charCodeAt(0));
    const instance = new WebAssembly.Instance(new WebAssembly.Module(binary));
    return createSimdFold(instance.exports as unknown as FoldExports);
  } catch {
    return undefined;
  }
}

function createSimdFold({ memory, fold }: FoldExports): SimdFold {
  let heap = new Uint8Array(memory.buffer);
  const slots = new Uint8Array(slotCount);

  const foldInPlace = (columns: Uint8Array, phase: number, from: number, length: number): void => {
    heap.set(columns);
    fold(from, length, phase);
    columns.set(heap.subarray(0, columnCount));
  };

  const foldCopied: ColumnFold = (columns, phase, bytes) => {
    heap.set(columns);
    for (let done = 0; done < bytes.length; done += scratchLength) {
      const part = bytes.subarray(done, done + scratchLength);
      heap.set(part, scratchStart);
      fold(scratchStart, part.length, (phase + done) % columnCount);
    }
    columns.set(heap.subarray(0, columnCount));
  };

  /** Growing detaches every view, so the memory grows once: at the first loan. */
  const grow = (): boolean => {
    if (heap.length > slotStart) return true;
    try {
      memory.grow((slotCount * slotLength) / wasmPage);
    } catch {
      return false;
    }
    heap = new Uint8Array(memory.buffer);
    return true;
  };

  return {
    fold: (columns, phase, bytes) => {
      if (bytes.buffer === heap.buffer) foldInPlace(columns, phase, bytes.byteOffset, bytes.length);
      else foldCopied(columns, phase, bytes);
    },
    borrow: (length) => {
      const needed = Math.ceil(length / slotLength);
      const first = findFree(slots, needed);
      if (first === undefined || !grow()) return undefined;
      slots.fill(1, first, first + needed);
      const start = slotStart + first * slotLength;
      return {
        bytes: heap.subarray(start, start + length),
        release: once(() => slots.fill(0, first, first + needed)),
      };
    },
  };
}

/** The first of `needed` adjacent free slots. */
function findFree(slots: Uint8Array, needed: number): number | undefined {
  let run = 0;
  for (let i = 0; i < slots.length; i++) {
    run = slots[i] === 0 ? run + 1 : 0;
    if (run >= needed) return i + 1 - needed;
  }
  return undefined;
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}
