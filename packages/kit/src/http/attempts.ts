/**
 * Tracks the attempts of one request. A request whose response was lost is sent again, and the second attempt
 * may find the result of the first one: 409 for a folder that it created, 404 for an item that it deleted.
 */

/** The attempts of one request so far. */
export interface Attempts {
  /** Whether an earlier attempt may have taken effect. */
  readonly unclear: boolean;
  /**
   * Milliseconds since the first attempt began; undefined if no attempt has an unclear outcome or there is no
   * clock.
   */
  sinceFirst(): number | undefined;
  /** Pass this as `HttpRequest.onUnclear`. */
  readonly note: (sinceFirst?: () => number) => void;
}

/** The state before the first attempt. */
export function attempts(): Attempts {
  let unclear = false;
  let elapsed: (() => number) | undefined;
  return {
    get unclear() {
      return unclear;
    },
    sinceFirst: () => elapsed?.(),
    note(sinceFirst) {
      unclear = true;
      elapsed ??= sinceFirst;
    },
  };
}
