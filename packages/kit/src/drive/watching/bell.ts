/** A signal that wakes one sleeping task, and is remembered if no task is sleeping. */

/** For one sleeper at a time. */
export interface Bell {
  /** Wakes the sleeper and sets the signal. */
  readonly ring: () => void;
  /** Wakes the sleeper without setting the signal, to check the time again. */
  readonly stir: () => void;
  /** Wakes the sleeper with an error; from now on {@link Bell.rang} throws it. */
  fail(error: unknown): void;
  /** Whether the signal was set since the last call. @throws the error of {@link Bell.fail}. */
  rang(): boolean;
  /**
   * Runs `sleep` until it ends or the bell wakes it. @throws `signal.reason` when aborted, and errors of
   * `sleep`.
   */
  beside(sleep: (woken: AbortSignal) => Promise<void>, signal: AbortSignal | undefined): Promise<void>;
}

/** Creates a bell that has not rung. */
export function bell(): Bell {
  let rang = false;
  let failure: { readonly error: unknown } | undefined;
  let sleeper = new AbortController();
  const stir = (): void => {
    sleeper.abort();
    sleeper = new AbortController();
  };
  return {
    stir,
    ring() {
      rang = true;
      stir();
    },
    fail(error) {
      failure = { error };
      stir();
    },
    rang() {
      if (failure !== undefined) throw failure.error;
      const heard = rang;
      rang = false;
      return heard;
    },
    async beside(sleep, signal) {
      signal?.throwIfAborted();
      // Not AbortSignal.any: a watch sleeps many thousand times with one signal, which would keep all of
      // them.
      signal?.addEventListener('abort', stir, { once: true });
      const woken = sleeper.signal;
      try {
        await sleep(woken);
      } catch (error) {
        if (!woken.aborted) throw error;
      } finally {
        signal?.removeEventListener('abort', stir);
      }
      signal?.throwIfAborted();
    },
  };
}
