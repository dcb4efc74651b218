/** Real randomness from Web Crypto, which Node, browsers and workers all have. */
import type { Random } from '../random.ts';

/** `getRandomValues` refuses more than this at once (https://www.w3.org/TR/WebCryptoAPI/#Crypto-method-getRandomValues). */
const quota = 65_536;

/** Unpredictable bytes and numbers. */
export const systemRandom: Random = {
  bytes(length) {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at += quota) crypto.getRandomValues(bytes.subarray(at, at + quota));
    return bytes;
  },
  next: () => Math.random(),
};
