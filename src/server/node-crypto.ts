/** The little cryptography that the server needs synchronously, from Node. Loaded by index.ts only, so that another runtime can bring its own. */
import { createHash, createHmac } from 'node:crypto';
import { base64url } from './domain/base-encodings.ts';

/** HMAC-SHA-256 under `key`, 128 bits of it, URL-safe. */
export function nodeSigner(key: Uint8Array): (text: string) => string {
  return (text) => base64url(createHmac('sha256', key).update(text).digest().subarray(0, 16));
}

/** SHA-256 of UTF-8 text, base64url. */
export function nodeDigest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
