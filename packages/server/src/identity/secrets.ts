/** Creates and compares secrets that the server issues. They are stored as `world.digest`. */
import type { Random } from 'onedrive-kit/platform';
import { base64url } from '../core/base-encodings.ts';

/** Text that cannot be guessed: `prefix` and 256 random bits. */
export function newSecret(random: Random, prefix = ''): string {
  return prefix + base64url(random.bytes(32));
}

/** Compares two secrets by their digests, so that the time taken does not reveal where they differ. */
export function sameSecret(digest: (text: string) => string, one: string, other: string): boolean {
  const a = digest(one);
  const b = digest(other);
  let difference = 0;
  for (let index = 0; index < a.length; index++) difference |= a.charCodeAt(index) ^ b.charCodeAt(index);
  return difference === 0;
}
