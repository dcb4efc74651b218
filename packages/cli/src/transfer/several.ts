/** Combines the transfers of several sources into one stream of events, with one summary. */
import { emptySummary, type TransferEvent } from 'onedrive-kit/drive';
import { addEvent } from 'onedrive-kit/internal/drive/transfer/tree/events';
import type { Clock } from 'onedrive-kit/platform';

/** One source of a transfer. */
export interface TransferSource {
  /** The source as typed, for a failure before its first event. */
  readonly label: string;
  /** Put in front of the paths of its events: the name of a folder. '' for none. */
  readonly prefix: string;
  /** Opens the source and returns its events. */
  open(): AsyncIterable<TransferEvent> | Promise<AsyncIterable<TransferEvent>>;
}

export interface SeveralOptions {
  readonly clock: Pick<Clock, 'now'>;
  readonly signal: AbortSignal;
  /** The number of sources that are transferred at the same time. */
  readonly transfers: number;
}

/**
 * The events of all sources as they arrive, then one `summary`. The failure of a source does not stop the others.
 * @throws `signal.reason` if aborted, from the iteration.
 */
export async function* severalEvents(
  sources: readonly TransferSource[],
  { clock, signal, transfers }: SeveralOptions,
): AsyncGenerator<TransferEvent, void, undefined> {
  const started = clock.now();
  let summary = emptySummary;
  const runs = sources.map((source) => () => eventsOf(source, signal));
  for await (const event of merged(runs, transfers)) {
    summary = addEvent(summary, event);
    yield event;
  }
  yield { type: 'summary', ...summary, elapsed: clock.now() - started };
}

async function* eventsOf(
  { label, prefix, open }: TransferSource,
  signal: AbortSignal,
): AsyncGenerator<TransferEvent, void, undefined> {
  try {
    signal.throwIfAborted();
    for await (const event of await open()) if (event.type !== 'summary') yield below(prefix, event);
  } catch (error) {
    if (signal.aborted) throw error;
    yield { type: 'failed', path: label, error };
  }
}

function below(prefix: string, event: TransferEvent): TransferEvent {
  if (prefix === '' || !('path' in event)) return event;
  return { ...event, path: event.path === '' ? prefix : `${prefix}/${event.path}` };
}

/** Runs at most `limit` generators at the same time. */
async function* merged<T>(
  runs: readonly (() => AsyncGenerator<T, void, undefined>)[],
  limit: number,
): AsyncGenerator<T, void, undefined> {
  const waiting = [...runs];
  const active = new Map<AsyncGenerator<T, void, undefined>, Promise<Step<T>>>();
  const advance = (run: AsyncGenerator<T, void, undefined>) =>
    active.set(
      run,
      run.next().then((result) => ({ run, result })),
    );
  try {
    for (;;) {
      for (const start of waiting.splice(0, limit - active.size)) advance(start());
      if (active.size === 0) return;
      const { run, result } = await Promise.race(active.values());
      active.delete(run);
      if (result.done === true) continue;
      advance(run);
      yield result.value;
    }
  } finally {
    await Promise.allSettled([...active.keys()].map((run) => run.return()));
  }
}

interface Step<T> {
  readonly run: AsyncGenerator<T, void, undefined>;
  readonly result: IteratorResult<T, void>;
}
