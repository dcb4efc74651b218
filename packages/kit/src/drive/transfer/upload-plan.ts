/** Decides how content of a given size is uploaded; upload.ts does it. Pure. */
import type { ProviderCapabilities } from '../provider/provider.ts';
import type { FragmentBounds } from './fragment-size.ts';

/** One request, or a session in fragments of `fragmentSize` bytes. */
export type UploadPlan =
  | { readonly kind: 'put' }
  | {
      readonly kind: 'session';
      readonly fragmentSize: number;
      /** The bounds within which the size adapts; undefined if the caller has fixed it. */
      readonly bounds: FragmentBounds | undefined;
    };

/** Initial bytes of a fragment: large enough that round trips cost little, small enough that a failed one is soon sent again. */
const defaultFragmentSize = 10 << 20;

/**
 * @param size bytes. Empty content never uses a session: the service refuses it.
 * @param requestedSize bytes of a fragment; rounded to what the wire allows.
 */
export function planUpload(
  size: number,
  capabilities: ProviderCapabilities,
  requestedSize?: number,
): UploadPlan {
  if (size <= capabilities.putLimit) return { kind: 'put' };
  const { fragmentUnit: unit, fragmentLimit } = capabilities;
  // Below the limit, not at it: the service requires less than 60 MiB.
  const max = Math.floor((fragmentLimit - 1) / unit) * unit;
  const initialSize = requestedSize ?? defaultFragmentSize;
  const fragmentSize = Math.min(max, Math.max(unit, Math.floor(initialSize / unit) * unit));
  return { kind: 'session', fragmentSize, bounds: requestedSize === undefined ? { unit, max } : undefined };
}
