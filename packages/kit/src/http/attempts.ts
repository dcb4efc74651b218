/**
 * What a caller remembers of the attempts of one request. A request whose answer was lost is sent again, and the second
 * attempt may meet what the first one did: 409 for a folder that it created, 404 for an item that it deleted.
 */

/** The memory of one request. */
export interface Attempts {
  /** May an earlier attempt have been carried out? */
  readonly unclear: boolean;
  /** Milliseconds since the first attempt began; undefined while none is unclear, and where no clock is known. */
  sinceFirst(): number | undefined;
  /** For `HttpRequest.onUnclear`. */
  readonly note: (sinceFirst?: () => number) => void;
}

/** Nothing was sent yet. */
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
