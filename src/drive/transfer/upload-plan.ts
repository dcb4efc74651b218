/** How a content of some size goes up: decided here, done in upload.ts. Pure. */
import type { ProviderCapabilities } from '../provider.ts';

/** One request, or a session in fragments of `fragmentSize` bytes. */
export type UploadPlan =
  | { readonly kind: 'put' }
  | { readonly kind: 'session'; readonly fragmentSize: number };

/** Bytes: large enough that the round trips cost little, small enough that a broken one is soon sent again. */
const usualFragment = 10 << 20;

/**
 * @param size bytes. A content of no bytes never goes through a session: the service refuses it.
 * @param wanted bytes of a fragment; cut to what the wire allows.
 */
export function planUpload(
  size: number,
  capabilities: ProviderCapabilities,
  wanted: number = usualFragment,
): UploadPlan {
  if (size <= capabilities.putLimit) return { kind: 'put' };
  const { fragmentUnit: unit, fragmentLimit } = capabilities;
  // Below the limit, not at it: the service wants less than 60 MiB.
  const most = Math.floor((fragmentLimit - 1) / unit) * unit;
  const fragmentSize = Math.min(most, Math.max(unit, Math.floor(wanted / unit) * unit));
  return { kind: 'session', fragmentSize };
}
