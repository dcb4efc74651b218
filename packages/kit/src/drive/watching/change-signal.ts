/** What cuts the wait between two questions for changes short: a clock alone never does, a channel that tells does. */
import type { Clock } from '../../platform/clock.ts';

/** Waits for changes. */
export interface ChangeSignal {
  /**
   * Resolves after `ms` milliseconds, or as soon as there may be changes, also those since the last wait.
   * @throws `signal.reason` when aborted, at once.
   */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A signal that tells nothing: every wait lasts. */
export function untold(clock: Clock): ChangeSignal {
  return { wait: (ms, signal) => clock.sleep(ms, { signal }) };
}
