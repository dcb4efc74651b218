/**
 * The reading half of a download: requests each span, continues after failures, renews expired URLs, and adds spans if one
 * connection is slow.
 */
import { GraphError, isOneDriveError, LiveError, OneDriveError } from '../../errors/index.ts';
import { followingAbort } from '../../platform/following-abort.ts';
import { refOf } from '../provider/item-home.ts';
import type { ContentStream } from '../provider/provider.ts';
import { bufferedWriter } from './buffered-writer.ts';
import { afterBreak } from './download-retry.ts';
import { type DownloadState, newSpan, type Span, saveProgressIfDue, tagOf } from './download-state.ts';
import { isLongPause } from './long-pause.ts';

/** Stops the readers of all spans: the content has changed, or the bytes of an earlier process are wrong. */
export class RestartDownload extends Error {}

/** Reads all spans concurrently to their ends; the failure of one stops the others. */
export async function readSpans(state: DownloadState): Promise<void> {
  const { signal: outer } = state.options;
  const stop = followingAbort(outer);
  const { signal } = stop;
  let failure: { readonly error: unknown } | undefined;
  const readers: Promise<void>[] = [];
  const startReading = (span: Span) => {
    state.activeSpans += 1;
    const reader = readSpan(state, span, { signal, startReading }).catch((error: unknown) => {
      failure ??= { error };
      stop.abort(error);
    });
    readers.push(reader.finally(() => (state.activeSpans -= 1)));
  };
  for (const span of state.spans) startReading(span);
  // A span that splits adds a reader while its own still runs, so none is missed.
  for (const reader of readers) await reader;
  stop.leave();
  if (failure !== undefined) {
    outer?.throwIfAborted();
    throw failure.error;
  }
}

interface SpanContext {
  readonly signal: AbortSignal;
  /** Starts reading another span beside this one. */
  readonly startReading: (span: Span) => void;
}

async function readSpan(state: DownloadState, span: Span, spanContext: SpanContext): Promise<void> {
  const isWhole = state.options.range === undefined;
  const writer = bufferedWriter(async (piece) => {
    if (isWhole) span.hash.update(piece);
    await state.sink.write(piece, span.written - state.base);
    span.written += piece.byteLength;
    await saveProgressIfDue(state);
  });
  try {
    while (!(await readUntilFailure(state, span, spanContext, writer.push)));
    await writer.flush();
  } catch (error) {
    // The bytes received so far are kept if possible, so that they need not be requested again.
    await writer.flush().catch(() => undefined);
    throw error;
  } finally {
    await writer.release();
  }
}

type Push = (chunk: Uint8Array) => Promise<void>;

/** Reads to the end of the span (true), or to a failure after which reading can continue (false). */
async function readUntilFailure(
  state: DownloadState,
  span: Span,
  spanContext: SpanContext,
  push: Push,
): Promise<boolean> {
  const startPosition = span.position;
  const usedUrl = state.downloadUrl;
  try {
    await readOnce(state, span, spanContext, push);
    return true;
  } catch (error) {
    spanContext.signal.throwIfAborted();
    if (span.position > startPosition) span.failures = 0;
    await recover(state, span, { error, usedUrl, signal: spanContext.signal });
    return false;
  }
}

async function readOnce(
  state: DownloadState,
  span: Span,
  spanContext: SpanContext,
  push: Push,
): Promise<void> {
  const { context, options, item } = state;
  const { signal } = spanContext;
  if (item.size === 0 || span.position === span.end) return;
  state.downloadUrl ??= await context.provider.contentPlace(item, { signal });
  const { position, end } = span;
  const ifMatch = position > 0 || state.spans.length > 1 ? state.contentETag : undefined;
  const stream = await context.provider.readContent(state.downloadUrl, {
    start: position,
    end,
    ifMatch,
    signal,
  });
  state.contentETag ??= stream.version;
  const total = stream.total ?? item.size;
  if (stream.total !== undefined && span.end !== undefined) span.end = Math.min(span.end, stream.total);
  await allocateOnce(state, stream.total);
  for await (const chunk of spanChunks(stream, span)) {
    requireListedSize(state, span.position + chunk.byteLength);
    await push(chunk);
    span.position += chunk.byteLength;
    state.loaded += chunk.byteLength;
    const wantedEnd = state.end ?? total;
    options.onProgress?.({
      phase: 'download',
      loaded: state.loaded,
      total: wantedEnd && wantedEnd - state.base,
    });
    splitIfSlow(state, span, total, spanContext);
  }
  if (span.position < (span.end ?? stream.total ?? item.size ?? 0)) {
    throw new OneDriveError('network', 'The response ended before the last byte of the content.');
  }
}

/** How far content may exceed its listed size: Office documents grow a little, and some photos are listed wrong. */
const sizeTolerance = { bytes: 1 << 20, share: 0.1 };

/** @throws OneDriveError `integrity` if the server sends more than was announced. */
function requireListedSize({ item, options }: DownloadState, position: number): void {
  if (item.size === undefined || options.range !== undefined) return;
  const maxSize = item.size + Math.max(sizeTolerance.bytes, item.size * sizeTolerance.share);
  if (position <= maxSize) return;
  throw new OneDriveError(
    'integrity',
    `${JSON.stringify(item.name)} is listed with ${item.size} bytes, but the server sent more than ${Math.floor(maxSize)}.`,
    { hint: 'Nothing was kept. Download it again.' },
  );
}

