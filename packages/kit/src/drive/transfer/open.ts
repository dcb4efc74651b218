/** A download that its reader pulls: the content of a file as a web stream. */
import type { DriveItem } from '../../graph/types/index.ts';
import type { Target } from '../address/target.ts';
import { behind, stat } from '../stat.ts';
import type { DriveContext } from '../world.ts';
import { spanOf } from './byte-range.ts';
import { download, requireFile } from './download.ts';
import type { DownloadOptions } from './download-options.ts';
import { streamSink } from './file-sink.ts';

/** A file that is open for reading. */
export interface OpenedFile {
  readonly item: DriveItem;
  /** Number of bytes that the stream has, unless the file changes. */
  readonly size: number;
  /** The bytes. It ends with an error if they do not match the hash that the service reports. */
  readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>;
}

/**
 * Opens a file for reading. The content is requested with the first read, and arrives only as fast as it is read;
 * cancelling the stream stops the download.
 * @param options `range` selects bytes; `signal` aborts the stream, too.
 * @throws OneDriveError `not-found`; `not-supported` for folders and packages; `range`. The stream fails as `download` does.
 * @example
 * const { item, size, stream } = await drive.open('video.mp4', { range: { first: 0, last: 1023 } });
 * return new Response(stream, { status: 206, headers: { 'content-length': String(size) } });
 */
export async function open(
  context: DriveContext,
  target: Target,
  options: DownloadOptions = {},
): Promise<OpenedFile> {
  const item = await behind(context, options.item ?? (await stat(context, target, options)), options);
  requireFile(item);
  const span = options.range === undefined ? undefined : spanOf(options.range, item.size ?? 0);
  const size = span === undefined ? (item.size ?? 0) : span.end - span.start;
  return { item, size, stream: contentStream(context, target, { ...options, item }) };
}

function contentStream(
  context: DriveContext,
  target: Target,
  options: DownloadOptions,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  let isStarted = false;
  /** Resolves when the reader wants more. */
  let wanted: () => void = () => {};
  let demand = Promise.resolve();
  signal.addEventListener('abort', () => wanted(), { once: true });
  const start = (controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>) => {
    isStarted = true;
    const sink = streamSink(async (bytes) => {
      await demand;
      signal.throwIfAborted();
      demand = new Promise((resolve) => {
        wanted = resolve;
      });
      controller.enqueue(bytes.slice());
    });
    download(context, target, sink, { ...options, signal }).then(
      () => {
        if (!stop.signal.aborted) controller.close();
      },
      (error: unknown) => {
        if (!stop.signal.aborted) controller.error(error);
      },
    );
  };
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        if (isStarted) wanted();
        else start(controller);
      },
      cancel: (reason) => stop.abort(reason),
    },
    { highWaterMark: 0 },
  );
}
