/** What a check of `doctor` found, and what to do about it. */
import { isOneDriveError } from 'onedrive-kit/errors';

export interface Finding {
  /** `clock`, `token`, … */
  readonly check: string;
  /** `skip`: it could not be told, for example because nobody is signed in. */
  readonly status: 'ok' | 'warn' | 'fail' | 'skip';
  readonly found: string;
  /** What to do; '' where nothing is wrong. */
  readonly next: string;
}

/** A finding in one line of code. */
export function finding(check: string, status: Finding['status'], found: string, next = ''): Finding {
  return { check, status, found, next };
}

/** Turns what a check throws into a failure: one broken thing must not hide the others. */
export async function attempted(check: string, look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    if (!isOneDriveError(error)) throw error;
    return finding(check, 'fail', error.message, error.hint ?? 'Run it again with --debug for the details.');
  }
}
