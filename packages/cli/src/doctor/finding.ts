/** The result of a check of `doctor`, and what to do about it. */
import { isOneDriveError } from 'onedrive-kit/errors';
import { hintText } from '../output/hint-text.ts';

export interface Finding {
  /** `clock`, `token`, … */
  readonly check: string;
  /** `skip`: the check could not run, for example because the profile is not signed in. */
  readonly status: 'ok' | 'warn' | 'fail' | 'skip';
  readonly found: string;
  /** What to do; '' if nothing is wrong. */
  readonly next: string;
}

/** Creates a finding. */
export function finding(check: string, status: Finding['status'], found: string, next = ''): Finding {
  return { check, status, found, next };
}

/** Runs a check. An error becomes a failed finding, so that the other checks still run. */
export async function attempted(name: string, check: () => Promise<Finding>): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    if (!isOneDriveError(error)) throw error;
    return finding(
      name,
      'fail',
      error.message,
      hintText(error.hintSentences) || 'Run doctor again with --debug for details.',
    );
  }
}
