/** Mutual exclusion between the tasks of a process and between processes. */

export interface Lock {
  /**
   * Waits for the lock called `name`.
   * @returns a function that releases it; calling it twice is harmless.
   * @throws `signal.reason` when aborted while waiting.
   */
  acquire(
    name: string,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<() => Promise<void>>;
}
