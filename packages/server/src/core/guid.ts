/** GUIDs as text and as the sixteen bytes that Microsoft uses: the first three fields are little-endian. */

const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15] as const;

/** A version 4 GUID from sixteen random bytes, in upper case. */
export function guidOf(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < 16; at++) {
    const byte = bytes[at] ?? 0;
    if (at === 4 || at === 6 || at === 8 || at === 10) text += '-';
    text += hexPairs[at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte] ?? '';
  }
  return text;
}

function dashed(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The sixteen bytes of a GUID in Microsoft's order. */
export function guidBytes(guid: string): Uint8Array {
  const plain = bytesOfHex(guid.replaceAll('-', ''));
  return Uint8Array.from(order, (index) => plain[index] ?? 0);
}

const hexPairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0').toUpperCase());

/** Upper-case hex. */
export function hexOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += hexPairs[byte] ?? '';
  return text;
}

/** The bytes of a string of hex digits. */
export function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) =>
    Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16),
  );
}

/** The GUID, in upper case, for sixteen bytes in Microsoft's order. */
export function guidOfBytes(bytes: Uint8Array): string {
  const hex = hexOf(Uint8Array.from(order, (index) => bytes[index] ?? 0));
  return dashed(hex);
}
