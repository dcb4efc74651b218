/** Parts of a file, as people and HTTP write them: `0-499`, `500-`, `-500`. Pure. Source: RFC 9110, 14.1.2. */
import { OneDriveError } from '../../errors/index.ts';
import type { ByteSpan } from './expected-ranges.ts';

/** Byte positions, both inclusive; without `last` to the end; or the last `suffix` bytes. */
export type ByteRange =
  | { readonly first: number; readonly last?: number | undefined }
  | { readonly suffix: number };

/**
 * Reads a range.
 * @throws OneDriveError `usage`
 */
export function parseByteRange(text: string): ByteRange {
  const match = /^(\d{0,15})-(\d{0,15})$/.exec(text.trim());
  const [, first = '', last = ''] = match ?? [];
  if (first === '' && last !== '') return { suffix: Number(last) };
  if (first !== '' && (last === '' || Number(last) >= Number(first))) {
    return last === '' ? { first: Number(first) } : { first: Number(first), last: Number(last) };
  }
  throw new OneDriveError('usage', `${JSON.stringify(text)} is not a byte range.`, {
    hint: 'Write 0-499 for the first 500 bytes, 500- for all after them, -500 for the last 500.',
  });
}

/**
 * The bytes [start, end) that a range means in a content of `size` bytes.
 * @throws OneDriveError `range` when it begins beyond the end.
 */
export function spanOf(range: ByteRange, size: number): ByteSpan {
  const span =
    'suffix' in range
      ? { start: Math.max(0, size - range.suffix), end: size }
      : { start: range.first, end: Math.min(size, (range.last ?? size - 1) + 1) };
  if (span.start < span.end) return span;
  throw new OneDriveError(
    'range',
    `The file has ${size} bytes; the range asks for bytes beyond its end, or for none.`,
    {
      hint: 'Ask for a range inside the file.',
    },
  );
}
