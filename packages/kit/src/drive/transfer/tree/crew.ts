/**
 * Work on many files, so many at a time, told as one stream of events: a scout finds the files, workers take them,
 * whoever reads gets what they say. A reader that leaves stops all of it; one that is slow holds it up, so that no
 * number of files fills the memory.
 */
import type { Clock } from '../../../platform/clock.ts';
import { counted, nothingYet, type TransferEvent } from './events.ts';

export interface CrewOptions {
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** Files at a time. */
  readonly transfers: number;
}

/** What scout and workers are handed. */
export interface Crew {
  /** Says something; resolves when the reader is not too far behind. */
  tell(event: TransferEvent): Promise<void>;
  /** Progress, when the last word on this file was a while ago. */
  progress(path: string, loaded: number, total: number | undefined): void;
  /**
   * Has a worker do this; resolves when there is room for more. A failure is told as one of `path`. The job's own
   * signal aborts when `signal` does.
   */
  work(path: string, job: (signal: AbortSignal) => Promise<void>): Promise<void>;
  /** Aborts when nobody reads any more. */
  readonly signal: AbortSignal;
}

/** Events that may wait to be read. */
const mostWaiting = 256;
const progressEveryMs = 100;

/**
 * Runs it.
 * @param scout finds the work; when it ends and the workers have ended, so does the stream.
 * @param last runs then, before the summary.
 * @throws what `scout` throws; `signal.reason`.
 */
export async function* withCrew(
  { clock, signal: outer, transfers }: CrewOptions,
  scout: (crew: Crew) => Promise<void>,
  last: (crew: Crew) => Promise<void>,
): AsyncGenerator<TransferEvent, void, undefined> {
  const began = clock.now();
  const stop = new AbortController();
  const signal = outer === undefined ? stop.signal : AbortSignal.any([outer, stop.signal]);
  const line = queue();
  const crew = crewOf({ clock, signal, transfers }, line);
  const all = (async () => {
    try {
      await scout(crew);
    } finally {
      await crew.idle();
    }
    await last(crew);
  })();
  all.then(
    () => line.end(),
    (error: unknown) => line.end({ error }),
  );
  let sum = nothingYet;
  try {
    for await (const event of line.events()) {
      sum = counted(sum, event);
      yield event;
    }
    outer?.throwIfAborted();
    yield { type: 'summary', ...sum, elapsed: clock.now() - began };
  } finally {
    stop.abort();
    line.leave();
    await all.catch(() => undefined);
  }
}

type Line = ReturnType<typeof queue>;

function crewOf({ clock, signal, transfers }: CrewOptions & { signal: AbortSignal }, line: Line) {
  const told = new Map<string, number>();
  let busy = 0;
  let waiting: (() => void)[] = [];
  // One for each worker: Node warns of a leak when many wait for one signal, and one for each file was a quarter of what a file left in memory.
  const hands: AbortController[] = [];
  const free: AbortController[] = [];
  const newHand = () => {
    const hand = new AbortController();
    hands.push(hand);
    return hand;
  };
  signal.addEventListener('abort', () => hands.forEach((hand) => hand.abort(signal.reason)), { once: true });
  const tell = (event: TransferEvent) => line.push(event);
  const oneLess = () => new Promise<void>((resolve) => waiting.push(resolve));
  const ended = () => {
    busy -= 1;
    for (const resolve of waiting) resolve();
    waiting = [];
  };
  const run = async (path: string, job: (signal: AbortSignal) => Promise<void>) => {
    const hand = free.pop() ?? newHand();
    try {
      await job(hand.signal);
    } catch (error) {
      if (!signal.aborted) await tell({ type: 'failed', path, error });
    } finally {
      told.delete(path);
      free.push(hand);
    }
  };
  return {
    signal,
    tell,
    progress(path: string, loaded: number, total: number | undefined) {
      const now = clock.now();
      if (now - (told.get(path) ?? Number.NEGATIVE_INFINITY) < progressEveryMs) return;
      told.set(path, now);
      void tell({ type: 'progress', path, loaded, total });
    },
    async work(path: string, job: (signal: AbortSignal) => Promise<void>) {
      signal.throwIfAborted();
      busy += 1;
      void run(path, job).finally(ended);
      while (busy >= transfers) await oneLess();
    },
    async idle() {
      while (busy > 0) await oneLess();
    },
  };
}

/** Events from many, to one reader. */
function queue() {
  const waiting: TransferEvent[] = [];
  let ended: { readonly error?: unknown } | undefined;
  let left = false;
  const gone = () => left;
  let wake: (() => void) | undefined;
  let room: (() => void)[] = [];
  return {
    async push(event: TransferEvent) {
      if (gone()) return;
      waiting.push(event);
      wake?.();
      while (waiting.length > mostWaiting && !gone())
        await new Promise<void>((resolve) => room.push(resolve));
    },
    end(how: { readonly error?: unknown } = {}) {
      ended = how;
      wake?.();
    },
    leave() {
      left = true;
      for (const resolve of room) resolve();
    },
    async *events(): AsyncGenerator<TransferEvent, void, undefined> {
      for (;;) {
        const event = waiting.shift();
        if (event !== undefined) {
          if (waiting.length === mostWaiting / 2) room = (room.forEach((resolve) => resolve()), []);
          yield event;
        } else if (ended !== undefined) {
          if ('error' in ended) throw ended.error;
          return;
        } else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
