/** One at a time per key, within this process: two requests for one upload session take turns. */

export type KeyedMutex = <T>(key: string, task: () => Promise<T>) => Promise<T>;

/** A mutex with no keys yet. */
export function keyedMutex(): KeyedMutex {
  const tails = new Map<string, Promise<unknown>>();
  return async (key, task) => {
    const before = tails.get(key) ?? Promise.resolve();
    const mine = before.then(task, task);
    const settled = mine.catch(() => {});
    tails.set(key, settled);
    try {
      return await mine;
    } finally {
      if (tails.get(key) === settled) tails.delete(key);
    }
  };
}
