/**
 * Shares throttling between all processes of a profile, because the service throttles the account and not the
 * process. One small record; written only when a process is throttled or low on allowance, and read at
 * intervals.
 */
import { isOneDriveError } from '../../errors/index.ts';
import type { Store } from '../../platform/store.ts';

/** The shared record. */
export interface SharedPause {
  /** No request starts before this time, in milliseconds since the epoch. */
  readonly pausedUntil: number;
  /** The number of requests in flight that the reporting process continues with. */
  readonly window: number;
  /** Milliseconds between two starts while the allowance is low; 0 if it is not. */
  readonly spacingMs: number;
  /** Until when starts are spaced, in milliseconds since the epoch. */
  readonly spacedUntil: number;
  /** When the record was written, in milliseconds since the epoch. */
  readonly toldAt: number;
}

/** Where the record is kept. */
export interface SharedPauses {
  /** Reads the record. */
  read(): Promise<SharedPause | undefined>;
  /** Writes the record; a longer pause in the present record is kept. */
  tell(pause: SharedPause): Promise<void>;
  /** Removes a record that no longer has an effect. Default: it stays. */
  discard?(): Promise<void>;
}

/** No service asks for more: see `retryAfterMs`. */
const longestPauseMs = 24 * 3600 * 1000;

/**
 * Milliseconds by which a record may be ahead of this clock: clocks are adjusted by small steps all the time.
 */
const clockStepMs = 1000;

/**
 * Returns whether the record is plausible. One from the future was written while the clock was wrong, and one
 * that pauses for more than a day is damaged: neither has an effect.
 * @param now milliseconds since the epoch
 */
export function isCredible({ pausedUntil, toldAt }: SharedPause, now: number): boolean {
  return toldAt <= now + clockStepMs && pausedUntil - toldAt <= longestPauseMs;
}

/** Keeps pauses in a record of a store. If the store fails, only the sharing is lost. */
export function storedPauses(store: Store, key: string): SharedPauses {
  const read = async () => {
    try {
      const stored = await store.read(key);
      const value: unknown = stored === undefined ? undefined : JSON.parse(stored.text);
      return pauseOf(value);
    } catch (error) {
      if (isOneDriveError(error) || error instanceof SyntaxError) return undefined;
      throw error;
    }
  };
  return {
    read,
    discard: () => store.delete(key).catch(() => undefined),
    async tell(pause) {
      const known = await read();
      const credible = known !== undefined && isCredible(known, pause.toldAt);
      const pausedUntil = Math.max(credible ? known.pausedUntil : 0, pause.pausedUntil);
      await store.write(key, JSON.stringify({ ...pause, pausedUntil })).catch(() => undefined);
    },
  };
}

/** Undefined unless there is a pause; fields that an older version did not write are 0. */
export function pauseOf(value: unknown): SharedPause | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const stored: Partial<Record<keyof SharedPause, unknown>> = value;
  const number = (name: keyof SharedPause) => {
    const found = stored[name] ?? 0;
    return typeof found === 'number' && Number.isFinite(found) ? found : Number.NaN;
  };
  const pause = {
    pausedUntil: number('pausedUntil'),
    window: number('window'),
    spacingMs: number('spacingMs'),
    spacedUntil: number('spacedUntil'),
    toldAt: number('toldAt'),
  };
  return Object.values(pause).some(Number.isNaN) ? undefined : pause;
}
