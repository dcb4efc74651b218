/** Serializes requests that must not overlap: two copies of a fragment would write the same bytes. */

const lastTasks = new Map<string, Promise<unknown>>();

/** Runs `task` after all earlier tasks with the same name have ended. */
export async function oneAtATime<T>(name: string, task: () => Promise<T>): Promise<T> {
  const before = lastTasks.get(name) ?? Promise.resolve();
  const run = before.then(task, task);
  const settled = run.catch(() => undefined);
  lastTasks.set(name, settled);
  try {
    return await run;
  } finally {
    if (lastTasks.get(name) === settled) lastTasks.delete(name);
  }
}
