/**
 * Decides who may go and how many at once. Pure: `pace` holds requests by it. Grows by one for each round of
 * successes, halves when throttled (as TCP does, RFC 5681), and stands still for everybody until the Retry-After of
 * anybody has passed: requests made during it count against the caller and lengthen it
 * (https://learn.microsoft.com/onedrive/developer/rest-api/concepts/scan-guidance).
 */

import type { RateLimit } from './rate-limit.ts';

/** Between which bounds a gate moves. Times are milliseconds. */
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

/** Where a gate stands: how many may pass at once, and until when nobody may. */
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
  /** When the allowance runs short: milliseconds between two starts … */
  readonly spacingMs: number;
  /** … until it is renewed, in milliseconds since the epoch … */
  readonly spacedUntil: number;
  /** … and when the last start was. */
  readonly startedAt: number;
  /** Resource units that all requests so far have cost. */
  readonly units: number;
}

/** How a request ended, as far as pacing goes. `other`: no answer, or an error that says nothing about load. */
export type PaceOutcome =
  | { readonly kind: 'other' }
  | { readonly kind: 'success'; readonly rate?: RateLimit | undefined }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number | undefined };

/** Nothing under way, nothing known. */
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
 * May the next request start at `now`?
 * @returns 0: yes. A positive number: not for that many milliseconds. `undefined`: when another one ends.
 */
export function waitToStart(state: Pacing, now: number): number | undefined {
  if (now < state.pausedUntil) return state.pausedUntil - now;
  if (state.inFlight >= Math.floor(state.window)) return undefined;
  return Math.max(0, Math.min(state.startedAt + state.spacingMs, state.spacedUntil) - now);
}

/** A request has started at `now`, which costs so many resource units. */
export function started(state: Pacing, now = 0, units = 1): Pacing {
  return { ...state, inFlight: state.inFlight + 1, startedAt: now, units: state.units + units };
}

/** Another process was throttled: its pause is ours, and so is its caution. */
export function pausedBy(state: Pacing, pausedUntil: number, window: number, now: number): Pacing {
  if (pausedUntil <= state.pausedUntil || pausedUntil <= now) return state;
  const narrower = Math.max(1, Math.min(state.window, window));
  return { ...state, pausedUntil, window: narrower, halvedAt: now };
}

/** Another process saw the allowance run short: until it is renewed this one spreads its requests too. */
export function spacedBy(state: Pacing, spacingMs: number, spacedUntil: number, now: number): Pacing {
  if (isSpaced(state, now) || spacedUntil <= now || spacingMs <= 0) return state;
  return { ...state, spacingMs, spacedUntil };
}

/** The clock was set back: times noted before are meaningless now, and waiting for them could take days. */
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

/** Begins no bolder than another process of the account went on when it was last throttled or ran short. */
export function beginningAt(state: Pacing, window: number): Pacing {
  return { ...state, window: Math.max(1, Math.min(state.window, window)) };
}

/** Are starts held apart at `now`, because the allowance runs short? */
export function isSpaced({ spacingMs, spacedUntil }: Pacing, now: number): boolean {
  return spacingMs > 0 && now < spacedUntil;
}

/** A request that started at `startedAt` has ended at `now`; both in milliseconds since the epoch. */
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

/** Below this part of the allowance what is left is spread over the time that is left. */
const shortPart = 0.2;

function eased(state: Pacing, rate: RateLimit | undefined, now: number): Pacing {
  // Hosts of contents never tell: their silence is no sign of plenty.
  if (rate === undefined) return state;
  if (rate.remaining > rate.limit * shortPart)
    return state.spacingMs === 0 ? state : { ...state, spacingMs: 0, spacedUntil: 0 };
  if (rate.remaining === 0) return { ...state, pausedUntil: Math.max(state.pausedUntil, now + rate.resetMs) };
  return { ...state, spacingMs: rate.resetMs / rate.remaining, spacedUntil: now + rate.resetMs };
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
