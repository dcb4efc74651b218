/** `nextExpectedRanges`: what an upload session still wants. Pure. */

/** Bytes [start, end). */
export interface ByteSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * The first span that is missing. Not every range is always listed, and their order is not promised, so only the
 * lowest is looked at. Source: https://learn.microsoft.com/graph/api/driveitem-createuploadsession#response-1
 * @param ranges `26-` or `26-99`, inclusive.
 * @returns an empty span at `total` when nothing is missing; undefined when what is said makes no sense.
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
