/**
 * Holds requests until `pacing` allows them, in the order in which they came. One gate serves all requests of
 * a client: if one of them is throttled, all wait. A request keeps its slot until the head of its response
 * arrives, so an unread body cannot block the others.
 */
import { OneDriveError } from '../../errors/index.ts';
import type { Clock } from '../../platform/index.ts';
import type { HttpResponse, TransportDecorator } from '../transport.ts';
import {
  beginningAt,
  clockSetBack,
  ended,
  isSpaced,
  newPacing,
  type PaceOutcome,
  type Pacing,
  type PacingLimits,
  pausedBy,
  spacedBy,
  started,
  waitToStart,
} from './pacing.ts';
import { rateLimitOf } from './rate-limit.ts';
import { resourceUnits } from './resource-units.ts';
import { retryAfterMs } from './retry-after.ts';
import { defaultRetryLimits, isThrottled } from './retry-policy.ts';
import { isCredible, type SharedPause, type SharedPauses } from './shared-pauses.ts';

/** The gate is shared by every transport that `pace` wraps with it. */
export interface PaceGate {
  /**
   * Waits for a slot; call the result once with the outcome. Throws `signal.reason` when aborted while
   * waiting.
   */
  enter(signal?: AbortSignal, units?: number): Promise<(outcome: PaceOutcome) => Promise<void> | undefined>;
  /** The current state, for a status line. */
  state(): Pacing;
}

/** Called when a request is held back before it is sent. */
export interface PaceNotice {
  readonly waitMs: number;
  /** Milliseconds since the epoch. */
  readonly until: number;
  /**
   * `paused`: the service requested a pause for this account. `allowance`: the rest of the allowance is
   * spread over time.
   */
  readonly reason: 'paused' | 'allowance';
}

/** Dependencies and limits of a gate. */
export interface PaceGateOptions {
  readonly clock: Clock;
  readonly limits?: Partial<PacingLimits> | undefined;
  /** Shares pauses between the processes of a profile. */
  readonly shared?: SharedPauses | undefined;
  /**
   * Maximum wait in milliseconds. A longer pause fails requests with `throttled` at once. Default: 300 000,
   * as for a retry.
   */
  readonly maxWaitMs?: number | undefined;
  /** Called once before each wait of the first request in the queue. */
  readonly onWait?: ((notice: PaceNotice) => void) | undefined;
}

interface Line {
  state: Pacing;
  /** When the state was last computed: a current time before it means that the clock was set back. */
  judgedAt: number;
  /** The wake-up functions of the waiting requests, in order. */
  readonly queue: Waiter[];
}

interface Waiter {
  wake(): void;
}

/** Creates a gate for the requests of one client. */
export function paceGate(options: PaceGateOptions): PaceGate {
  const { clock, limits, shared } = options;
  const line: Line = { state: newPacing(limits), judgedAt: Number.NEGATIVE_INFINITY, queue: [] };
  const others = shared === undefined ? undefined : pausesOfOthers(line, clock, shared);
  return {
    state: () => line.state,
    async enter(signal, units = 1) {
      await others?.look();
      await waitForTurn(line, options, { signal, units });
      const startedAt = clock.now();
      let open = true;
      return (outcome) => {
        const before = line.state;
        if (open) line.state = ended(line.state, outcome, startedAt, clock.now());
        open = false;
        line.queue[0]?.wake();
        return isNews(before, line.state, clock.now()) ? others?.tell() : undefined;
      };
    },
  };
}

/** Publishes what other processes need: a longer pause, or that the allowance has become low. */
function isNews(before: Pacing, now: Pacing, at: number): boolean {
  return now.pausedUntil > before.pausedUntil || (isSpaced(now, at) && !isSpaced(before, at));
}

/** For this many milliseconds a new process starts with the concurrency of the process that reported last. */
const cautionMs = 300_000;

/** In milliseconds: an allowance is renewed every minute. */
const longestSpacingMs = 60_000;

function heard(state: Pacing, told: SharedPause, now: number, first: boolean): Pacing {
  const { pausedUntil, window, spacingMs, spacedUntil, toldAt } = told;
  const begun = first && now - Math.max(toldAt, pausedUntil) < cautionMs ? beginningAt(state, window) : state;
  return spacedBy(
    pausedBy(begun, pausedUntil, window, now),
    spacingMs,
    Math.min(spacedUntil, toldAt + longestSpacingMs),
    now,
  );
}

