/** Runs an action on each object in turn. A failure is reported and sets the exit status, but does not stop the others. */
import type { Context } from '../context.ts';
import { exitCodes } from '../definition/exit-codes.ts';
import { report } from '../errors.ts';
import { hintFor } from './error-hints.ts';

/** A failure of one object among several. */
export interface Failure {
  readonly object: string;
  readonly error: unknown;
}

/**
 * Runs `act` on each object, in order. With a single object its failure is thrown, as by every other command.
 * @returns 0 without failures, their exit status if they have the same one, else 1.
 */
export async function onEach(
  context: Context,
  objects: readonly string[],
  act: (object: string) => Promise<void>,
): Promise<number> {
  const failures: Failure[] = [];
  for (const object of objects) {
    context.signal.throwIfAborted();
    try {
      await act(object);
    } catch (error) {
      if (objects.length === 1 || context.signal.aborted) throw error;
      failures.push({ object, error });
      await reportFailure(context, error);
    }
  }
  return statusOf(context, failures);
}

/** Writes the message of a failure that does not stop the command. */
export async function reportFailure(context: Context, error: unknown): Promise<void> {
  const { text } = report(error, {
    ...context.flags,
    hint: await hintFor(context, error),
    now: context.clock.now(),
  });
  if (text !== '') await context.streams.stderr.write(text);
}

/** The exit status for these failures. */
export function statusOf({ flags }: Context, failures: readonly Failure[]): number {
  const codes = new Set(failures.map(({ error }) => report(error, flags).exitCode));
  const [first = exitCodes.ok] = codes;
  return codes.size > 1 ? exitCodes.failure : first;
}
