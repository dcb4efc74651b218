/**
 * Repeatable randomness: the same seed gives the same numbers. For tests and simulation only, never for
 * secrets.
 */
import type { Random } from '../random.ts';

/**
 * Randomness that repeats.
 * @param seed any 32-bit number; the generator is splitmix32 (after https://prng.di.unimi.it/splitmix64.c).
 */
export function seededRandom(seed = 1): Random {
  let state = seed | 0;
  const word = () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  return {
    bytes: (length) => Uint8Array.from({ length }, () => word() >>> 24),
    next: () => word() / 2 ** 32,
  };
}
