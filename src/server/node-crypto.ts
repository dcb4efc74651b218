/** The little cryptography that the server needs synchronously, from Node. Loaded by index.ts only, so that another runtime can bring its own. */
import { createHash, createHmac, createSecretKey } from 'node:crypto';
import { base64url } from './domain/base-encodings.ts';

/** Signatures that are remembered: those of a large page of items. */
const signedLimit = 4096;

/** HMAC-SHA-256 under `key`, 128 bits of it, URL-safe. What was signed lately is remembered: a folder is often listed twice. */
export function nodeSigner(key: Uint8Array): (text: string) => string {
  const secret = createSecretKey(key);
  return remembering(signedLimit, (text) =>
    base64url(createHmac('sha256', secret).update(text).digest().subarray(0, 16)),
  );
}

/** Digests that are remembered: every request brings its token. */
const digestLimit = 256;

/** SHA-256 of UTF-8 text, base64url. */
export const nodeDigest = remembering(digestLimit, (text) =>
  createHash('sha256').update(text).digest('base64url'),
);

/** A pure function of text that remembers its last answers, `limit` at most. */
function remembering(limit: number, make: (text: string) => string): (text: string) => string {
  const answers = new Map<string, string>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    const made = make(text);
    if (answers.size >= limit) answers.clear();
    answers.set(text, made);
    return made;
  };
}
