/**
 * Downloading a file into a sink: streamed, in one byte range or several at a time, hashed on the way, resumed where
 * the connection or the process broke, checked at the end. What is given to the sink for good is the file as the
 * service has it, or an error is thrown.
 */
import { OneDriveError } from '../../errors/index.ts';
import type { ItemRef } from '../../graph/item-ref.ts';
import { describeItem } from '../../graph/item-ref-forms.ts';
import type { DriveItem } from '../../graph/types/index.ts';
import { resolve, type Target } from '../address/target.ts';
import { itemKind } from '../item-kind.ts';
import { refOf } from '../provider/item-home.ts';
import { behind, stat } from '../stat.ts';
import type { DriveContext } from '../world.ts';
import { spanOf } from './byte-range.ts';
import {
  type Course,
  divide,
  hashOf,
  inheritedSpans,
  newSpan,
  type Span,
  saveProgress,
  writtenEnd,
} from './download-course.ts';
import type { DownloadOptions } from './download-options.ts';
import type { ByteSpan } from './expected-ranges.ts';
import type { FileSink } from './file-sink.ts';
import { type DownloadRecord, isResumable, type JournalEntry, openEntry } from './journal.ts';
import { withOfferedHash } from './offered-hash.ts';
import { randomTag } from './path-sink.ts';
import { readSpans, StartAgain } from './read-spans.ts';
import type { TransferResult } from './upload.ts';
import { verdictOf } from './verify.ts';

/** Bytes below which a download has no middle worth coming back to: what the wire takes in one request the other way. */
function journalFrom({ provider }: DriveContext): number {
  return Math.min(4 << 20, provider.capabilities.putLimit);
}

/**
 * Downloads a file.
 * @throws OneDriveError `not-found`; `not-supported` for folders and OneNote packages; `range`; `local-file`;
 * `integrity` when the bytes are not those that the service describes: a part file is then kept aside, and named.
 * Where there is a journal, what a passing fault or an abort leaves is gone on with by the same call.
 */
export async function download(
  context: DriveContext,
  target: Target,
  sink: FileSink,
  options: DownloadOptions = {},
): Promise<TransferResult> {
  const at = resolve(target, options.as);
  const entry = await entryOf(context, at, sink, options);
  let course: Course | undefined;
  try {
    const part = await partTagOf(context, at, sink, { entry, options });
    const kept = part === undefined ? undefined : await sink.reopen?.(part, entry?.previous !== undefined);
    if (kept === undefined) await sink.prepare();
    const item = await behind(context, options.item ?? (await stat(context, at, options)), options);
    refuseOther(item);
    course = await courseOf({ context, sink, options, target: at, entry, part, item }, kept ?? 0);
    await saveProgress(course);
    return await fetchAll(course);
  } catch (error) {
    await leave({ course, entry, sink, signal: options.signal }, error);
    throw error;
  } finally {
    await entry?.release();
  }
}

/** The download's place in the journal, where there is one and the sink can be found again. */
async function entryOf(
  context: DriveContext,
  target: ItemRef,
  { identity, reopen }: FileSink,
  { range, item, tree, signal }: DownloadOptions,
): Promise<JournalEntry<DownloadRecord> | undefined> {
  const { world } = context;
  if (world.journal === undefined || identity === undefined || reopen === undefined) return undefined;
  const covered = tree !== undefined && (item?.size ?? Number.POSITIVE_INFINITY) < journalFrom(context);
  if (range !== undefined || covered) return undefined;
  const where = { local: identity, target, signal };
  return await openEntry<DownloadRecord>(world.journal, 'download', where, () => world.clock.now());
}

/**
 * The random part of the part file's name. It is in the record before the file is there, so that no crash leaves a file
 * that no record knows.
 */
async function partTagOf(
  context: DriveContext,
  target: ItemRef,
  sink: FileSink,
  { entry, options }: Pick<Course, 'entry' | 'options'>,
): Promise<string | undefined> {
  if (entry === undefined) return options.partTag;
  if (entry.previous !== undefined) return entry.previous.part ?? entry.id;
  const part = randomTag(context.world.random, 8);
  const { durable } = sink;
  const nothing = { remote: describeItem(target), size: 0, done: 0, tag: '', spans: [] };
  await entry.save({ ...nothing, target, durable, part, tree: options.tree });
  return part;
}

async function courseOf(
  parts: Pick<Course, 'context' | 'sink' | 'options' | 'target' | 'entry' | 'part' | 'item'>,
  kept: number,
): Promise<Course> {
  const { context, sink, options, target, entry, part, item } = parts;
  const range = options.range === undefined ? undefined : spanOf(options.range, item.size ?? 0);
  const known = await inheritedSpans(entry?.previous, item, sink, kept);
  if (known === undefined && kept > 0) await sink.restart?.();
  const spans = known ?? firstSpans(parts, range);
  const loaded = spans.reduce((sum, { start, position }) => sum + position - start, 0);
  const now = context.world.clock.now();
  return {
    // Named one by one: a spread that others follow takes V8 a microsecond and a half for each of those.
    context,
    sink,
    options,
    target,
    entry,
    part,
    item,
    spans,
    base: range?.start ?? 0,
    end: range?.end,
    inherited: known !== undefined,
    contentTag: known && entry?.previous?.contentTag,
    allocated: false,
    place: undefined,
    renewal: undefined,
    reading: 0,
    loaded,
    savedAt: now,
    saving: false,
    grownAt: now,
    grownFrom: loaded,
  };
}

