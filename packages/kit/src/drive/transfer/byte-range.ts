/** Byte ranges of a file in the syntax of HTTP: `0-499`, `500-`, `-500`. Pure. Source: RFC 9110, 14.1.2. */
import { OneDriveError } from '../../errors/index.ts';
import type { ByteSpan } from './expected-ranges.ts';

/** Byte positions, both inclusive; without `last` to the end; or the last `suffix` bytes. */
export type ByteRange =
  | { readonly first: number; readonly last?: number | undefined }
  | { readonly suffix: number };

/**
 * Parses a range.
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
 * The bytes [start, end) of a range in content of `size` bytes.
 * @throws OneDriveError `range` if the range is empty or starts after the end.
 */
export function spanOf(range: ByteRange, size: number): ByteSpan {
  const span =
    'suffix' in range
      ? { start: Math.max(0, size - range.suffix), end: size }
      : { start: range.first, end: Math.min(size, (range.last ?? size - 1) + 1) };
  if (span.start < span.end) return span;
  throw new OneDriveError(
    'range',
    `The file has ${size} bytes; the range is empty or starts after the end.`,
    {
      hint: 'Use a range within the file.',
    },
  );
}
