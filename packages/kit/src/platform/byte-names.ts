/**
 * Converts local names that are not valid UTF-8 to strings: each byte that cannot be decoded becomes a lone
 * surrogate from U+DC80 to U+DCFF, so that the name can be stored, compared and converted back. Pure. Source:
 * https://peps.python.org/pep-0383/
 */

const escaped = /[\udc80-\udcff]/u;

/** Whether a name or path contains bytes that are not valid UTF-8. */
export function hasRawBytes(name: string): boolean {
  return escaped.test(name);
}

/** The string for the bytes of a name or path. */
export function nameOfBytes(bytes: Uint8Array): string {
  let name = '';
  for (let at = 0; at < bytes.byteLength; ) {
    const length = sequenceLength(bytes, at);
    name +=
      length === 0
        ? String.fromCharCode(0xdc00 + (bytes[at] ?? 0))
        : decoder.decode(bytes.subarray(at, at + length));
    at += Math.max(length, 1);
  }
  return name;
}

/** The bytes of a name or path. The inverse of {@link nameOfBytes}. */
export function bytesOfName(name: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of name) {
    if (escaped.test(character)) bytes.push(character.charCodeAt(0) - 0xdc00);
    else bytes.push(...encoder.encode(character));
  }
  return Uint8Array.from(bytes);
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Length in bytes of the valid UTF-8 sequence that starts at `at`; 0 if there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (at + length > bytes.byteLength) return 0;
  try {
    strict.decode(bytes.subarray(at, at + length));
    return length;
  } catch {
    return 0;
  }
}
