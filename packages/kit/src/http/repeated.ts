/**
 * Interprets the response to a repeated request. If an earlier attempt may have taken effect, an error of the
 * next attempt may mean that the earlier one succeeded; then the result is looked up.
 */
import { type ErrorCode, isOneDriveError } from '../errors/index.ts';
import { type Attempts, attempts } from './attempts.ts';

/** How to interpret a repeated call. */
export interface Repeated<T> {
  /** Errors of a later attempt that the success of an earlier one causes. */
  readonly traces: readonly ErrorCode[];
  /** Looks up the result of an earlier attempt; undefined if there is none. */
  readonly result: (memory: Attempts) => Promise<T | undefined>;
}

/**
 * Runs a call that may be repeated.
 * @returns the result of the call, or the result of an earlier attempt whose response was lost.
 * @throws the error of the call, also if looking up the result fails.
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

/**
 * Runs a deletion: if the response of an earlier attempt was lost, a missing item means that it was deleted.
 * Throws like the call.
 */
export async function repeatableDeletion(call: (memory: Attempts) => Promise<void>): Promise<void> {
  const memory = attempts();
  try {
    await call(memory);
  } catch (error) {
    if (!memory.unclear || !isOneDriveError(error) || error.code !== 'not-found') throw error;
  }
}
