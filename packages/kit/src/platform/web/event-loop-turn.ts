/**
 * One turn of the event loop: with it the manual clock runs everything that is ready before the time moves.
 */

/** Resolves after every promise reaction that is due now, and one turn of the event loop. */
export function eventLoopTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}
