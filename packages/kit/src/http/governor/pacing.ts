/**
 * Decides how many requests may be in flight and when the next one starts. Pure: `pace` holds requests
 * accordingly. The window grows by one for each round of successes, halves when throttled (as TCP does, RFC
 * 5681), and no request starts until the Retry-After of every response has passed: requests made before count
 * against the caller and lengthen it
 * (https://learn.microsoft.com/onedrive/developer/rest-api/concepts/scan-guidance).
 */

import type { RateLimit } from './rate-limit.ts';

/** The limits of a gate. Times are in milliseconds. */
export interface PacingLimits {
  /** Maximum number of requests in flight. */
  readonly max: number;
  /** Number of requests in flight at the start. */
  readonly start: number;
  /**
   * The pause in milliseconds after a throttled response without a Retry-After; doubles with each one in a
   * row.
   */
  readonly basePauseMs: number;
  /** Maximum of such a pause, in milliseconds. */
  readonly maxPauseMs: number;
}

const defaultPacingLimits: PacingLimits = { max: 32, start: 8, basePauseMs: 1000, maxPauseMs: 60_000 };

/** The state of a gate: how many requests may be in flight, and until when none may start. */
export interface Pacing {
  readonly limits: PacingLimits;
  /** How many requests may be in flight; fractions add up to the next whole one. */
  readonly window: number;
  readonly inFlight: number;
  /** No request starts before this time, in milliseconds since the epoch. */
  readonly pausedUntil: number;
  /** When the window was last halved: responses to requests that started before are ignored. */
  readonly halvedAt: number;
  /** Throttled responses without a Retry-After since the last success. */
  readonly streak: number;
  /** When the allowance is low: milliseconds between two starts … */
  readonly spacingMs: number;
  /** … until it is renewed, in milliseconds since the epoch … */
  readonly spacedUntil: number;
  /** … and when the last start was. */
  readonly startedAt: number;
  /** Resource units that all requests so far have cost. */
  readonly units: number;
}

/** The outcome of a request for pacing. `other`: no response, or an error that is unrelated to load. */
export type PaceOutcome =
  | { readonly kind: 'other' }
  | { readonly kind: 'success'; readonly rate?: RateLimit | undefined }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number | undefined };

/** The initial state: no requests in flight, no pause. */
export function newPacing(limits: Partial<PacingLimits> = {}): Pacing {
  const all = { ...defaultPacingLimits, ...limits };
  const window = Math.max(1, Math.min(all.start, all.max));
  const untouched = {
    pausedUntil: 0,
    halvedAt: -Infinity,
    streak: 0,
    spacingMs: 0,
    spacedUntil: 0,
    startedAt: -Infinity,
    units: 0,
  };
  return { limits: all, window, inFlight: 0, ...untouched };
}

/**
 * Returns how long the next request has to wait at `now`.
 * @returns 0: it may start. A positive number: milliseconds to wait. `undefined`: until another request ends.
 */
export function waitToStart(state: Pacing, now: number): number | undefined {
  if (now < state.pausedUntil) return state.pausedUntil - now;
  if (state.inFlight >= Math.floor(state.window)) return undefined;
  return Math.max(0, Math.min(state.startedAt + state.spacingMs, state.spacedUntil) - now);
}

/** Records that a request started at `now` with this cost in resource units. */
export function started(state: Pacing, now = 0, units = 1): Pacing {
  return { ...state, inFlight: state.inFlight + 1, startedAt: now, units: state.units + units };
}

/** Applies the throttling of another process: its pause and its reduced concurrency. */
export function pausedBy(state: Pacing, pausedUntil: number, window: number, now: number): Pacing {
  if (pausedUntil <= state.pausedUntil || pausedUntil <= now) return state;
  const narrower = Math.max(1, Math.min(state.window, window));
  return { ...state, pausedUntil, window: narrower, halvedAt: now };
}

/**
 * Applies the low allowance of another process: until it is renewed, this process spreads its requests too.
 */
export function spacedBy(state: Pacing, spacingMs: number, spacedUntil: number, now: number): Pacing {
  if (isSpaced(state, now) || spacedUntil <= now || spacingMs <= 0) return state;
  return { ...state, spacingMs, spacedUntil };
}

/**
 * Resets the state after the clock was set back: earlier timestamps are meaningless, and waiting for them
 * could take days.
 */
export function clockSetBack(state: Pacing): Pacing {
  return {
    ...state,
    pausedUntil: 0,
    spacedUntil: 0,
    spacingMs: 0,
    startedAt: -Infinity,
    halvedAt: -Infinity,
  };
}

/**
 * Starts with no more concurrency than another process of the account used after it was last throttled or low
 * on allowance.
 */
export function beginningAt(state: Pacing, window: number): Pacing {
  return { ...state, window: Math.max(1, Math.min(state.window, window)) };
}

/** Returns whether starts are spaced at `now` because the allowance is low. */
export function isSpaced({ spacingMs, spacedUntil }: Pacing, now: number): boolean {
  return spacingMs > 0 && now < spacedUntil;
}

/**
 * Records that a request that started at `startedAt` ended at `now`; both in milliseconds since the epoch.
 */
export function ended(state: Pacing, outcome: PaceOutcome, startedAt: number, now: number): Pacing {
  const less = { ...state, inFlight: Math.max(0, state.inFlight - 1) };
  switch (outcome.kind) {
    case 'other':
      return less;
    case 'success':
      return eased(
        { ...less, streak: 0, window: inUse(state) ? grown(state) : state.window },
        outcome.rate,
        now,
      );
    case 'throttled':
      return throttled(less, outcome.retryAfterMs, startedAt, now);
  }
}

/** Below this part of the allowance, the remaining units are spread over the remaining time. */
const shortPart = 0.2;

function eased(state: Pacing, rate: RateLimit | undefined, now: number): Pacing {
  // Content hosts never send these headers: their absence does not mean that there is plenty left.
  if (rate === undefined) return state;
  if (rate.remaining > rate.limit * shortPart)
    return state.spacingMs === 0 ? state : { ...state, spacingMs: 0, spacedUntil: 0 };
  if (rate.remaining === 0) return { ...state, pausedUntil: Math.max(state.pausedUntil, now + rate.resetMs) };
  return { ...state, spacingMs: rate.resetMs / rate.remaining, spacedUntil: now + rate.resetMs };
}

/** A window that was not full has proven nothing (RFC 7661): it does not grow. */
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
