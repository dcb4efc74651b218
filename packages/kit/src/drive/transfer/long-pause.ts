/** A pause that a transfer does not sit out: it ends, and the same command resumes it later. */
import { isOneDriveError } from '../../errors/index.ts';
import { defaultRetryLimits } from '../../http/governor/retry-policy.ts';

/** Did the service ask for a longer pause than requests wait for, five minutes? */
export function isLongPause(error: unknown): boolean {
  return isOneDriveError(error) && (error.retryAfterMs ?? 0) > defaultRetryLimits.maxWaitMs;
}
