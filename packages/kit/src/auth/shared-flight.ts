/**
 * One piece of work that many callers wait for. A caller that gives up stops waiting; the work itself is aborted only
 * when nobody waits any more, so that one cancelled request cannot take the token from all others.
 */

export interface Flight<T, A> {
  /**
   * Waits for the work under way, or starts it with `argument`.
   * @throws what the work throws; `signal.reason` when aborted.
   */
  join(argument: A, signal: AbortSignal | undefined): Promise<T>;
}

interface Running<T> {
  readonly outcome: Promise<T>;
  readonly controller: AbortController;
  waiting: number;
}

/** Makes `work` a flight that callers share. */
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
          // Nobody is left to tell: whoever comes next starts anew instead of joining what is being aborted.
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
