/** Pauses that a transfer does not wait for: it ends, and the same command resumes it later. */
import { isOneDriveError } from '../../errors/index.ts';
import { defaultRetryLimits } from '../../http/governor/retry-policy.ts';

/** Whether the service requires a longer pause than requests wait for (five minutes). */
export function isLongPause(error: unknown): boolean {
  return isOneDriveError(error) && (error.retryAfterMs ?? 0) > defaultRetryLimits.maxWaitMs;
}
