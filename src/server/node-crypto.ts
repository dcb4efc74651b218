/** The little cryptography that the server needs synchronously, from Node. Loaded by index.ts only, so that another runtime can bring its own. */
import { createHash, createHmac } from 'node:crypto';
import { base64url } from './domain/base-encodings.ts';

/** Signatures that are remembered: those of a large page of items. */
const signedLimit = 4096;

/** HMAC-SHA-256 under `key`, 128 bits of it, URL-safe. What was signed lately is remembered: a folder is often listed twice. */
export function nodeSigner(key: Uint8Array): (text: string) => string {
  const signed = new Map<string, string>();
  return (text) => {
    const known = signed.get(text);
    if (known !== undefined) return known;
    const made = base64url(createHmac('sha256', key).update(text).digest().subarray(0, 16));
    if (signed.size >= signedLimit) signed.clear();
    signed.set(text, made);
    return made;
  };
}

/** SHA-256 of UTF-8 text, base64url. */
export function nodeDigest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
