/**
 * Decides whether and when a request is sent again. Pure: `retry` executes it, and property tests cover it.
 *
 * - A refusal (429; 503 with Retry-After; 509) means that the request had no effect, so any method may be
 *   sent again: Graph documents that a throttled request fails and should be repeated after Retry-After
 *   (https://learn.microsoft.com/graph/throttling), and that 503 and 509 may be repeated after a delay
 *   (https://learn.microsoft.com/graph/errors).
 * - After 408, the other 5xx (except 501, 505 to 508, 510 and 511) or a broken connection, it is unclear
 *   whether the request took effect: only an idempotent request is sent again (RFC 9110 section 9.2.2). A
 *   POST is sent again only if its endpoint function declares it idempotent, because that function can
 *   interpret the second response.
 * - An unreachable host received nothing: any method is sent again, but fewer times, because an offline user
 *   is waiting.
 * - A body that cannot be read twice is never sent twice.
 */
import type { NetworkFault } from '../network-error.ts';
import type { HeaderMap, HttpRequest } from '../transport.ts';
import { retryAfterMs } from './retry-after.ts';

/** How often and how long a request is repeated. Times are in milliseconds. */
export interface RetryLimits {
  /** Maximum number of attempts, including the first one. */
  readonly maxAttempts: number;
  /** Maximum number of attempts while the host is unreachable. */
  readonly maxUnreached: number;
  /** Maximum sum of all pauses of one request, in milliseconds. */
  readonly maxWaitMs: number;
  /** Maximum of the first pause without a Retry-After, in milliseconds; doubles each time. */
  readonly baseMs: number;
  /** Maximum of any pause without a Retry-After, in milliseconds. */
  readonly capMs: number;
}

export const defaultRetryLimits: RetryLimits = {
  maxAttempts: 6,
  maxUnreached: 3,
  maxWaitMs: 300_000,
  baseMs: 500,
  capMs: 30_000,
};

/** The outcome of an attempt. */
export type Outcome =
  | { readonly kind: 'response'; readonly status: number; readonly headers: HeaderMap }
  | { readonly kind: 'network'; readonly fault: NetworkFault };

export interface RetryQuestion {
  /** The number of the attempt that just ended: 1 for the first. */
  readonly attempt: number;
  /** Whether the request may take effect twice. See {@link isIdempotent}. */
  readonly idempotent: boolean;
  /** Whether its body can be sent again. True without a body. */
  readonly replayable: boolean;
  readonly outcome: Outcome;
  /** Milliseconds that this request has paused so far. */
  readonly waitedMs: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** In [0, 1): spreads the pauses of many clients. */
  readonly jitter: number;
}

/**
 * `final`: a repetition would have the same result. The other reasons are the limit that prevented a retry.
 */
export type RetryDecision =
  | { readonly retry: true; readonly afterMs: number }
  | {
      readonly retry: false;
      readonly why: 'final' | 'not-idempotent' | 'not-replayable' | 'attempts' | 'wait';
    };

/** 5xx that a retry does not change, or that have a meaning of their own. */
const final5xx: ReadonlySet<number> = new Set([501, 505, 506, 507, 508, 510, 511]);

/**
 * Statuses after which it is unclear whether the request took effect: 408, and any 5xx that a retry may
 * change.
 */
const isUnclear = (status: number): boolean =>
  status === 408 || (status >= 500 && status <= 599 && !final5xx.has(status) && status !== 509);

/**
 * Returns whether the request may have taken effect although this attempt failed. This includes a 503 with
 * Retry-After: gateways send it for a service behind them that may have acted.
 */
export function mayBeDone(outcome: Outcome): boolean {
  return outcome.kind === 'network' ? outcome.fault === 'broken' : isUnclear(outcome.status);
}

/** Decides whether to send the request again. */
export function decideRetry(
  question: RetryQuestion,
  limits: RetryLimits = defaultRetryLimits,
): RetryDecision {
  const { outcome, attempt } = question;
  const kind = kindOf(outcome);
  if (kind === 'final') return { retry: false, why: 'final' };
  if (!question.replayable) return { retry: false, why: 'not-replayable' };
  if (kind === 'unclear' && !question.idempotent) return { retry: false, why: 'not-idempotent' };
  if (attempt >= Math.min(limits.maxAttempts, kind === 'unreached' ? limits.maxUnreached : Infinity))
    return { retry: false, why: 'attempts' };
  const afterMs = pause(question, limits);
  return question.waitedMs + afterMs > limits.maxWaitMs
    ? { retry: false, why: 'wait' }
    : { retry: true, afterMs };
}

/** The status means that the service refused the request without acting, because there were too many. */
export function isThrottled(status: number, headers: HeaderMap): boolean {
  return status === 429 || status === 509 || (status === 503 && headers['retry-after'] !== undefined);
}

/** Returns whether an idempotent request is retried after this status. */
export function isRepeatableStatus(status: number): boolean {
  return kindOf({ kind: 'response', status, headers: {} }) !== 'final';
}

/** Returns whether this request may take effect twice: by its method, unless the request states it. */
export function isIdempotent({ method, idempotent }: Pick<HttpRequest, 'method' | 'idempotent'>): boolean {
  return idempotent ?? /^(get|head|put|delete|options|patch)$/i.test(method);
}

function kindOf(outcome: Outcome): 'final' | 'refused' | 'unclear' | 'unreached' {
  if (outcome.kind === 'network') {
    if (outcome.fault === 'untrusted') return 'final';
    return outcome.fault === 'unreachable' ? 'unreached' : 'unclear';
  }
  if (isThrottled(outcome.status, outcome.headers)) return 'refused';
  return isUnclear(outcome.status) ? 'unclear' : 'final';
}

/** The requested time and never less; otherwise exponential backoff with full jitter. */
function pause({ outcome, now, attempt, jitter }: RetryQuestion, { baseMs, capMs }: RetryLimits): number {
  const asked = outcome.kind === 'response' ? retryAfterMs(outcome.headers, now) : undefined;
  if (asked !== undefined) return asked + Math.floor(jitter * baseMs);
  return Math.floor(jitter * Math.min(capMs, baseMs * 2 ** (attempt - 1)));
}
