/**
 * The reading half of a download: every span by requests of its own, broken ones continued, expired addresses renewed,
 * and more spans where one alone is slow.
 */
import { GraphError, isOneDriveError, LiveError, OneDriveError } from '../../errors/index.ts';
import { followingAbort } from '../../platform/following-abort.ts';
import { refOf } from '../provider/item-home.ts';
import type { ContentStream } from '../provider/provider.ts';
import { type Course, newSpan, noteProgress, type Span, tagOf } from './download-course.ts';
import { afterBreak } from './download-state.ts';
import { gatherWriter } from './gather-writer.ts';
import { isLongPause } from './long-pause.ts';

/** Thrown through the readers of all spans: the content is another one, or what was kept of it is wrong. */
export class StartAgain extends Error {}

/** Reads all spans, at once, until each is done; a failure of one stops the others. */
export async function readSpans(course: Course): Promise<void> {
  const { signal: outer } = course.options;
  const stop = followingAbort(outer);
  const { signal } = stop;
  let failure: { readonly error: unknown } | undefined;
  const readers: Promise<void>[] = [];
  const start = (span: Span) => {
    course.reading += 1;
    const reader = readSpan(course, span, { signal, start }).catch((error: unknown) => {
      failure ??= { error };
      stop.abort(error);
    });
    readers.push(reader.finally(() => (course.reading -= 1)));
  };
  for (const span of course.spans) start(span);
  // A span that splits adds a reader while its own still runs, so none is missed.
  for (const reader of readers) await reader;
  stop.leave();
  if (failure !== undefined) {
    outer?.throwIfAborted();
    throw failure.error;
  }
}

interface SpanReading {
  readonly signal: AbortSignal;
  /** Reads another span beside this one. */
  readonly start: (span: Span) => void;
}

async function readSpan(course: Course, span: Span, reading: SpanReading): Promise<void> {
  const whole = course.options.range === undefined;
  const writer = gatherWriter(async (piece) => {
    if (whole) span.hash.update(piece);
    await course.sink.write(piece, span.written - course.base);
    span.written += piece.byteLength;
    await noteProgress(course);
  });
  try {
    while (!(await readOn(course, span, reading, writer.push)));
    await writer.flush();
  } catch (error) {
    // What has come is kept, if it can be: it need not come again.
    await writer.flush().catch(() => undefined);
    throw error;
  } finally {
    await writer.release();
  }
}

type Push = (chunk: Uint8Array) => Promise<void>;

/** Reads until the end (true) or a break that was mended (false). */
async function readOn(course: Course, span: Span, reading: SpanReading, push: Push): Promise<boolean> {
  const from = span.position;
  const used = course.place;
  try {
    await readOnce(course, span, reading, push);
    return true;
  } catch (error) {
    reading.signal.throwIfAborted();
    if (span.position > from) span.strikes = 0;
    await mend(course, span, { error, used, signal: reading.signal });
    return false;
  }
}

async function readOnce(course: Course, span: Span, reading: SpanReading, push: Push): Promise<void> {
  const { context, options, item } = course;
  const { signal } = reading;
  if (item.size === 0 || span.position === span.end) return;
  course.place ??= await context.provider.contentPlace(item, { signal });
  const { position, end } = span;
  const ifMatch = position > 0 || course.spans.length > 1 ? course.contentTag : undefined;
  const stream = await context.provider.readContent(course.place, { start: position, end, ifMatch, signal });
  course.contentTag ??= stream.version;
  const total = stream.total ?? item.size;
  if (stream.total !== undefined && span.end !== undefined) span.end = Math.min(span.end, stream.total);
  await allocateOnce(course, stream.total);
  for await (const chunk of wanted(stream, span)) {
    refuseExcess(course, span.position + chunk.byteLength);
    await push(chunk);
    span.position += chunk.byteLength;
    course.loaded += chunk.byteLength;
    const whole = course.end ?? total;
    options.onProgress?.({ phase: 'download', loaded: course.loaded, total: whole && whole - course.base });
    splitWhereSlow(course, span, total, reading);
  }
  if (span.position < (span.end ?? stream.total ?? item.size ?? 0)) {
    throw new OneDriveError('network', 'The content ended before its last byte.');
  }
}

/** Bytes by which a content may exceed its listed size: Office documents grow a little, and some photos are listed wrong. */
const excess = { bytes: 1 << 20, share: 0.1 };

/** @throws OneDriveError `integrity` when more comes than was announced. */
function refuseExcess({ item, options }: Course, position: number): void {
  if (item.size === undefined || options.range !== undefined) return;
  const most = item.size + Math.max(excess.bytes, item.size * excess.share);
  if (position <= most) return;
  throw new OneDriveError(
    'integrity',
    `${JSON.stringify(item.name)} is listed with ${item.size} bytes, and the server sends more than ${Math.floor(most)}.`,
    { hint: 'Nothing was kept. Download it again.' },
  );
}

