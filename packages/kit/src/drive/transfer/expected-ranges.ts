/** `nextExpectedRanges`: the bytes that an upload session still expects. Pure. */

/** Bytes [start, end). */
export interface ByteSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * The first missing span. The service does not always list all ranges, nor in order, so only the lowest one is used.
 * Source: https://learn.microsoft.com/graph/api/driveitem-createuploadsession#response-1
 * @param ranges `26-` or `26-99`, inclusive.
 * @returns an empty span at `total` if nothing is missing; undefined if the ranges are invalid.
 */
export function firstExpected(ranges: readonly string[], total: number): ByteSpan | undefined {
  let first: ByteSpan = { start: total, end: total };
  for (const range of ranges) {
    const match = /^(\d+)-(\d*)$/.exec(range.trim());
    if (match === null) return undefined;
    const start = Number(match[1]);
    const end = match[2] === '' ? total : Number(match[2]) + 1;
    if (start > total || end > total || end < start) return undefined;
    if (start < first.start) first = { start, end };
  }
  return first;
}
