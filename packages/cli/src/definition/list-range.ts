/** Parses `ls --range`. Pure. */
import { OneDriveError } from 'onedrive-kit/errors';

/**
 * Parses `5`, `10-5`, `10-` or `-5`, also with a colon instead of the dash.
 * @throws OneDriveError `usage`.
 */
export function listRange(typed: string): { readonly offset?: number; readonly limit?: number } {
  const match = /^(?:(\d{1,15})?[-:])?(\d{1,15})?$/.exec(typed);
  if (match === null || !/\d/.test(typed)) {
    throw new OneDriveError('usage', `Invalid range "${typed}".`, {
      hint: 'Use LIMIT or OFFSET-LIMIT: -r 10 lists the first ten, -r 20-10 ten after the first twenty.',
    });
  }
  const [, offset, limit] = match;
  return {
    ...(offset === undefined ? {} : { offset: Number(offset) }),
    ...(limit === undefined ? {} : { limit: Number(limit) }),
  };
}
