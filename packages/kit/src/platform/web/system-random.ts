/** Real randomness from Web Crypto, which Node, browsers and workers all have. */
import type { Random } from '../random.ts';

/**
 * `getRandomValues` refuses more than this per call
 * (https://www.w3.org/TR/WebCryptoAPI/#Crypto-method-getRandomValues).
 */
const quota = 65_536;

/**
 * The rest of the bytes that were generated in advance: a call for each GUID would cost more than the GUID.
 */
const ahead = { bytes: new Uint8Array(4096), used: 4096 };

/** @returns the next unused bytes; they are not kept. */
function fewBytes(length: number): Uint8Array {
  if (ahead.used + length > ahead.bytes.length) {
    crypto.getRandomValues(ahead.bytes);
    ahead.used = 0;
  }
  const bytes = ahead.bytes.slice(ahead.used, ahead.used + length);
  ahead.bytes.fill(0, ahead.used, ahead.used + length);
  ahead.used += length;
  return bytes;
}

/** Unpredictable bytes and numbers. */
export const systemRandom: Random = {
  bytes(length) {
    if (length <= 64) return fewBytes(length);
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at += quota) crypto.getRandomValues(bytes.subarray(at, at + quota));
    return bytes;
  },
  next: () => Math.random(),
};
