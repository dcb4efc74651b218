/**
 * Decides whether and when a request is sent again. Pure: `retry` acts on it, property tests hammer it.
 *
 * - A refusal (429; 503 with Retry-After; 509) means that the request was not carried out, so any method may be sent
 *   again: Graph says of a throttled request that it fails and is to be repeated after Retry-After
 *   (https://learn.microsoft.com/graph/throttling), of 503 and 509 that it may be repeated after a delay
 *   (https://learn.microsoft.com/graph/errors).
 * - 408, the other 5xx (501, 505 to 508, 510 and 511 excepted) and a broken connection leave open whether it was
 *   carried out: only an idempotent request is sent again (RFC 9110 section 9.2.2). A POST is sent again only if its
 *   endpoint function declares it idempotent, because it can judge what a second attempt answers.
 * - A host that was not reached got nothing: any method, but fewer times, because somebody who is offline waits.
 * - A body that cannot be read twice is never sent twice.
 */
import type { NetworkFault } from '../network-error.ts';
import type { HeaderMap, HttpRequest } from '../transport.ts';
import { retryAfterMs } from './retry-after.ts';

/** How often and how long a request is repeated. Times are milliseconds. */
export interface RetryLimits {
  /** Attempts in all, the first one included. */
  readonly maxAttempts: number;
  /** Attempts in all as long as the host is not reached. */
  readonly maxUnreached: number;
  /** Milliseconds that all pauses of one request together may last. */
  readonly maxWaitMs: number;
  /** Longest first pause without a Retry-After, in milliseconds; doubles each time. */
  readonly baseMs: number;
  /** Longest pause without a Retry-After, in milliseconds. */
  readonly capMs: number;
}

export const defaultRetryLimits: RetryLimits = {
  maxAttempts: 6,
  maxUnreached: 3,
  maxWaitMs: 300_000,
  baseMs: 500,
  capMs: 30_000,
};

/** How an attempt ended. */
export type Outcome =
  | { readonly kind: 'response'; readonly status: number; readonly headers: HeaderMap }
  | { readonly kind: 'network'; readonly fault: NetworkFault };

export interface RetryQuestion {
  /** The attempt that just ended: 1 for the first. */
  readonly attempt: number;
  /** May the request be carried out twice? See {@link isIdempotent}. */
  readonly idempotent: boolean;
  /** Can its body be sent again? True where there is none. */
  readonly replayable: boolean;
  readonly outcome: Outcome;
  /** Milliseconds that this request has paused already. */
  readonly waitedMs: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** In [0, 1): spreads the pauses of many clients. */
  readonly jitter: number;
}

/** `final`: an answer that repeating would not change. The others name the limit that stopped a repetition. */
export type RetryDecision =
  | { readonly retry: true; readonly afterMs: number }
  | {
      readonly retry: false;
      readonly why: 'final' | 'not-idempotent' | 'not-replayable' | 'attempts' | 'wait';
    };

/** 5xx that repeating does not change, or that have a meaning of their own. */
const final5xx: ReadonlySet<number> = new Set([501, 505, 506, 507, 508, 510, 511]);

/** Answers that leave open whether the request was carried out: 408, and any 5xx that a later attempt may not get. */
const isUnclear = (status: number): boolean =>
  status === 408 || (status >= 500 && status <= 599 && !final5xx.has(status) && status !== 509);

/**
 * May the request have been carried out although this attempt failed? Also after a 503 with Retry-After: gateways send
 * it for a service behind them that may have acted.
 */
export function mayBeDone(outcome: Outcome): boolean {
  return outcome.kind === 'network' ? outcome.fault === 'broken' : isUnclear(outcome.status);
}

/** Send it again? */
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

/** The answer says that the service turned the request away without acting, because there are too many. */
export function isThrottled(status: number, headers: HeaderMap): boolean {
  return status === 429 || status === 509 || (status === 503 && headers['retry-after'] !== undefined);
}

/** Does an idempotent request with this answer get another attempt? */
export function isRepeatableStatus(status: number): boolean {
  return kindOf({ kind: 'response', status, headers: {} }) !== 'final';
}

/** May this request be carried out twice? By its method, unless it says so itself. */
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

/** What the service asked for and never less; else exponential with full jitter. */
function pause({ outcome, now, attempt, jitter }: RetryQuestion, { baseMs, capMs }: RetryLimits): number {
  const asked = outcome.kind === 'response' ? retryAfterMs(outcome.headers, now) : undefined;
  if (asked !== undefined) return asked + Math.floor(jitter * baseMs);
  return Math.floor(jitter * Math.min(capMs, baseMs * 2 ** (attempt - 1)));
}
