/**
 * What the answer to a repeated request means. When an earlier attempt may have been carried out, a refusal of the next
 * one can be the trace of its success; then the result is looked up.
 */
import { type ErrorCode, isOneDriveError } from '../errors/index.ts';
import { type Attempts, attempts } from './attempts.ts';

/** How a repeated call is judged. */
export interface Repeated<T> {
  /** Errors that the success of an earlier attempt causes in a later one. */
  readonly traces: readonly ErrorCode[];
  /** The result of an earlier attempt, looked up; undefined where there is none. */
  readonly result: (memory: Attempts) => Promise<T | undefined>;
}

/**
 * Runs a call that may be repeated.
 * @returns what the call returns, or the result of an attempt whose answer was lost.
 * @throws what the call throws, also where looking up the result fails.
 */
export async function repeatable<T>(
  call: (memory: Attempts) => Promise<T>,
  { traces, result }: Repeated<T>,
): Promise<T> {
  const memory = attempts();
  try {
    return await call(memory);
  } catch (error) {
    if (!memory.unclear || !isOneDriveError(error) || !traces.includes(error.code)) throw error;
    const standing = await result(memory).catch((failure: unknown) => {
      if (!isOneDriveError(failure)) throw failure;
      return undefined;
    });
    if (standing === undefined) throw error;
    return standing;
  }
}

/** Runs a deletion: after an attempt whose answer was lost, an item that is not there was deleted. Throws as the call. */
export async function repeatableDeletion(call: (memory: Attempts) => Promise<void>): Promise<void> {
  const memory = attempts();
  try {
    await call(memory);
  } catch (error) {
    if (!memory.unclear || !isOneDriveError(error) || error.code !== 'not-found') throw error;
  }
}
