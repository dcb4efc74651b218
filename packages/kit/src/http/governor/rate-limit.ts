/**
 * Reads `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset`: how much of the allowance is left
 * before throttling begins. SharePoint sends them once most of it is used. Pure. Source:
 * https://learn.microsoft.com/sharepoint/dev/general-development/how-to-avoid-getting-throttled-or-blocked-in-sharepoint-online#ratelimit-headers---preview
 */
import type { HeaderMap } from '../transport.ts';

/** The remaining allowance. */
export interface RateLimit {
  /** Resource units per window, and those left in this one. */
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds until the next window. */
  readonly resetMs: number;
}

/**
 * The documented window is one minute. A longer reset in a successful response is an error of the service and
 * not waited for.
 */
const longestResetMs = 60_000;

/** Reads the headers; undefined unless all three are present and valid. A reset is at most one minute. */
export function rateLimitOf(headers: HeaderMap): RateLimit | undefined {
  const number = (name: string) => {
    const text = headers[name];
    return text !== undefined && /^\d{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN;
  };
  const limit = number('ratelimit-limit');
  const remaining = number('ratelimit-remaining');
  const reset = number('ratelimit-reset');
  return limit > 0 && remaining >= 0 && reset >= 0
    ? { limit, remaining, resetMs: Math.min(longestResetMs, reset * 1000) }
    : undefined;
}
