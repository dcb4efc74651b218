/**
 * Time as a parameter: retries, pacing, token expiry and the embedded server all take a Clock, so tests never
 * sleep.
 */

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /**
   * Resolves after `ms` milliseconds.
   * @throws `signal.reason` when aborted, at once.
   */
  sleep(ms: number, options?: { readonly signal?: AbortSignal | undefined }): Promise<void>;
}
