/** The quota of a drive over the Live v5.0 API. Pure. */
import type { Quota } from '../../graph/types/index.ts';

/** Leaves out what the service did not send as a number of bytes. */
export function liveQuota({
  quota,
  available,
}: {
  readonly quota?: unknown;
  readonly available?: unknown;
}): Quota {
  const [total, remaining] = [bytesOf(quota), bytesOf(available)];
  return {
    ...(total === undefined ? {} : { total }),
    ...(remaining === undefined ? {} : { remaining }),
    // More may be available than the quota, after a gift that has expired or been added meanwhile.
    ...(total === undefined || remaining === undefined ? {} : { used: Math.max(0, total - remaining) }),
  };
}

function bytesOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
