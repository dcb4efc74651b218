/** The end of a turn of the event loop, when all data that has arrived on sockets has been handled. */

let coming: Promise<void> | undefined;

/**
 * Resolves at the end of this turn, for all callers together. Responses that are written together cost half as much as
 * single ones: each write wakes the client, and each wake-up costs the system as much as the rest of a small request.
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