function firstSpans(
  { item, options, sink }: Pick<Course, 'item' | 'options' | 'sink'>,
  range: ByteSpan | undefined,
): Span[] {
  const parts = sink.positional === true ? (options.ranges ?? 1) : 1;
  if (range !== undefined) return divide(range.start, range.end, parts);
  // One span has no end of its own: whatever the content is by now, it is read whole.
  return parts > 1 && item.size !== undefined ? divide(0, item.size, parts) : [newSpan(0, undefined)];
}

interface Failed {
  readonly course: Course | undefined;
  readonly entry: JournalEntry<DownloadRecord> | undefined;
  readonly sink: FileSink;
  readonly signal: AbortSignal | undefined;
}

/** After a failure: keeps what can be gone on with, and no trace of anything else. */
async function leave({ course, entry, sink, signal }: Failed, error: unknown): Promise<void> {
  const goesOn = signal?.aborted === true || isResumable(error);
  // It failed before it had begun: what an earlier process left is as good as before.
  if (course === undefined && goesOn && entry?.previous !== undefined)
    return await sink.suspend?.(Number.POSITIVE_INFINITY);
  if (course?.entry !== undefined && goesOn) {
    // Where not even this can be written there is nothing to go on with, and the first error is the one to tell.
    const saved = await saveProgress(course).catch(() => false);
    const came = course.spans.some(({ start, written }) => written > start);
    if (saved) return await (came ? sink.suspend?.(writtenEnd(course.spans)) : sink.abort());
  }
  await sink.abort();
  await entry?.clear();
}

function refuseOther(item: DriveItem): void {
  const name = JSON.stringify(item.name);
  switch (itemKind(item)) {
    case 'file':
      return;
    case 'folder':
      throw new OneDriveError('not-supported', `${name} is a folder: it has no content of its own.`, {
        hint: 'To download everything in it: get -r on the command line, getTree in the library.',
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
      throw new OneDriveError(
        'not-supported',
        `${name} is a shortcut to an item of another drive, and the service does not tell to which.`,
        {
          hint: 'Open it in a browser.',
        },
      );
  }
}

async function fetchAll(course: Course): Promise<TransferResult> {
  for (let again = 0; ; again++) {
    try {
      await readSpans(course);
      return await finish(course);
    } catch (error) {
      if (!(error instanceof StartAgain) || again >= 3)
        throw error instanceof StartAgain ? error.cause : error;
      await startAgain(course);
    }
  }
}

async function startAgain(course: Course): Promise<void> {
  await course.sink.restart?.();
  const spans = [newSpan(0, undefined)];
  Object.assign(course, { spans, loaded: 0, contentTag: undefined, inherited: false, allocated: false });
}

async function finish(course: Course): Promise<TransferResult> {
  const { context, sink, options, spans, entry } = course;
  const size = spans.reduce((sum, { start, written }) => sum + written - start, 0);
  const part = options.range !== undefined;
  const hash = part ? undefined : hashOf(spans);
  const judge = () => (hash === undefined ? 'size-only' : verdictOf({ size, hash }, course.item));
  if (hash !== undefined)
    course.item = await withOfferedHash(context.provider, course.item, { size, hash }, options);
  let verdict = judge();
  if (verdict === 'mismatch') {
    // It may have been replaced between the look at it and the bytes of it.
    const offered = course.item.file?.hashes?.quickXorHash !== undefined;
    course.item = await context.provider.item(refOf(course.item), { signal: options.signal });
    verdict = judge();
    // An answer without the hash that was offered before was damaged, and excuses nothing.
    if (offered && verdict === 'size-only') verdict = 'mismatch';
  }
  if (verdict === 'mismatch' && (options.keepMismatch !== true || course.inherited)) {
    // What an earlier process left may be what is wrong.
    if (course.inherited) throw new StartAgain('What was kept is wrong.', { cause: mismatch(course, size) });
    throw mismatch(course, size, await sink.setAside?.(writtenEnd(spans)));
  }
  const { item } = course;
  const modified = Date.parse(item.fileSystemInfo?.lastModifiedDateTime ?? item.lastModifiedDateTime ?? '');
  await sink.commit({ modifiedMs: Number.isNaN(modified) ? undefined : modified, size });
  await entry?.clear();
  return { item, verdict, size, hash };
}

function mismatch({ item }: Course, size: number, aside?: string): OneDriveError {
  const what = `The ${size} bytes that came of ${JSON.stringify(item.name)}`;
  return new OneDriveError(
    'integrity',
    `${what} are not those that the service describes (${item.size ?? '?'} bytes, or another hash).`,
    {
      hint: `${aside === undefined ? 'Nothing was kept.' : `They are kept in ${aside}.`} Download it again.`,
    },
  );
}
