/** Secrets that the server hands out, and how two of them are compared. They are kept under `world.digest`. */
import type { Random } from 'onedrive-kit/platform';
import { base64url } from '../core/base-encodings.ts';

/** Text that cannot be guessed: 256 bits after `prefix`. */
export function newSecret(random: Random, prefix = ''): string {
  return prefix + base64url(random.bytes(32));
}

/** Compares two secrets in a time that does not tell where they differ: by their digests. */
export function sameSecret(digest: (text: string) => string, one: string, other: string): boolean {
  const a = digest(one);
  const b = digest(other);
  let difference = 0;
  for (let index = 0; index < a.length; index++) difference |= a.charCodeAt(index) ^ b.charCodeAt(index);
  return difference === 0;
}
