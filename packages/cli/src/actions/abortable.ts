/** Makes a stream abortable: one that may never yield another chunk, such as a terminal, must not block Ctrl-C. */

/** The chunks of `stream`. @throws `signal.reason` on abort, also while waiting for a chunk. */
export async function* abortable<T>(
  stream: AsyncIterable<T>,
  signal: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  const chunks = stream[Symbol.asyncIterator]();
  let onAbort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason as Error);
  });
  aborted.catch(() => undefined); // handled by the race below
  signal.addEventListener('abort', onAbort, { once: true });
  let ended = false;
  try {
    for (;;) {
      signal.throwIfAborted();
      const next = await Promise.race([chunks.next(), aborted]);
      ended = next.done === true;
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    // Not awaited: the last requested chunk may never arrive.
    if (!ended) void chunks.return?.().catch(() => undefined);
  }
}
