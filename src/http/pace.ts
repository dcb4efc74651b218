/**
 * Holds requests until `pacing` lets them go, in the order they came. One gate serves all requests of a client: when
 * one of them is throttled, all wait. A request holds its place until the head of its answer has come, so a body
 * that nobody reads cannot block the others.
 */
import type { Clock } from '../platform/index.ts';
import {
  ended,
  newPacing,
  type PaceOutcome,
  type Pacing,
  type PacingLimits,
  started,
  waitToStart,
} from './pacing.ts';
import { retryAfterMs } from './retry-after.ts';
import { isThrottled } from './retry-policy.ts';
import type { HttpResponse, TransportDecorator } from './transport.ts';

/** Shared by every transport that `pace` makes from it. */
export interface PaceGate {
  /** Waits for a turn; call the result once with how it ended. Throws `signal.reason` when aborted while waiting. */
  enter(signal?: AbortSignal): Promise<(outcome: PaceOutcome) => void>;
  /** What the gate knows now, for a status line. */
  state(): Pacing;
}

export interface PaceGateOptions {
  readonly clock: Clock;
  readonly limits?: Partial<PacingLimits> | undefined;
}

interface Line {
  state: Pacing;
  /** Whoever waits, by what wakes them; it is the first one's turn. */
  readonly queue: Waiter[];
}

interface Waiter {
  wake(): void;
}

/** A gate for the requests of one client. */
export function paceGate({ clock, limits }: PaceGateOptions): PaceGate {
  const line: Line = { state: newPacing(limits), queue: [] };
  return {
    state: () => line.state,
    async enter(signal) {
      await waitForTurn(line, clock, signal);
      const startedAt = clock.now();
      let open = true;
      return (outcome) => {
        if (open) line.state = ended(line.state, outcome, startedAt, clock.now());
        open = false;
        line.queue[0]?.wake();
      };
    },
  };
}

async function waitForTurn(line: Line, clock: Clock, signal: AbortSignal | undefined): Promise<void> {
  const me: Waiter = { wake: () => undefined };
  line.queue.push(me);
  try {
    for (;;) {
      signal?.throwIfAborted();
      const ms = line.queue[0] === me ? waitToStart(line.state, clock.now()) : undefined;
      if (ms === 0) break;
      await (ms === undefined ? woken(me, signal) : clock.sleep(ms, { signal }));
    }
    line.state = started(line.state);
  } finally {
    line.queue.splice(line.queue.indexOf(me), 1);
    line.queue[0]?.wake();
  }
}

function woken(me: Waiter, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    me.wake = () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    };
  });
}

/** Sends every request through `gate`. Below `retry`, so that repetitions wait with everybody else. */
export function pace(gate: PaceGate, clock: Pick<Clock, 'now'>): TransportDecorator {
  return (inner) => async (request) => {
    const end = await gate.enter(request.signal);
    try {
      const response = await inner(request);
      end(outcomeOf(response, clock.now()));
      return response;
    } catch (error) {
      end({ kind: 'other' });
      throw error;
    }
  };
}

function outcomeOf({ status, headers }: HttpResponse, now: number): PaceOutcome {
  if (isThrottled(status, headers)) return { kind: 'throttled', retryAfterMs: retryAfterMs(headers, now) };
  return { kind: status < 500 ? 'success' : 'other' };
}
