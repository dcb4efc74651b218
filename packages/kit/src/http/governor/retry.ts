/**
 * Sends a request again if `retry-policy` decides so. Wraps `pace` and `authorize`: every attempt waits in
 * the queue and gets a fresh token.
 */
import type { Clock, Random } from '../../platform/index.ts';
import { type NetworkFault, networkFault } from '../network-error.ts';
import { discard } from '../read.ts';
import type { HttpRequest, HttpResponse, Transport, TransportDecorator } from '../transport.ts';
import {
  decideRetry,
  defaultRetryLimits,
  isIdempotent,
  mayBeDone,
  type Outcome,
  type RetryDecision,
  type RetryLimits,
} from './retry-policy.ts';

/** A pause that is about to begin. */
export interface RetryNotice {
  readonly request: HttpRequest;
  /** The attempt that failed: 1 for the first. */
  readonly attempt: number;
  readonly afterMs: number;
  /** Undefined if there was no response. */
  readonly status: number | undefined;
  /** Why there was no response. */
  readonly fault?: NetworkFault | undefined;
}

/** Dependencies and limits of `retry`. */
export interface RetryOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly limits?: Partial<RetryLimits> | undefined;
  /** Called before each pause, for a progress line. */
  readonly onRetry?: ((notice: RetryNotice) => void) | undefined;
}

type Attempt =
  | { readonly outcome: Outcome; readonly response: HttpResponse }
  | { readonly outcome: Outcome; readonly error: unknown };

/**
 * Retries requests within limits. When it gives up, it returns the last response unread (also a 429, so that
 * the caller can create its error from it), or throws the last network error.
 * @throws `signal.reason` when aborted, also during a pause.
 */
export function retry({ clock, random, limits, onRetry }: RetryOptions): TransportDecorator {
  const within = { ...defaultRetryLimits, ...limits };
  return (inner) => async (request) => {
    const began = clock.now();
    let waitedMs = 0;
    for (let attempt = 1; ; attempt++) {
      const ended = await tryOnce(inner, request);
      if (mayBeDone(ended.outcome)) request.onUnclear?.(() => clock.now() - began);
      const decision: RetryDecision = decideRetry(
        {
          attempt,
          outcome: ended.outcome,
          idempotent: isIdempotent(request),
          replayable: request.body?.replayable ?? true,
          waitedMs,
          now: clock.now(),
          jitter: random.next(),
        },
        within,
      );
      if (!decision.retry) return resultOf(ended);
      if ('response' in ended) await discard(ended.response);
      onRetry?.({ request, attempt, afterMs: decision.afterMs, ...reasonOf(ended) });
      await clock.sleep(decision.afterMs, { signal: request.signal });
      waitedMs += decision.afterMs;
    }
  };
}

async function tryOnce(inner: Transport, request: HttpRequest): Promise<Attempt> {
  try {
    const response = await inner(request);
    return { response, outcome: { kind: 'response', status: response.status, headers: response.headers } };
  } catch (error) {
    const fault = networkFault(error);
    if (request.signal?.aborted || fault === undefined) throw error;
    return { error, outcome: { kind: 'network', fault } };
  }
}

function resultOf(ended: Attempt): HttpResponse {
  if ('response' in ended) return ended.response;
  throw ended.error;
}

function reasonOf(ended: Attempt): Pick<RetryNotice, 'status' | 'fault'> {
  if ('response' in ended) return { status: ended.response.status };
  return { status: undefined, fault: ended.outcome.kind === 'network' ? ended.outcome.fault : undefined };
}
