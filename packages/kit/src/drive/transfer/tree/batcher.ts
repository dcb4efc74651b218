/** Collects items and sends them in batches. */

/** Options of {@link batcher}. */
export interface BatcherOptions<T> {
  /** Items in one batch. */
  readonly maxBatch: number;
  /** Batches in flight before `add` waits. Default: unlimited. */
  readonly maxInFlight?: number | undefined;
  /** Sends one batch. Must not throw: it reports the outcome to each item. */
  readonly send: (batch: readonly T[]) => Promise<void>;
}

/** Collects items and sends them in batches of `maxBatch`. */
export interface Batcher<T> {
  /** Queues an item; resolves when another one can be added. */
  add(item: T): Promise<void>;
  /** Sends the pending items; resolves when all batches have been sent. */
  flush(): Promise<void>;
}

/** Returns a batcher without items. */
export function batcher<T>({ maxBatch, maxInFlight, send }: BatcherOptions<T>): Batcher<T> {
  let pending: T[] = [];
  const inFlight = new Set<Promise<void>>();
  const sendPending = () => {
    if (pending.length === 0) return;
    const request: Promise<void> = send(pending).finally(() => inFlight.delete(request));
    pending = [];
    inFlight.add(request);
  };
  return {
    async add(item) {
      pending.push(item);
      if (pending.length >= maxBatch) sendPending();
      while (maxInFlight !== undefined && inFlight.size >= maxInFlight) await Promise.race(inFlight);
    },
    async flush() {
      sendPending();
      await Promise.all(inFlight);
    },
  };
}
