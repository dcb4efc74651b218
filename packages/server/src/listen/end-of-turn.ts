/** The end of a turn of the event loop, when what has come on all sockets by now has been handled. */

let coming: Promise<void> | undefined;

/**
 * Resolves when this turn ends, for all who wait at once. Answers that are written together cost half of what they cost
 * one by one: each write wakes the client anew, and each wake-up costs the system as much as the rest of a small request.
 */
export function endOfTurn(): Promise<void> {
  coming ??= new Promise((resolve) => {
    setImmediate(() => {
      coming = undefined;
      resolve();
    });
  });
  return coming;
}
