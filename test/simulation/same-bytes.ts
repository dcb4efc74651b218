/** Whether two contents are the same, and whether anybody could tell that they are not. */
import { quickXorHash } from '../../src/hash/index.ts';

/** The same bytes, or both not there. */
export function same(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return Buffer.from(one).equals(other);
}

/**
 * The same as far as the service's own size and hash tell. QuickXorHash is linear: a byte inverted in each of two ranges,
 * a multiple of 160 bytes apart, leaves it as it was, and no client that has nothing but the hash can find that out.
 */
export function indistinct(one: Uint8Array | undefined, other: Uint8Array): boolean {
  return one?.byteLength === other.byteLength && hashOf(one) === hashOf(other);
}

function hashOf(bytes: Uint8Array): string {
  const hash = quickXorHash();
  hash.update(bytes);
  return hash.digest();
}
