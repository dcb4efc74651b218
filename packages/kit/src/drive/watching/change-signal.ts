/** Shortens the wait between two delta requests: a clock never does, a notification channel does. */
import type { Clock } from '../../platform/clock.ts';

/** Waits for changes. */
export interface ChangeSignal {
  /**
   * Resolves after `ms` milliseconds, or as soon as there may be changes, including those since the last
   * wait.
   * @throws `signal.reason` when aborted, at once.
   */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A signal without notifications: every wait has its full length. */
export function untold(clock: Clock): ChangeSignal {
  return { wait: (ms, signal) => clock.sleep(ms, { signal }) };
}