/** Allocates only a size that both the item and the response announce: either alone may be wrong by any amount. */
async function allocateOnce(state: DownloadState, total: number | undefined): Promise<void> {
  const { sink, item, entry, options } = state;
  if (entry === undefined || options.range !== undefined || state.isAllocated) return;
  if (total === undefined || total !== item.size || total < minAllocation) return;
  state.isAllocated = true;
  await sink.allocate?.(total);
}

/** Bytes from which a file is allocated before it is written. */
const minAllocation = 4 << 20;

/**
 * When another span is added: after `intervalMs`, if each span keeps at least `minSpan` bytes, up to `maxSpans` spans, and
 * only below `fastRate` bytes a second: above it this machine is the limit, not the connection.
 */
const scaling = { intervalMs: 1000, minSpan: 8 << 20, maxSpans: 4, fastRate: 64 << 20 };

/** If a download is still running after a while, its connection may be slow: half of the rest goes to another span. */
function splitIfSlow(
  state: DownloadState,
  span: Span,
  total: number | undefined,
  { startReading }: SpanContext,
): void {
  const { sink, options, context } = state;
  if (sink.positional !== true || options.ranges !== undefined || state.activeSpans >= scaling.maxSpans)
    return;
  const now = context.world.clock.now();
  const end = span.end ?? total;
  if (
    now - state.lastScaledAt < scaling.intervalMs ||
    end === undefined ||
    end - span.position < 2 * scaling.minSpan
  )
    return;
  const rate = ((state.loaded - state.loadedWhenScaled) / (now - state.lastScaledAt)) * 1000;
  state.lastScaledAt = now;
  state.loadedWhenScaled = state.loaded;
  if (rate > scaling.fastRate) return;
  const middle = span.position + Math.floor((end - span.position) / 2);
  const rest = newSpan(middle, end);
  span.end = middle;
  state.spans.push(rest);
  startReading(rest);
}

/** The chunks of a span: a server may ignore the requested range and send everything. */
async function* spanChunks(stream: ContentStream, span: Span): AsyncGenerator<Uint8Array, void, undefined> {
  const { position: start } = span;
  if (stream.start > start)
    throw new OneDriveError('protocol', 'The server sent another byte range than was requested.');
  let position = stream.start;
  for await (const chunk of stream.body) {
    const from = Math.max(0, start - position);
    const to = span.end === undefined ? chunk.byteLength : Math.min(chunk.byteLength, span.end - position);
    if (from < to) yield from === 0 && to === chunk.byteLength ? chunk : chunk.subarray(from, to);
    position += chunk.byteLength;
    if (span.end !== undefined && position >= span.end) return;
  }
}

interface Failure {
  readonly error: unknown;
  /** The URL that was read from. */
  readonly usedUrl: string | undefined;
  readonly signal: AbortSignal;
}

/** Prepares the next attempt, or throws the error. */
async function recover(state: DownloadState, span: Span, { error, usedUrl, signal }: Failure): Promise<void> {
  if (!isOneDriveError(error) || isLongPause(error)) throw error;
  // The server sent more than announced: either the file was replaced in the meantime, or the response is wrong.
  if (error.code === 'integrity') {
    await renewUrl(state, false, error);
    return;
  }
  const responseError = error instanceof GraphError || error instanceof LiveError ? error : undefined;
  const { code } = error;
  const step = afterBreak(
    {
      ...{ code, status: responseError?.status, retryAfterMs: responseError?.retryAfterMs },
      codes: error instanceof GraphError ? error.codes : [],
    },
    {
      hasWritten: state.loaded > 0,
      isRestartable: state.sink.restart !== undefined,
      failures: span.failures,
    },
  );
  if (step.kind === 'fail') throw error;
  span.failures += 1;
  if (step.wait > 0) await state.context.world.clock.sleep(step.wait, { signal });
  if (
    step.kind === 'retry' ||
    (step.kind === 'renew' && usedUrl !== undefined && state.downloadUrl !== usedUrl)
  )
    return;
  state.renewal ??= renewUrl(state, step.kind === 'restart', error).finally(
    () => (state.renewal = undefined),
  );
  await state.renewal;
}

async function renewUrl(state: DownloadState, mustRestart: boolean, cause: OneDriveError): Promise<void> {
  const { context, options, sink, item } = state;
  const current = await context.provider.item(refOf(item), { signal: options.signal });
  state.item = current;
  state.downloadUrl = undefined;
  const hasChanged = tagOf(current) !== tagOf(item);
  if (cause.code === 'integrity' && !hasChanged) throw cause;
  if (!(mustRestart || hasChanged) || state.loaded === 0) return;
  if (sink.restart === undefined || options.range !== undefined) {
    throw new OneDriveError('precondition', `${JSON.stringify(item.name)} changed while it was downloaded.`, {
      cause,
      hint: 'The bytes received so far belong to the old content. Download it again.',
    });
  }
  throw new RestartDownload('The content changed.', { cause });
}
