/** `--byte-range`: part of a file, as RFC 9110 §14.1.2 writes it after `bytes=`: `0-499`, `500-`, `-500`. */
import { OneDriveError } from '../errors/onedrive-error.ts';

/** Bytes [start, end). */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The bytes that `typed` means of a file of `size` bytes; what lies behind the end of the file is cut off.
 * @throws OneDriveError `usage` when it cannot be read, `range` when no byte of the file is in it.
 */
export function byteRange(typed: string, size: number): ByteRange {
  const { first, last } = parse(typed);
  const start = first ?? Math.max(0, size - (last ?? 0));
  const end = first === undefined || last === undefined ? size : Math.min(size, last + 1);
  if (start < end) return { start, end };
  throw new OneDriveError('range', `The byte range ${typed} holds nothing of a file of ${size} bytes.`, {
    hint: size === 0 ? 'The file is empty.' : `Its bytes are 0-${size - 1}.`,
  });
}

/** Throws as {@link byteRange} where the text alone tells. */
export function checkByteRange(typed: string): void {
  parse(typed);
}

function parse(typed: string): { readonly first: number | undefined; readonly last: number | undefined } {
  const match = /^(?:bytes=)?(\d*)-(\d*)$/.exec(typed);
  const first = match?.[1] ? Number(match[1]) : undefined;
  const last = match?.[2] ? Number(match[2]) : undefined;
  const readable =
    (first ?? last) !== undefined && (first === undefined || last === undefined || first <= last);
  if (readable) return { first, last };
  throw new OneDriveError('usage', `"${typed}" is no byte range.`, {
    hint: 'Write FIRST-LAST, FIRST- or -COUNT: -b 0-499 is the first 500 bytes, -b -500 the last 500.',
  });
}
