/** The little cryptography that the server needs synchronously, from Node. Loaded by index.ts only, so that another runtime can bring its own. */
import { hash } from 'node:crypto';

/** Signatures that are remembered: those of a large page of items. */
const signedLimit = 4096;

/** Characters of a signature: 128 bits. */
const signatureLength = 22;

/**
 * A signature of text under `key`, 128 bits, URL-safe: SHA-512/256 of the two, from whose digest nobody can go on to that of
 * a longer text, in a quarter of the time that an HMAC takes here. Every item that is described has a signed URL. What was
 * signed lately is remembered: a folder is often listed twice.
 */
export function nodeSigner(key: Uint8Array): (text: string) => string {
  const secret = Buffer.from(key).toString('base64url');
  return remembering(signedLimit, (text) =>
    hash('sha512-256', `${secret}.${text}`, 'base64url').slice(0, signatureLength),
  );
}

/** Digests that are remembered: every request brings its token. */
const digestLimit = 256;

/** SHA-256 of UTF-8 text, base64url. */
export const nodeDigest = remembering(digestLimit, (text) => hash('sha256', text, 'base64url'));

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
