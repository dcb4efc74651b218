/** Secrets that the server hands out: how they are made and under which digest they are kept. */
import type { Random } from '../../platform/random.ts';
import { base64url } from '../domain/base-encodings.ts';

/** Text that cannot be guessed: 256 bits after `prefix`. */
export function newSecret(random: Random, prefix = ''): string {
  return prefix + base64url(random.bytes(32));
}

const remembered = new Map<string, string>();
const memory = 4096;

/** SHA-256 of a secret, base64url: the key of its record. Recent ones are remembered, as each request shows its token again. */
export async function digestOf(secret: string): Promise<string> {
  const known = remembered.get(secret);
  if (known !== undefined) return known;
  const digest = await sha256(secret);
  if (remembered.size >= memory) remembered.clear();
  remembered.set(secret, digest);
  return digest;
}

/** SHA-256 of UTF-8 text as base64url: also what PKCE's S256 compares (RFC 7636 §4.6). */
export async function sha256(text: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
}

/** Compares two secrets in a time that does not tell where they differ. */
export async function sameSecret(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([sha256(one), sha256(other)]);
  let difference = 0;
  for (let index = 0; index < a.length; index++) difference |= a.charCodeAt(index) ^ b.charCodeAt(index);
  return difference === 0;
}
