/** Whether two contents are the same, or how far wrong bytes that were ordered explain that they are not. */
import { quickXorHash } from '../../packages/kit/src/hash/index.ts';

/** The same bytes, or both not there. */
export function same(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return Buffer.from(one).equals(other);
}

/**
 * Is `one` what `right` becomes when at most so many of its bytes are inverted, which is all that a fault of the server
 * does to a byte?
 */
export function isDamaged(one: Uint8Array | undefined, right: Uint8Array, most: number): boolean {
  if (one?.byteLength !== right.byteLength) return false;
  const wrong = [...right.keys()].filter((at) => one[at] !== right[at]);
  return wrong.length <= most && wrong.every((at) => ((one[at] ?? 0) ^ (right[at] ?? 0)) === 0xff);
}

/**
 * Does the service's own hash tell them apart? QuickXorHash is linear: two bytes inverted a multiple of 160 apart leave
 * it as it was, and no client that has nothing but the hash can find that out.
 */
export function sameHash(one: Uint8Array, other: Uint8Array): boolean {
  return hashOf(one) === hashOf(other);
}

function hashOf(bytes: Uint8Array): string {
  const hash = quickXorHash();
  hash.update(bytes);
  return hash.digest();
}
