/** One upload or download, reported with the events of a tree transfer: for a progress display or a log. */
import type { Target } from '../address/target.ts';
import type { DriveContext } from '../world.ts';
import type { UploadInput } from './accepted-input.ts';
import { download } from './download.ts';
import type { DownloadOptions } from './download-options.ts';
import type { FileSink } from './file-sink.ts';
import type { TransferEvent } from './tree/events.ts';
import { type WorkerPool, withWorkerPool } from './tree/worker-pool.ts';
import { type TransferResult, type UploadOptions, upload } from './upload.ts';

type WithoutProgress<O> = Omit<O, 'onProgress'>;

/**
 * Uploads content and reports its progress as events.
 * @returns `started`, `progress` …, `done` or `failed`, and a `summary`; a failure is an event.
 * @throws `signal.reason` if aborted, from the iteration.
 */
export function uploadEvents(
  context: DriveContext,
  input: UploadInput,
  folder: Target,
  options: WithoutProgress<UploadOptions> = {},
): AsyncGenerator<TransferEvent, void, undefined> {
  const sourceName = typeof input === 'object' && 'name' in input ? input.name : undefined;
  const size = typeof input === 'object' && 'size' in input ? input.size : undefined;
  const { signal } = options;
  return transferEvents(context, { path: options.name ?? sourceName ?? '', size, signal }, (pool, path) =>
    upload(context, input, folder, {
      ...options,
      signal: pool.signal,
      onProgress: ({ loaded, total }) => pool.progress(path, loaded, total),
    }),
  );
}

/**
 * Downloads a file and reports its progress as events.
 * @param target its last name is the `path` of the events; an id is used as it is.
 * @returns as {@link uploadEvents}. @throws `signal.reason` if aborted, from the iteration.
 */
export function downloadEvents(
  context: DriveContext,
  target: Target,
  sink: FileSink,
  options: WithoutProgress<DownloadOptions> = {},
): AsyncGenerator<TransferEvent, void, undefined> {
  const name = typeof target === 'string' ? target : target.path.at(-1);
  const { signal, item } = options;
  return transferEvents(context, { path: name ?? '', size: item?.size, signal }, (pool, path) =>
    download(context, target, sink, {
      ...options,
      signal: pool.signal,
      onProgress: ({ loaded, total }) => pool.progress(path, loaded, total),
    }),
  );
}

/** The facts known before a transfer starts. */
export interface TransferStart {
  readonly path: string;
  readonly size: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Runs a transfer of any kind and yields its events. @throws `signal.reason` if aborted, from the iteration. */
export function transferEvents(
  { world: { clock } }: DriveContext,
  { path, size, signal }: TransferStart,
  transfer: (pool: WorkerPool, path: string) => Promise<TransferResult>,
): AsyncGenerator<TransferEvent, void, undefined> {
  const produce = (pool: WorkerPool) =>
    pool.submit(path, async () => {
      await pool.emit({ type: 'started', path, size });
      const { item, ...done } = await transfer(pool, path);
      await pool.emit({ type: 'done', path, ...done, item });
    });
  return withWorkerPool({ clock, signal, transfers: 1 }, produce, async () => {});
}