/** Whether the pause neither holds back a request nor makes a new process careful. */
function isOver(pause: SharedPause, now: number): boolean {
  if (!isCredible(pause, now)) return true;
  return Math.max(pause.pausedUntil, pause.spacedUntil, pause.toldAt) + cautionMs <= now;
}

/** Milliseconds between two reads of the shared record. */
const lookEveryMs = 500;

function pausesOfOthers(line: Line, clock: Clock, shared: SharedPauses) {
  let lookedAt = Number.NEGATIVE_INFINITY;
  return {
    /** The first read is awaited; later ones delay no request. */
    async look() {
      const now = clock.now();
      if (now - lookedAt < lookEveryMs) return;
      const first = lookedAt === Number.NEGATIVE_INFINITY;
      lookedAt = now;
      const reading = shared.read().then((pause) => {
        if (pause !== undefined && isCredible(pause, clock.now()))
          line.state = heard(line.state, pause, clock.now(), first);
        return pause !== undefined && isOver(pause, clock.now()) ? shared.discard?.() : undefined;
      });
      if (first) await reading;
    },
    tell() {
      const { pausedUntil, window, spacingMs, spacedUntil } = line.state;
      return shared.tell({ pausedUntil, window, spacingMs, spacedUntil, toldAt: clock.now() });
    },
  };
}

async function waitForTurn(
  line: Line,
  options: PaceGateOptions,
  { signal, units }: { readonly signal: AbortSignal | undefined; readonly units: number },
): Promise<void> {
  const me: Waiter = { wake: () => undefined };
  line.queue.push(me);
  try {
    for (;;) {
      signal?.throwIfAborted();
      const ms = line.queue[0] === me ? timeToStart(line, options) : undefined;
      if (ms === 0) break;
      await (ms === undefined ? woken(me, signal) : options.clock.sleep(ms, { signal }));
    }
    line.state = started(line.state, options.clock.now(), units);
  } finally {
    line.queue.splice(line.queue.indexOf(me), 1);
    line.queue[0]?.wake();
  }
}

/** Like `waitToStart`. @throws OneDriveError `throttled` if the wait is longer than the maximum. */
function timeToStart(line: Line, { clock, maxWaitMs, onWait }: PaceGateOptions): number | undefined {
  const now = clock.now();
  if (now < line.judgedAt - clockStepMs) line.state = clockSetBack(line.state);
  line.judgedAt = now;
  const waitMs = waitToStart(line.state, now);
  if (waitMs === undefined || waitMs === 0) return waitMs;
  if (waitMs > (maxWaitMs ?? defaultRetryLimits.maxWaitMs)) throw pausedTooLong(now, waitMs);
  const reason = line.state.pausedUntil > now ? 'paused' : 'allowance';
  onWait?.({ waitMs, until: now + waitMs, reason });
  return waitMs;
}

/** Clocks are adjusted by small steps all the time; a larger step back is a correction. */
const clockStepMs = 1000;

function pausedTooLong(now: number, waitMs: number): OneDriveError {
  const until = new Date(now + waitMs).toISOString();
  return new OneDriveError(
    'throttled',
    `The service requested a pause for this account until ${until}, which is longer than the maximum wait. Nothing was sent.`,
    { retryAfterMs: waitMs },
  );
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

/**
 * Sends every request through `gate`. Place it inside `retry`, so that retries wait in the queue like other
 * requests.
 */
export function pace(gate: PaceGate, clock: Pick<Clock, 'now'>): TransportDecorator {
  return (inner) => async (request) => {
    const end = await gate.enter(request.signal, resourceUnits(request));
    try {
      const response = await inner(request);
      await end(outcomeOf(response, clock.now()));
      return response;
    } catch (error) {
      void end({ kind: 'other' });
      throw error;
    }
  };
}

function outcomeOf({ status, headers }: HttpResponse, now: number): PaceOutcome {
  if (isThrottled(status, headers)) return { kind: 'throttled', retryAfterMs: retryAfterMs(headers, now) };
  return status < 500 ? { kind: 'success', rate: rateLimitOf(headers) } : { kind: 'other' };
}
