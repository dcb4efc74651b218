/** A stream that may never say another word, such as a terminal, must not hold up Ctrl-C. */

/** The chunks of `stream`. @throws `signal.reason` when aborted, also while a chunk is waited for. */
export async function* abortable<T>(
  stream: AsyncIterable<T>,
  signal: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  const chunks = stream[Symbol.asyncIterator]();
  let onAbort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason as Error);
  });
  aborted.catch(() => undefined); // raced below, where somebody waits
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
    // Not waited for: the chunk that was asked for last may never come.
    if (!ended) void chunks.return?.().catch(() => undefined);
  }
}
