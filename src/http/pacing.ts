/**
 * Decides who may go and how many at once. Pure: `pace` holds requests by it. Grows by one for each round of
 * successes, halves when throttled (as TCP does, RFC 5681), and stands still for everybody until the Retry-After of
 * anybody has passed: requests made during it count against the caller and lengthen it
 * (https://learn.microsoft.com/onedrive/developer/rest-api/concepts/scan-guidance).
 */

export interface PacingLimits {
  /** Most requests under way at once. */
  readonly max: number;
  /** How many at once to begin with. */
  readonly start: number;
  /** Milliseconds to stand still after a throttled answer that names no time; doubles while they go on coming. */
  readonly basePauseMs: number;
  /** Longest such pause, in milliseconds. */
  readonly maxPauseMs: number;
}

const defaultPacingLimits: PacingLimits = { max: 32, start: 8, basePauseMs: 1000, maxPauseMs: 60_000 };

export interface Pacing {
  readonly limits: PacingLimits;
  /** How many may be under way; fractions add up to the next whole one. */
  readonly window: number;
  readonly inFlight: number;
  /** Nobody starts before, in milliseconds since the epoch. */
  readonly pausedUntil: number;
  /** When the window was last halved: answers to requests that started before tell nothing new. */
  readonly halvedAt: number;
  /** Throttled answers since the last success that named no time. */
  readonly streak: number;
}

/** How a request ended, as far as pacing goes. `other`: no answer, or an error that says nothing about load. */
export type PaceOutcome =
  | { readonly kind: 'success' | 'other' }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number | undefined };

/** Nothing under way, nothing known. */
export function newPacing(limits: Partial<PacingLimits> = {}): Pacing {
  const all = { ...defaultPacingLimits, ...limits };
  const window = Math.max(1, Math.min(all.start, all.max));
  return { limits: all, window, inFlight: 0, pausedUntil: 0, halvedAt: -Infinity, streak: 0 };
}

/**
 * May the next request start at `now`?
 * @returns 0: yes. A positive number: not for that many milliseconds. `undefined`: when another one ends.
 */
export function waitToStart(state: Pacing, now: number): number | undefined {
  if (now < state.pausedUntil) return state.pausedUntil - now;
  return state.inFlight < Math.floor(state.window) ? 0 : undefined;
}

/** A request has started. */
export function started(state: Pacing): Pacing {
  return { ...state, inFlight: state.inFlight + 1 };
}

/** A request that started at `startedAt` has ended at `now`; both in milliseconds since the epoch. */
export function ended(state: Pacing, outcome: PaceOutcome, startedAt: number, now: number): Pacing {
  const less = { ...state, inFlight: Math.max(0, state.inFlight - 1) };
  switch (outcome.kind) {
    case 'other':
      return less;
    case 'success':
      return { ...less, streak: 0, window: inUse(state) ? grown(state) : state.window };
    case 'throttled':
      return throttled(less, outcome.retryAfterMs, startedAt, now);
  }
}

/** A window that nobody filled has proven nothing (RFC 7661): it does not grow. */
function inUse({ inFlight, window }: Pacing): boolean {
  return inFlight >= Math.floor(window);
}

function grown({ limits, window }: Pacing): number {
  return Math.min(limits.max, window + 1 / window);
}

function throttled(state: Pacing, retryAfterMs: number | undefined, startedAt: number, now: number): Pacing {
  const { basePauseMs, maxPauseMs } = state.limits;
  const pauseMs = retryAfterMs ?? Math.min(maxPauseMs, basePauseMs * 2 ** state.streak);
  const pausedUntil = Math.max(state.pausedUntil, now + pauseMs);
  const streak = retryAfterMs === undefined ? state.streak + 1 : state.streak;
  const news = startedAt >= state.halvedAt;
  return {
    ...state,
    pausedUntil,
    streak,
    window: news ? Math.max(1, state.window / 2) : state.window,
    halvedAt: news ? now : state.halvedAt,
  };
}
