/** Runs one task at a time per key, within this process: requests for the same upload session run one after the other. */

export type KeyedMutex = <T>(key: string, task: () => Promise<T>) => Promise<T>;

/** A new mutex. */
export function keyedMutex(): KeyedMutex {
  const lastTasks = new Map<string, Promise<unknown>>();
  return async (key, task) => {
    const before = lastTasks.get(key) ?? Promise.resolve();
    const mine = before.then(task, task);
    const settled = mine.catch(() => {});
    lastTasks.set(key, settled);
    try {
      return await mine;
    } finally {
      if (lastTasks.get(key) === settled) lastTasks.delete(key);
    }
  };
}
