import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ColumnFold, scalarFold } from './column-fold.ts';
import {
  borrowHashMemory,
  createQuickXorHash,
  joinQuickXorHashes,
  quickXorHash,
  quickXorHashFrom,
} from './quick-xor-hash.ts';
import { loadSimdFold } from './simd-fold.ts';

/** Bit by bit, directly from the definition, without code of the implementation. */
function naiveQuickXorHash(bytes: Uint8Array): string {
  let state = 0n;
  const ring = 160n;
  bytes.forEach((byte, i) => {
    for (let bit = 0; bit < 8; bit++) {
      if ((byte >> bit) & 1) state ^= 1n << ((BigInt(i) * 11n + BigInt(bit)) % ring);
    }
  });
  state ^= BigInt(bytes.length) << 96n;
  const out = Buffer.alloc(20);
  for (let i = 0; i < 20; i++) out[i] = Number((state >> BigInt(8 * i)) & 255n);
  return out.toString('base64');
}

function pattern(length: number, seed = 1): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 24;
  });
}

function hashOf(fold: ColumnFold, ...parts: Uint8Array[]): string {
  const hash = createQuickXorHash(fold);
  for (const part of parts) hash.update(part);
  return hash.digest();
}

const simd = loadSimdFold();
const folds: [string, ColumnFold | undefined][] = [
  ['plain JavaScript', scalarFold],
  ['WebAssembly SIMD', simd?.fold],
];

describe.each(folds)('QuickXorHash in %s', (_name, loaded) => {
  if (loaded === undefined)
    throw new Error('This runtime has no WebAssembly SIMD; Node 20 and later have it.');
  const fold = loaded;

  it('agrees with the definition at every size around two rounds of 160 bytes', () => {
    for (let size = 0; size <= 333; size++) {
      const bytes = pattern(size, size + 7);
      expect([size, hashOf(fold, bytes)]).toEqual([size, naiveQuickXorHash(bytes)]);
    }
  });

  it('agrees with the definition beyond the scratch area and the cache blocks', () => {
    for (const size of [16_000, 16_160, 65_535, 65_536, 65_537, 70_001]) {
      const bytes = pattern(size, size);
      expect([size, hashOf(fold, bytes)]).toEqual([size, naiveQuickXorHash(bytes)]);
    }
  });

  it('does not depend on how the stream is split or on the position of the pieces in memory', () => {
    const cut = fc.array(fc.nat(700), { maxLength: 8 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), cut, fc.nat(7), (bytes, lengths, shift) => {
        const shifted = new Uint8Array(bytes.length + shift).subarray(shift);
        shifted.set(bytes);
        const parts: Uint8Array[] = [];
        let from = 0;
        for (const length of [...lengths, bytes.length]) {
          parts.push(shifted.subarray(from, from + length));
          from += length;
        }
        expect(hashOf(fold, ...parts)).toBe(naiveQuickXorHash(bytes));
      }),
    );
  });

  it('continues from a saved state as if there had been no interruption', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 900 }), fc.uint8Array({ maxLength: 900 }), (first, second) => {
        const before = createQuickXorHash(fold);
        before.update(first);
        const after = createQuickXorHash(fold);
        after.update(Uint8Array.of(1, 2, 3));
        after.restore(before.save());
        expect(after.digest()).toBe(before.digest());
        after.update(second);
        before.update(second);
        expect(after.digest()).toBe(before.digest());
        expect(after.save()).toEqual(before.save());
      }),
    );
  });

  it('keeps concurrent hashes separate', () => {
    const [left, right] = [createQuickXorHash(fold), createQuickXorHash(fold)];
    const [a, b] = [pattern(1000, 1), pattern(1000, 2)];
    for (let i = 0; i < 1000; i += 100) {
      left.update(a.subarray(i, i + 100));
      right.update(b.subarray(i, i + 100));
    }
    expect([left.digest(), right.digest()]).toEqual([naiveQuickXorHash(a), naiveQuickXorHash(b)]);
  });

  it('does not change the bytes', () => {
    const bytes = pattern(500);
    hashOf(fold, bytes);
    expect(bytes).toEqual(pattern(500));
  });

  it('rejects a state that it did not save', () => {
    const hash = createQuickXorHash(fold);
    expect(() => hash.restore(new Uint8Array(27))).toThrow(RangeError);
    expect(() => hash.restore(new Uint8Array(28).fill(255))).toThrow(RangeError);
  });
});

describe('hash memory', () => {
  it('is hashed in place, at any offset', () => {
    const memory = borrowHashMemory(70_000);
    const bytes = pattern(70_000);
    memory.bytes.set(bytes);
    const hash = quickXorHash();
    hash.update(memory.bytes.subarray(0, 33));
    hash.update(memory.bytes.subarray(33));
    expect(hash.digest()).toBe(naiveQuickXorHash(bytes));
    expect(memory.bytes).toEqual(bytes);
    memory.release();
  });

  it('lends no byte twice at a time, and lends released bytes again', () => {
    const arena = loadSimdFold();
    const mebibyte = 1024 * 1024;
    const loans = Array.from({ length: 32 }, () => arena?.borrow(mebibyte));
    const starts = loans.map((loan) => loan?.bytes.byteOffset ?? -1);
    expect(new Set(starts).size).toBe(32);
    expect(Math.min(...starts)).toBeGreaterThanOrEqual(65_536 + 160);
    expect(arena?.borrow(1)).toBeUndefined();
    loans[3]?.release();
    const again = arena?.borrow(mebibyte);
    expect(again?.bytes.byteOffset).toBe(starts[3]);
    loans[3]?.release();
    expect(arena?.borrow(1)).toBeUndefined();
  });

  it('is ordinary memory if all shared memory is lent out', () => {
    const loans = [borrowHashMemory(32 * 1024 * 1024), borrowHashMemory(1000)];
    const bytes = pattern(1000);
    const [, small] = loans;
    small?.bytes.set(bytes);
    const hash = quickXorHash();
    hash.update(small?.bytes ?? new Uint8Array());
    expect(hash.digest()).toBe(naiveQuickXorHash(bytes));
    for (const loan of loans) loan.release();
  });

  it('does not overlap with copied bytes', () => {
    const memory = borrowHashMemory(65_536);
    memory.bytes.fill(7);
    quickXorHash().update(pattern(300_000));
    expect(memory.bytes.every((byte) => byte === 7)).toBe(true);
    memory.release();
  });
});

describe('content that is hashed in parts, out of order', () => {
  it('has the hash of the whole, for any split and any order of the parts', () => {
    const cuts = fc.array(fc.nat({ max: 2000 }), { maxLength: 5 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), cuts, fc.nat(), (bytes, places, seed) => {
        const edges = [0, ...places.map((at) => at % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
        const parts = edges.slice(1).map((end, i) => {
          const start = edges[i] ?? 0;
          const hash = quickXorHashFrom(start);
          const middle = start + (seed % (end - start + 1));
          hash.update(bytes.subarray(start, middle));
          const later = quickXorHash();
          later.restore(hash.save());
          later.update(bytes.subarray(middle, end));
          return later.save();
        });
        const whole = quickXorHash();
        whole.restore(joinQuickXorHashes(parts.reverse(), bytes.length));
        expect(whole.digest()).toBe(naiveQuickXorHash(bytes));
      }),
    );
  });

  it('is not joined from an invalid state', () => {
    expect(() => joinQuickXorHashes([new Uint8Array(3)], 3)).toThrow(RangeError);
  });
});
