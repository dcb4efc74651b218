/**
 * How large the next fragment of an upload is: large enough that the wait for each answer costs little, small enough
 * that a break costs little. Grows while fragments go through quickly, at once to what the line carries in two seconds;
 * shrinks when they take long or break. Pure.
 */

/** Bytes; both keep to the wire's multiples. */
export interface FragmentBounds {
  readonly unit: number;
  readonly most: number;
}

/** What became of the last one. */
export interface FragmentOutcome {
  readonly ok: boolean;
  /** Milliseconds from its first byte to the answer. */
  readonly ms: number;
}

/** Quicker than this: as much next time as would have taken so long, at least twice as much. */
const quickMs = 2000;
/** Slower than this: half as much. */
const slowMs = 15_000;

/** Bytes of the next fragment, a multiple of `unit`, at most `most`. */
export function nextFragmentSize(size: number, { ok, ms }: FragmentOutcome, bounds: FragmentBounds): number {
  const { unit, most } = bounds;
  const wanted =
    !ok || ms > slowMs ? size / 2 : ms < quickMs ? size * Math.max(2, quickMs / Math.max(1, ms)) : size;
  return Math.min(most, Math.max(unit, Math.floor(wanted / unit) * unit));
}
