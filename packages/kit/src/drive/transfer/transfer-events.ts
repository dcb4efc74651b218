/** One upload or download, told as the same events as a whole tree: what a progress display or a log reads. */
import type { Target } from '../address/target.ts';
import type { DriveContext } from '../world.ts';
import { download } from './download.ts';
import type { DownloadOptions } from './download-options.ts';
import type { FileSink } from './file-sink.ts';
import type { UploadInput } from './file-source.ts';
import type { TransferEvent } from './tree/events.ts';
import { type WorkerPool, withWorkerPool } from './tree/worker-pool.ts';
import { type TransferResult, type UploadOptions, upload } from './upload.ts';

type Told<O> = Omit<O, 'onProgress'>;

/**
 * Uploads a content and tells of it.
 * @returns `started`, `progress` …, `done` or `failed`, and a `summary`; a failure is an event.
 * @throws `signal.reason` when aborted, from the iteration.
 */
export function uploadEvents(
  context: DriveContext,
  input: UploadInput,
  folder: Target,
  options: Told<UploadOptions> = {},
): AsyncGenerator<TransferEvent, void, undefined> {
  const own = typeof input === 'object' && 'name' in input ? input.name : undefined;
  const size = typeof input === 'object' && 'size' in input ? input.size : undefined;
  const { signal } = options;
  return transferEvents(context, { path: options.name ?? own ?? '', size, signal }, (crew, path) =>
    upload(context, input, folder, {
      ...options,
      signal: crew.signal,
      onProgress: ({ loaded, total }) => crew.progress(path, loaded, total),
    }),
  );
}

/**
 * Downloads a file and tells of it.
 * @param target its last name is the `path` of the events; an id stands for itself.
 * @returns as {@link uploadEvents}. @throws `signal.reason` when aborted, from the iteration.
 */
export function downloadEvents(
  context: DriveContext,
  target: Target,
  sink: FileSink,
  options: Told<DownloadOptions> = {},
): AsyncGenerator<TransferEvent, void, undefined> {
  const name = typeof target === 'string' ? target : target.path.at(-1);
  const { signal, item } = options;
  return transferEvents(context, { path: name ?? '', size: item?.size, signal }, (crew, path) =>
    download(context, target, sink, {
      ...options,
      signal: crew.signal,
      onProgress: ({ loaded, total }) => crew.progress(path, loaded, total),
    }),
  );
}

/** What is known of a transfer before it begins. */
export interface OneTransfer {
  readonly path: string;
  readonly size: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/** One transfer of any kind, told as events. @throws `signal.reason` when aborted, from the iteration. */
export function transferEvents(
  { world: { clock } }: DriveContext,
  { path, size, signal }: OneTransfer,
  transfer: (crew: WorkerPool, path: string) => Promise<TransferResult>,
): AsyncGenerator<TransferEvent, void, undefined> {
  const scout = (crew: WorkerPool) =>
    crew.submit(path, async () => {
      await crew.emit({ type: 'started', path, size });
      const { item, ...done } = await transfer(crew, path);
      await crew.emit({ type: 'done', path, ...done, item });
    });
  return withWorkerPool({ clock, signal, transfers: 1 }, scout, async () => {});
}
