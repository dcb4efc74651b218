/** One turn of the event loop: how the manual clock lets everything that is ready to run, run, before time moves on. */

/** Resolves after every promise reaction that is due now, and one round of the event loop. */
export function eventLoopTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}
