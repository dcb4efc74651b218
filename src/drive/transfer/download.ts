/**
 * Downloading a file into a sink: streamed, hashed on the way, resumed where the connection breaks, checked at the
 * end. What is given to the sink for good is the file as the service has it, or an error is thrown.
 */
import { GraphError, isOneDriveError, OneDriveError } from '../../errors/index.ts';
import { itemById } from '../../graph/item-ref-forms.ts';
import type { DriveItem } from '../../graph/types/index.ts';
import { itemKind } from '../item-kind.ts';
import type { OnProgress } from '../progress.ts';
import type { ContentStream } from '../provider.ts';
import { stat } from '../stat.ts';
import type { DriveOptions, Target } from '../target.ts';
import type { DriveContext } from '../world.ts';
import { type ByteRange, spanOf } from './byte-range.ts';
import { afterBreak } from './download-state.ts';
import type { FileSink } from './file-sink.ts';
import { gatherWriter } from './gather-writer.ts';
import { hashOnTheWay } from './hash-on-the-way.ts';
import type { TransferResult } from './upload.ts';
import { verdictOf } from './verify.ts';

/** How to download. */
export interface DownloadOptions extends DriveOptions {
  /** Only these bytes; they cannot be checked by a hash. */
  readonly range?: ByteRange | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/** One download under way. */
interface Course {
  readonly context: DriveContext;
  readonly sink: FileSink;
  readonly options: DownloadOptions;
  item: DriveItem;
  place: string | undefined;
  /** Names the state of the content that was begun, where the server tells. */
  version: string | undefined;
  start: number;
  /** One past the last byte wanted; undefined for all there are. */
  end: number | undefined;
  /** The next byte. */
  position: number;
  strikes: number;
  /** What came so far is of no use: begin again. */
  restart: boolean;
}

/**
 * Downloads a file.
 * @throws OneDriveError `not-found`; `not-supported` for folders and OneNote packages; `range`; `local-file`;
 * `integrity` when the bytes are not those that the service describes. The sink is then as if nothing had been.
 */
export async function download(
  context: DriveContext,
  target: Target,
  sink: FileSink,
  options: DownloadOptions = {},
): Promise<TransferResult> {
  try {
    await sink.prepare();
    const item = await stat(context, target, options);
    refuseOther(item);
    const span = options.range === undefined ? undefined : spanOf(options.range, item.size ?? 0);
    const start = span?.start ?? 0;
    const course: Course = {
      ...{ context, sink, options, item, start, end: span?.end },
      ...{ place: undefined, version: undefined, position: start, strikes: 0, restart: false },
    };
    return await fetchAll(course);
  } catch (error) {
    await sink.abort();
    throw error;
  }
}

function refuseOther(item: DriveItem): void {
  const name = JSON.stringify(item.name);
  switch (itemKind(item)) {
    case 'file':
      return;
    case 'folder':
      throw new OneDriveError('not-supported', `${name} is a folder: it has no content of its own.`, {
        hint: 'Download the files in it.',
      });
    case 'package':
      throw new OneDriveError(
        'not-supported',
        `${name} is a ${item.package?.type ?? ''} package (a OneNote notebook): the service gives it out to its own application only.`.replace(
          '  ',
          ' ',
        ),
        { hint: 'Open it in OneNote, or export it there.' },
      );
    case 'remote':
      throw new OneDriveError('not-supported', `${name} is a shortcut to an item of another drive.`, {
        hint: 'Download it from that drive.',
      });
  }
}

async function fetchAll(course: Course): Promise<TransferResult> {
  const { sink, options } = course;
  const hash = hashOnTheWay();
  let written = course.start;
  const writer = gatherWriter(async (piece) => {
    if (options.range === undefined) hash.add(written, piece);
    await sink.write(piece, written - course.start);
    written += piece.byteLength;
  });
  try {
    while (!(await readOn(course, writer.push))) {
      if (!course.restart) continue;
      await writer.clear();
      await sink.restart?.();
      hash.restart();
      written = course.start;
      Object.assign(course, { restart: false, version: undefined, position: course.start });
    }
    await writer.flush();
  } finally {
    await writer.release();
  }
  return await finish(course, hash.digest());
}

/** Reads until the end (true) or a break that can be mended (false). */
async function readOn(course: Course, push: (chunk: Uint8Array) => Promise<void>): Promise<boolean> {
  const from = course.position;
  try {
    await readOnce(course, push);
    return true;
  } catch (error) {
    course.options.signal?.throwIfAborted();
    if (course.position > from) course.strikes = 0;
    await mend(course, error);
    return false;
  }
}

async function readOnce(course: Course, push: (chunk: Uint8Array) => Promise<void>): Promise<void> {
  const { context, options, position, start, end, version } = course;
  const { signal, onProgress } = options;
  if (course.item.size === 0) return;
  course.place ??= await context.provider.contentPlace(course.item, { signal });
  const ifMatch = position > start ? version : undefined;
  const stream = await context.provider.readContent(course.place, { start: position, end, ifMatch, signal });
  course.version ??= stream.version;
  const total = end ?? stream.total ?? course.item.size;
  for await (const chunk of wanted(stream, position, end)) {
    await push(chunk);
    course.position += chunk.byteLength;
    onProgress?.({
      phase: 'download',
      loaded: course.position - start,
      total: total === undefined ? undefined : total - start,
    });
  }
  if (course.position < (end ?? stream.total ?? 0)) {
    throw new OneDriveError('network', 'The content ended before its last byte.');
  }
}

/** The chunks from `position` to `end`: a server may ignore the range and send everything. */
async function* wanted(
  stream: ContentStream,
  position: number,
  end: number | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (stream.start > position)
    throw new OneDriveError('protocol', 'The server sent another part of the content than was asked for.');
  let at = stream.start;
  for await (const chunk of stream.body) {
    const from = Math.max(0, position - at);
    const to = end === undefined ? chunk.byteLength : Math.min(chunk.byteLength, end - at);
    if (from < to) yield from === 0 && to === chunk.byteLength ? chunk : chunk.subarray(from, to);
    at += chunk.byteLength;
    if (end !== undefined && at >= end) return;
  }
}

/** Makes ready for the next try, or throws what broke. */
async function mend(course: Course, error: unknown): Promise<void> {
  if (!isOneDriveError(error)) throw error;
  const answered = error instanceof GraphError ? error : undefined;
  const { code } = error;
  const step = afterBreak(
    { code, status: answered?.status, codes: answered?.codes ?? [], retryAfterMs: answered?.retryAfterMs },
    {
      begun: course.position > course.start,
      restartable: course.sink.restart !== undefined,
      strikes: course.strikes,
    },
  );
  if (step.kind === 'fail') throw error;
  course.strikes += 1;
  const { context, options } = course;
  if (step.wait > 0) await context.world.clock.sleep(step.wait, { signal: options.signal });
  if (step.kind !== 'again') await renew(course, step.kind === 'restart', error);
}

async function renew(course: Course, restart: boolean, cause: OneDriveError): Promise<void> {
  const { context, options, sink, item } = course;
  const fresh = await context.provider.item(itemById(item.id), { signal: options.signal });
  course.item = fresh;
  course.place = undefined;
  const changed = restart || (fresh.cTag ?? fresh.eTag) !== (item.cTag ?? item.eTag);
  if (!changed || course.position === course.start) return;
  if (sink.restart === undefined || options.range !== undefined) {
    throw new OneDriveError('precondition', `${JSON.stringify(item.name)} changed while it was downloaded.`, {
      cause,
      hint: 'What came so far is of the old content. Download it again.',
    });
  }
  course.restart = true;
}

async function finish(course: Course, hash: string): Promise<TransferResult> {
  const { context, sink, options, start, position } = course;
  const size = position - start;
  const part = options.range !== undefined;
  let verdict = part ? 'size-only' : verdictOf({ size, hash }, course.item);
  if (verdict === 'mismatch') {
    // It may have been replaced between the look at it and the bytes of it.
    course.item = await context.provider.item(itemById(course.item.id), { signal: options.signal });
    verdict = verdictOf({ size, hash }, course.item);
  }
  const { item } = course;
  if (verdict === 'mismatch') {
    throw new OneDriveError(
      'integrity',
      `The ${size} bytes that came of ${JSON.stringify(item.name)} are not those that the service describes (${item.size ?? '?'} bytes, or another hash).`,
      { hint: 'Nothing was kept. Download it again.' },
    );
  }
  const modified = Date.parse(item.fileSystemInfo?.lastModifiedDateTime ?? item.lastModifiedDateTime ?? '');
  await sink.commit({ modifiedMs: Number.isNaN(modified) ? undefined : modified });
  return { item, verdict, size, hash: part ? undefined : hash };
}
