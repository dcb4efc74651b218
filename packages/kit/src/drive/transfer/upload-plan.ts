/** How a content of some size goes up: decided here, done in upload.ts. Pure. */
import type { ProviderCapabilities } from '../provider/provider.ts';
import type { FragmentBounds } from './fragment-size.ts';

/** One request, or a session in fragments of `fragmentSize` bytes. */
export type UploadPlan =
  | { readonly kind: 'put' }
  | {
      readonly kind: 'session';
      readonly fragmentSize: number;
      /** Within which it adapts; undefined when the caller has set it. */
      readonly bounds: FragmentBounds | undefined;
    };

/** Bytes to begin with: large enough that the round trips cost little, small enough that a broken one is soon sent again. */
const usualFragment = 10 << 20;

/**
 * @param size bytes. A content of no bytes never goes through a session: the service refuses it.
 * @param wanted bytes of a fragment; cut to what the wire allows.
 */
export function planUpload(size: number, capabilities: ProviderCapabilities, wanted?: number): UploadPlan {
  if (size <= capabilities.putLimit) return { kind: 'put' };
  const { fragmentUnit: unit, fragmentLimit } = capabilities;
  // Below the limit, not at it: the service wants less than 60 MiB.
  const most = Math.floor((fragmentLimit - 1) / unit) * unit;
  const begin = wanted ?? usualFragment;
  const fragmentSize = Math.min(most, Math.max(unit, Math.floor(begin / unit) * unit));
  return { kind: 'session', fragmentSize, bounds: wanted === undefined ? { unit, most } : undefined };
}
