/**
 * Chooses the size of the next fragment of an upload: large enough that waiting for responses costs little, small enough
 * that a failure costs little. The size grows while fragments are fast, at once to what the connection carries in two
 * seconds; it shrinks when they are slow or fail. Pure.
 */

/** Bounds in bytes; both are multiples of the unit of the wire. */
export interface FragmentBounds {
  readonly unit: number;
  readonly max: number;
}

/** The outcome of the last fragment. */
export interface FragmentOutcome {
  readonly ok: boolean;
  /** Milliseconds from its first byte to the response. */
  readonly ms: number;
}

/** Faster than this: the next fragment is as large as would have taken this long, at least twice as large. */
const quickMs = 2000;
/** Slower than this: half the size. */
const slowMs = 15_000;

/** Bytes of the next fragment, a multiple of `unit`, at most `max`. */
export function nextFragmentSize(size: number, { ok, ms }: FragmentOutcome, bounds: FragmentBounds): number {
  const { unit, max: most } = bounds;
  const target =
    !ok || ms > slowMs ? size / 2 : ms < quickMs ? size * Math.max(2, quickMs / Math.max(1, ms)) : size;
  return Math.min(most, Math.max(unit, Math.floor(target / unit) * unit));
}
