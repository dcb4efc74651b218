/** An abort of its own that follows another one, for work that many signals begin and end beside. */

/** What {@link followingAbort} gives. */
export interface FollowingAbort {
  readonly signal: AbortSignal;
  /** Aborts here, not there. */
  abort(reason: unknown): void;
  /** Follows no longer; to be called when the work is over. */
  leave(): void;
}

/**
 * Aborts when `outer` does, with its reason. Unlike `AbortSignal.any` it leaves nothing behind when it is over, and
 * costs a third of it: several are made for each request.
 */
export function followingAbort(outer: AbortSignal | undefined): FollowingAbort {
  const own = new AbortController();
  const follow = () => own.abort(outer?.reason);
  if (outer?.aborted === true) follow();
  else outer?.addEventListener('abort', follow, { once: true });
  return {
    signal: own.signal,
    abort: (reason) => own.abort(reason),
    leave: () => outer?.removeEventListener('abort', follow),
  };
}
