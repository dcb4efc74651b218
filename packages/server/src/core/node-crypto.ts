/** Synchronous cryptography from Node. Imported by index.ts only, so that another runtime can provide its own. */
import { hash } from 'node:crypto';

/** Size of the cache of signatures: enough for a large page of items. */
const signedLimit = 4096;

/** Length of a signature in characters: 128 bits. */
const signatureLength = 22;

/**
 * A URL-safe 128-bit signature of text with `key`: SHA-512/256 of both. That digest is safe against length extension and
 * takes a quarter of the time of an HMAC. Every item in a response has a signed URL, and folders are often listed twice, so
 * recent signatures are cached.
 */
export function nodeSigner(key: Uint8Array): (text: string) => string {
  const secret = Buffer.from(key).toString('base64url');
  return memoize(signedLimit, (text) =>
    hash('sha512-256', `${secret}.${text}`, 'base64url').slice(0, signatureLength),
  );
}

/** Size of the cache of digests: every request has a token that is digested. */
const digestLimit = 256;

/** SHA-256 of UTF-8 text, as base64url. */
export const nodeDigest = memoize(digestLimit, (text) => hash('sha256', text, 'base64url'));

/** Caches the last `limit` results of a pure function of text. */
function memoize(limit: number, make: (text: string) => string): (text: string) => string {
  const results = new Map<string, string>();
  return (text) => {
    const cached = results.get(text);
    if (cached !== undefined) return cached;
    const result = make(text);
    if (results.size >= limit) results.clear();
    results.set(text, result);
    return result;
  };
}
