/** The value of `--expires`: a date, or an age such as 7d, which is read as in 7 days. Pure. */
import { parseMoment } from 'onedrive-kit/drive';

/** The property of a request, empty without the option. @throws OneDriveError `usage`. */
export function expiryOf(typed: string | undefined, now: number): { readonly expirationDateTime?: string } {
  if (typed === undefined) return {};
  const moment = parseMoment(typed, now);
  // `parseMoment` reads 7d as 7 days ago.
  const isAhead = /[a-z]$/.test(typed);
  return { expirationDateTime: new Date(isAhead ? 2 * now - moment : moment).toISOString() };
}