/** Only what both the item and the content announce is allocated: either alone may be wrong by any amount. */
async function allocateOnce(course: Course, total: number | undefined): Promise<void> {
  const { sink, item, entry, options } = course;
  if (entry === undefined || options.range !== undefined || course.allocated) return;
  if (total === undefined || total !== item.size || total < allocateFrom) return;
  course.allocated = true;
  await sink.allocate?.(total);
}

/** Bytes from which a file is allocated before it is written. */
const allocateFrom = 4 << 20;

/**
 * Milliseconds after which one more range is tried, bytes that make one worth it, how many there may be, and the bytes
 * a second below which the line may be the reason: what is faster is held up by this machine.
 */
const growth = { everyMs: 1000, least: 8 << 20, most: 4, slow: 64 << 20 };

/** A transfer that is still under way after a while may have a slow line to itself: half of the rest goes to another. */
function splitWhereSlow(course: Course, span: Span, total: number | undefined, { start }: SpanReading): void {
  const { sink, options, context } = course;
  if (sink.positional !== true || options.ranges !== undefined || course.reading >= growth.most) return;
  const now = context.world.clock.now();
  const end = span.end ?? total;
  if (now - course.grownAt < growth.everyMs || end === undefined || end - span.position < 2 * growth.least)
    return;
  const rate = ((course.loaded - course.grownFrom) / (now - course.grownAt)) * 1000;
  course.grownAt = now;
  course.grownFrom = course.loaded;
  if (rate > growth.slow) return;
  const middle = span.position + Math.floor((end - span.position) / 2);
  const rest = newSpan(middle, end);
  span.end = middle;
  course.spans.push(rest);
  start(rest);
}

/** The chunks of a span: a server may ignore the range and send everything. */
async function* wanted(stream: ContentStream, span: Span): AsyncGenerator<Uint8Array, void, undefined> {
  const { position } = span;
  if (stream.start > position)
    throw new OneDriveError('protocol', 'The server sent another part of the content than was asked for.');
  let at = stream.start;
  for await (const chunk of stream.body) {
    const from = Math.max(0, position - at);
    const to = span.end === undefined ? chunk.byteLength : Math.min(chunk.byteLength, span.end - at);
    if (from < to) yield from === 0 && to === chunk.byteLength ? chunk : chunk.subarray(from, to);
    at += chunk.byteLength;
    if (span.end !== undefined && at >= span.end) return;
  }
}

interface Break {
  readonly error: unknown;
  /** The place that was read from. */
  readonly used: string | undefined;
  readonly signal: AbortSignal;
}

/** Makes ready for the next try, or throws what broke. */
async function mend(course: Course, span: Span, { error, used, signal }: Break): Promise<void> {
  if (!isOneDriveError(error) || isLongPause(error)) throw error;
  // More came than was announced: of a file that was replaced meanwhile, or of none.
  if (error.code === 'integrity') {
    await renew(course, false, error);
    return;
  }
  const answered = error instanceof GraphError || error instanceof LiveError ? error : undefined;
  const { code } = error;
  const step = afterBreak(
    {
      ...{ code, status: answered?.status, retryAfterMs: answered?.retryAfterMs },
      codes: error instanceof GraphError ? error.codes : [],
    },
    { begun: course.loaded > 0, restartable: course.sink.restart !== undefined, strikes: span.strikes },
  );
  if (step.kind === 'fail') throw error;
  span.strikes += 1;
  if (step.wait > 0) await course.context.world.clock.sleep(step.wait, { signal });
  if (step.kind === 'again' || (step.kind === 'renew' && used !== undefined && course.place !== used)) return;
  course.renewal ??= renew(course, step.kind === 'restart', error).finally(
    () => (course.renewal = undefined),
  );
  await course.renewal;
}

async function renew(course: Course, restart: boolean, cause: OneDriveError): Promise<void> {
  const { context, options, sink, item } = course;
  const fresh = await context.provider.item(refOf(item), { signal: options.signal });
  course.item = fresh;
  course.place = undefined;
  const changed = tagOf(fresh) !== tagOf(item);
  if (cause.code === 'integrity' && !changed) throw cause;
  if (!(restart || changed) || course.loaded === 0) return;
  if (sink.restart === undefined || options.range !== undefined) {
    throw new OneDriveError('precondition', `${JSON.stringify(item.name)} changed while it was downloaded.`, {
      cause,
      hint: 'What came so far is of the old content. Download it again.',
    });
  }
  throw new StartAgain('The content changed.', { cause });
}
