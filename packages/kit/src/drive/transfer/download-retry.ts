/** Decides how a download continues after an error. Pure; download.ts acts on it. */
import type { ErrorCode } from '../../errors/index.ts';
import { backoffMs } from './upload-state.ts';

/** Why reading stopped. */
export interface DownloadBreak {
  readonly code: ErrorCode;
  /** HTTP status, if there was a response. */
  readonly status: number | undefined;
  /** The error codes of the service. */
  readonly codes: readonly string[];
  readonly retryAfterMs: number | undefined;
}

/** The status of the download. */
export interface DownloadStatus {
  /** Whether bytes have been written that would not fit another version of the file. */
  readonly hasWritten: boolean;
  /** Whether the sink can be filled again from the start. */
  readonly isRestartable: boolean;
  /** Consecutive failures without a byte received. */
  readonly failures: number;
}

/**
 * `retry`: request the remaining bytes from the same URL; `renew`: request a new URL first; `restart`: download the current
 * version of the item from the start. `wait` is in milliseconds.
 */
export type DownloadStep =
  | { readonly kind: 'retry' | 'renew' | 'restart'; readonly wait: number }
  | { readonly kind: 'fail' };

/** Consecutive failures without a byte received before giving up. */
export const maxFailures = 6;

/** Download URLs expire after minutes, and servers report that with different statuses. */
const expiredStatuses = new Set([401, 403, 404, 410]);

export function afterBreak(
  { code, status, codes, retryAfterMs }: DownloadBreak,
  progress: DownloadStatus,
): DownloadStep {
  const wait = retryAfterMs ?? (progress.failures === 0 ? 0 : backoffMs(progress.failures));
  if (progress.failures >= maxFailures || codes.some((serviceCode) => /malware|virus/i.test(serviceCode)))
    return { kind: 'fail' };
  if (status !== undefined && expiredStatuses.has(status))
    return progress.failures < 3 ? { kind: 'renew', wait } : { kind: 'fail' };
  if (code === 'network' || code === 'service' || code === 'throttled' || code === 'protocol')
    return { kind: 'retry', wait };
  if (code === 'precondition' || code === 'range') {
    return progress.isRestartable || !progress.hasWritten ? { kind: 'restart', wait } : { kind: 'fail' };
  }
  return { kind: 'fail' };
}
