/** A bell wakes whoever sleeps beside it, and remembers that it rang while nobody did. */

/** One sleeper at a time. */
export interface Bell {
  /** Wakes the sleeper, who will find that it rang. */
  readonly ring: () => void;
  /** Wakes the sleeper to look at the time again. */
  readonly stir: () => void;
  /** Wakes the sleeper with an error; from now on {@link Bell.rang} throws it. */
  fail(error: unknown): void;
  /** Whether it rang since this was last asked. @throws what {@link Bell.fail} was given. */
  rang(): boolean;
  /** Runs `sleep` until it is over or something wakes it. @throws `signal.reason` when aborted, and what `sleep` throws of itself. */
  beside(sleep: (woken: AbortSignal) => Promise<void>, signal: AbortSignal | undefined): Promise<void>;
}

/** A silent one. */
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
      // Not AbortSignal.any: a watch sleeps many thousand times beside one signal, which would remember them all.
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
