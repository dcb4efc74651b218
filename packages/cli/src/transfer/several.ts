/** Combines the transfers of several sources into one stream of events, with one summary. */
import { emptySummary, foldName, type TransferEvent } from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import { addEvent } from 'onedrive-kit/internal/drive/transfer/tree/events';
import type { Clock } from 'onedrive-kit/platform';

/** One source of a transfer. */
export interface TransferSource {
  /** The source as typed, for a failure before its first event. */
  readonly label: string;
  /** The name at the target; '' if it is the content of a folder, or if it is not known. */
  readonly name: string;
  /** It is a folder: its name is put in front of the paths of its events. Default: false. */
  readonly isFolder?: boolean | undefined;
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
  const runs = withoutClashes(sources).map((source) => () => eventsOf(source, signal));
  for await (const event of merged(runs, transfers)) {
    summary = addEvent(summary, event);
    yield event;
  }
  yield { type: 'summary', ...summary, elapsed: clock.now() - started };
}

/** Of several sources with one name, all but the first fail: they would replace each other. */
function withoutClashes(sources: readonly TransferSource[]): readonly TransferSource[] {
  const first = new Map<string, string>();
  return sources.map((source) => {
    const key = foldName(source.name);
    const other = source.name === '' ? undefined : first.get(key);
    if (other === undefined) first.set(key, source.label);
    return other === undefined ? source : { ...source, open: () => Promise.reject(clash(source, other)) };
  });
}

function clash({ label, name }: TransferSource, other: string): OneDriveError {
  return new OneDriveError('conflict', `${label} has the same name as ${other}: ${name}.`, {
    hint: 'Transfer it with a command of its own, under another name.',
  });
}

async function* eventsOf(
  source: TransferSource,
  signal: AbortSignal,
): AsyncGenerator<TransferEvent, void, undefined> {
  const { label, name, isFolder } = source;
  try {
    signal.throwIfAborted();
    for await (const event of await source.open())
      if (event.type !== 'summary') yield below(isFolder === true ? name : '', event);
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
