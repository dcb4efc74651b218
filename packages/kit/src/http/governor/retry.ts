/** Sends a request again where `retry-policy` says so. Above `pace` and `authorize`: every attempt takes its turn and a fresh token. */
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
  /** Undefined where no answer came. */
  readonly status: number | undefined;
  /** Why no answer came. */
  readonly fault?: NetworkFault | undefined;
}

/** What repeating requests works with. */
export interface RetryOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly limits?: Partial<RetryLimits> | undefined;
  /** Told before each pause, for a progress line. */
  readonly onRetry?: ((notice: RetryNotice) => void) | undefined;
}

type Attempt =
  | { readonly outcome: Outcome; readonly response: HttpResponse }
  | { readonly outcome: Outcome; readonly error: unknown };

/**
 * Repeats what may be repeated, within limits. When it gives up, the last answer is returned as it came (also a 429,
 * so that the caller can build its error from it), and the last network error is thrown.
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
