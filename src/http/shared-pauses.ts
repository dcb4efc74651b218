/**
 * A pause that one process was asked to make, told to all others of the same profile: the service throttles the
 * account, not the process. One small record; written only when somebody is throttled, read now and then.
 */
import { isOneDriveError } from '../errors/index.ts';
import type { Store } from '../platform/store.ts';

/** What processes tell each other. */
export interface SharedPause {
  /** Nobody starts before, in milliseconds since the epoch. */
  readonly pausedUntil: number;
  /** Requests at a time that whoever was throttled goes on with. */
  readonly window: number;
}

/** Where they tell it. */
export interface SharedPauses {
  /** Until when everybody waits, in milliseconds since the epoch. */
  read(): Promise<SharedPause | undefined>;
  /** Tells everybody to wait until then. */
  tell(pause: SharedPause): Promise<void>;
}

/** Pauses in a record of a store. A store that fails costs only the sharing. */
export function storedPauses(store: Store, key: string): SharedPauses {
  const read = async () => {
    try {
      const stored = await store.read(key);
      const value: unknown = stored === undefined ? undefined : JSON.parse(stored.text);
      return isPause(value) ? value : undefined;
    } catch (error) {
      if (isOneDriveError(error) || error instanceof SyntaxError) return undefined;
      throw error;
    }
  };
  return {
    read,
    async tell(pause) {
      const known = await read();
      if (known !== undefined && known.pausedUntil >= pause.pausedUntil) return;
      await store.write(key, JSON.stringify(pause)).catch(() => undefined);
    },
  };
}

function isPause(value: unknown): value is SharedPause {
  if (typeof value !== 'object' || value === null) return false;
  const { pausedUntil, window } = value as Partial<SharedPause>;
  return Number.isFinite(pausedUntil) && Number.isFinite(window);
}
