/** base64, base64url and base32 of bytes and text, without Node's Buffer: the server runs in any runtime. */

/** Standard base64 with padding. */
export function base64(bytes: Uint8Array): string {
  if (bytes.length <= 0x40) return btoa(String.fromCharCode.apply(null, bytes as unknown as number[]));
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x2000)
    text += String.fromCharCode.apply(null, bytes.subarray(at, at + 0x2000) as unknown as number[]);
  return btoa(text);
}

/** base64 of UTF-8 text. */
export function base64OfText(text: string): string {
  // Fast path for ASCII text without encoding to bytes: every item has two tags, and they are ASCII.
  return /^[\x20-\x7e]*$/.test(text) ? btoa(text) : base64(new TextEncoder().encode(text));
}

/** base64url without padding. */
export function base64url(bytes: Uint8Array): string {
  return base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** base64url of UTF-8 text. */
export function base64urlOfText(text: string): string {
  return base64url(new TextEncoder().encode(text));
}

/** Decodes base64url (or base64), padded or not; undefined if the text is invalid. */
export function bytesOfBase64url(text: string): Uint8Array | undefined {
  if (!/^[\w+/-]*=*$/.test(text)) return undefined;
  try {
    const letters = /[-_=]/.test(text)
      ? text.replaceAll('-', '+').replaceAll('_', '/').replaceAll('=', '')
      : text;
    const units = atob(letters);
    const bytes = new Uint8Array(units.length);
    for (let at = 0; at < units.length; at++) bytes[at] = units.charCodeAt(at);
    return bytes;
  } catch {
    return undefined;
  }
}

/** Decodes UTF-8 text from base64url; undefined if it is invalid. */
export function textOfBase64url(text: string): string | undefined {
  const bytes = bytesOfBase64url(text);
  if (bytes === undefined) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** base32 (RFC 4648) without padding; five bytes become eight letters. */
export function base32(bytes: Uint8Array): string {
  let bits = 0;
  let value = 0;
  let text = '';
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet.charAt((value >>> bits) & 31);
    }
    value &= (1 << bits) - 1;
  }
  return bits > 0 ? text + alphabet.charAt((value << (5 - bits)) & 31) : text;
}
