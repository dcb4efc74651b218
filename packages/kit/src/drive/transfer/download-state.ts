/** What a broken download does next. Pure; download.ts acts on it. */
import type { ErrorCode } from '../../errors/index.ts';
import { backOff } from './upload-state.ts';

/** Why reading stopped. */
export interface DownloadBreak {
  readonly code: ErrorCode;
  /** HTTP status, where there was an answer. */
  readonly status: number | undefined;
  /** The service's codes. */
  readonly codes: readonly string[];
  readonly retryAfterMs: number | undefined;
}

/** Where the download is. */
export interface DownloadProgress {
  /** Has something been written that another state of the file would not fit? */
  readonly begun: boolean;
  /** Can the sink be filled again from the start? */
  readonly restartable: boolean;
  /** Breaks in a row that brought no byte. */
  readonly strikes: number;
}

/**
 * `again` asks the same place for the rest; `renew` asks the service for a new place first; `restart` begins anew
 * with the item as it is now. `wait` is milliseconds.
 */
export type DownloadStep =
  | { readonly kind: 'again' | 'renew' | 'restart'; readonly wait: number }
  | { readonly kind: 'fail' };

/** Breaks in a row without a byte before giving up. */
export const mostStrikes = 6;

/** Download URLs die after minutes, and their servers tell it in different ways. */
const expiredStatuses = new Set([401, 403, 404, 410]);

export function afterBreak(
  { code, status, codes, retryAfterMs }: DownloadBreak,
  at: DownloadProgress,
): DownloadStep {
  const wait = retryAfterMs ?? (at.strikes === 0 ? 0 : backOff(at.strikes));
  if (at.strikes >= mostStrikes || codes.some((one) => /malware|virus/i.test(one))) return { kind: 'fail' };
  if (status !== undefined && expiredStatuses.has(status))
    return at.strikes < 3 ? { kind: 'renew', wait } : { kind: 'fail' };
  if (code === 'network' || code === 'service' || code === 'throttled' || code === 'protocol')
    return { kind: 'again', wait };
  if (code === 'precondition' || code === 'range') {
    return at.restartable || !at.begun ? { kind: 'restart', wait } : { kind: 'fail' };
  }
  return { kind: 'fail' };
}
