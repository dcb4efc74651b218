/** A count on the command line. */
import { OneDriveError } from 'onedrive-kit/errors';

/** @throws OneDriveError `usage` for anything but digits, and for less than `least`. */
export function wholeNumber(typed: string, name: string, least = 1): number {
  const value = /^\d{1,15}$/.test(typed) ? Number(typed) : Number.NaN;
  if (value >= least) return value;
  throw new OneDriveError('usage', `${name} takes a whole number from ${least} on, not "${typed}".`);
}
