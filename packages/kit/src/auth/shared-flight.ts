/**
 * One operation that many callers wait for. A caller that aborts stops waiting; the operation itself is
 * aborted only when no caller waits any more, so that one canceled request does not cost all others their
 * token.
 */

export interface Flight<T, A> {
  /**
   * Waits for the operation in progress, or starts it with `argument`.
   * @throws the error of the operation; `signal.reason` when aborted.
   */
  join(argument: A, signal: AbortSignal | undefined): Promise<T>;
}

interface Running<T> {
  readonly outcome: Promise<T>;
  readonly controller: AbortController;
  waiting: number;
}

/** Shares `work` among concurrent callers. */
export function sharedFlight<T, A>(work: (argument: A, signal: AbortSignal) => Promise<T>): Flight<T, A> {
  let running: Running<T> | undefined;
  const start = (argument: A): Running<T> => {
    const controller = new AbortController();
    const outcome = work(argument, controller.signal);
    const flight: Running<T> = { outcome, controller, waiting: 0 };
    const land = (): void => {
      if (running === flight) running = undefined;
    };
    outcome.then(land, land);
    return flight;
  };
  return {
    async join(argument, signal) {
      running ??= start(argument);
      const flight = running;
      flight.waiting++;
      try {
        return await orAborted(flight.outcome, signal);
      } finally {
        flight.waiting--;
        if (flight.waiting === 0 && running === flight) {
          // No caller is left, so the next one starts a new operation instead of joining the aborted one.
          running = undefined;
          flight.controller.abort(signal?.reason);
        }
      }
    },
  };
}

function orAborted<T>(outcome: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return outcome;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    outcome.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
