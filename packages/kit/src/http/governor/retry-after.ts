/**
 * Reads how long a service asks to wait. `Retry-After` is seconds or a date (RFC 9110 section 10.2.3);
 * Microsoft Graph also sends decimal seconds (https://learn.microsoft.com/graph/throttling shows
 * `Retry-After: 2.128`).
 */
import type { HeaderMap } from '../transport.ts';

/** Longer than any real value: more than this is an error and would block a program for days. */
const longest = 24 * 3600 * 1000;

/**
 * Milliseconds to wait from `now`, rounded up to a whole one; undefined if the header is missing or invalid.
 * A date is compared with the response's own `Date` if it has one, because the clocks of the two sides may
 * differ.
 * @param now milliseconds since the epoch
 */
export function retryAfterMs(headers: HeaderMap, now: number): number | undefined {
  const value = headers['retry-after']?.trim();
  if (!value) return undefined;
  const wait = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : untilDate(value, headers.date, now);
  if (wait === undefined || Number.isNaN(wait)) return undefined;
  return Math.min(longest, Math.max(0, Math.ceil(wait)));
}

function untilDate(value: string, sent: string | undefined, now: number): number | undefined {
  if (!/^[A-Za-z]{3,9},? /.test(value)) return undefined; // HTTP-date starts with the name of a day; Date.parse accepts more formats
  const server = sent === undefined ? Number.NaN : Date.parse(sent);
  return Date.parse(value) - (Number.isNaN(server) ? now : server);
}
