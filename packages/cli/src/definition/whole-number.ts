/** Parses a whole number from the command line. */
import { OneDriveError } from 'onedrive-kit/errors';

/** @throws OneDriveError `usage` for anything except digits, and for a number below `minimum`. */
export function wholeNumber(typed: string, name: string, minimum = 1): number {
  const value = /^\d{1,15}$/.test(typed) ? Number(typed) : Number.NaN;
  if (value >= minimum) return value;
  throw new OneDriveError(
    'usage',
    `Invalid ${name} "${typed}": expected a whole number of at least ${minimum}, such as 10.`,
  );
}
