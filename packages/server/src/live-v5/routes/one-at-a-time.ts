/** Requests that must not overlap: two copies of a fragment would write into the same bytes. */

const tails = new Map<string, Promise<unknown>>();

/** Runs `task` after every earlier one of the same name has ended. */
export async function oneAtATime<T>(name: string, task: () => Promise<T>): Promise<T> {
  const before = tails.get(name) ?? Promise.resolve();
  const run = before.then(task, task);
  const tail = run.catch(() => undefined);
  tails.set(name, tail);
  try {
    return await run;
  } finally {
    if (tails.get(name) === tail) tails.delete(name);
  }
}
