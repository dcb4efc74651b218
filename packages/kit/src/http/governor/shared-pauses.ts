/**
 * What one process learned of the account's allowance, told to all others of the same profile: the service throttles the
 * account, not the process. One small record; written only when somebody is throttled or begins to run short, read now and then.
 */
import { isOneDriveError } from '../../errors/index.ts';
import type { Store } from '../../platform/store.ts';

/** What processes tell each other. */
export interface SharedPause {
  /** Nobody starts before, in milliseconds since the epoch. */
  readonly pausedUntil: number;
  /** Requests at a time that whoever told goes on with. */
  readonly window: number;
  /** Milliseconds between two starts, while the allowance is short; 0 when it is not. */
  readonly spacingMs: number;
  /** Until when they are held apart, in milliseconds since the epoch. */
  readonly spacedUntil: number;
  /** When it was told, in milliseconds since the epoch. */
  readonly toldAt: number;
}

/** Where they tell it. */
export interface SharedPauses {
  /** What was told last. */
  read(): Promise<SharedPause | undefined>;
  /** Tells everybody; a longer pause that is known already stays. */
  tell(pause: SharedPause): Promise<void>;
  /** Removes a record that no longer has an effect. Default: it stays. */
  discard?(): Promise<void>;
}

/** No service asks for more: see `retryAfterMs`. */
const longestPauseMs = 24 * 3600 * 1000;

/** Milliseconds by which a record may be ahead of this clock: clocks are adjusted by small steps all the time. */
const clockStepMs = 1000;

/**
 * Could the record have been written by a sane clock? One from the future was written while the clock was wrong, and
 * one that pauses for more than a day is damaged: neither may stop anything.
 * @param now milliseconds since the epoch
 */
export function isCredible({ pausedUntil, toldAt }: SharedPause, now: number): boolean {
  return toldAt <= now + clockStepMs && pausedUntil - toldAt <= longestPauseMs;
}

/** Pauses in a record of a store. A store that fails costs only the sharing. */
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

/** Undefined unless there is a pause; what an older version did not write counts as nothing. */
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
