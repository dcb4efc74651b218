/**
 * Downloads a file into a sink: streamed, in one or several byte ranges, hashed while it arrives, resumed after errors and
 * after the end of a process, verified at the end. Either the sink commits exactly the file that the service has, or an
 * error is thrown.
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
import type { DownloadOptions } from './download-options.ts';
import {
  type DownloadState,
  divide,
  hashOf,
  newSpan,
  resumedSpans,
  type Span,
  saveProgress,
  writtenEnd,
} from './download-state.ts';
import type { ByteSpan } from './expected-ranges.ts';
import type { FileSink } from './file-sink.ts';
import { type DownloadRecord, isResumable, type JournalEntry, openEntry } from './journal.ts';
import { withOfferedHash } from './offered-hash.ts';
import { randomTag } from './path-sink.ts';
import { RestartDownload, readSpans } from './read-spans.ts';
import type { TransferResult } from './upload.ts';
import { verdictOf } from './verify.ts';

/** Downloads of fewer bytes are not worth a record of their own: the wire uploads as much in one request. */
function minJournalSize({ provider }: DriveContext): number {
  return Math.min(4 << 20, provider.capabilities.putLimit);
}

/**
 * Downloads a file.
 * @throws OneDriveError `not-found`; `not-supported` for folders and OneNote packages; `range`; `local-file`;
 * `integrity` if the bytes do not match the item: the part file is then kept under another name, which the error reports.
 * With a journal, a download that a temporary error or an abort stopped is resumed by the same call.
 */
export async function download(
  context: DriveContext,
  target: Target,
  sink: FileSink,
  options: DownloadOptions = {},
): Promise<TransferResult> {
  const ref = resolve(target, options.as);
  const entry = await openRecord(context, ref, sink, options);
  let state: DownloadState | undefined;
  try {
    const partTag = await partTagOf(context, ref, sink, { entry, options });
    const storedBytes =
      partTag === undefined ? undefined : await sink.reopen?.(partTag, entry?.previous !== undefined);
    if (storedBytes === undefined) await sink.prepare();
    const item = await behind(context, options.item ?? (await stat(context, ref, options)), options);
    requireFile(item);
    state = await initialState(
      { context, sink, options, target: ref, entry, partTag, item },
      storedBytes ?? 0,
    );
    await saveProgress(state);
    return await downloadAll(state);
  } catch (error) {
    await cleanUp({ state, entry, sink, signal: options.signal }, error);
    throw error;
  } finally {
    await entry?.release();
  }
}

/** The journal entry of the download, if there is a journal and the sink can be found again. */
async function openRecord(
  context: DriveContext,
  target: ItemRef,
  { identity, reopen }: FileSink,
  { range, item, tree, signal }: DownloadOptions,
): Promise<JournalEntry<DownloadRecord> | undefined> {
  const { world } = context;
  if (world.journal === undefined || identity === undefined || reopen === undefined) return undefined;
  const isCoveredByTree =
    tree !== undefined && (item?.size ?? Number.POSITIVE_INFINITY) < minJournalSize(context);
  if (range !== undefined || isCoveredByTree) return undefined;
  const location = { local: identity, target, signal };
  return await openEntry<DownloadRecord>(world.journal, 'download', location, () => world.clock.now());
}

/**
 * The random part of the name of the part file. It is saved in the record before the file is created, so that no crash
 * leaves a part file without a record.
 */
async function partTagOf(
  context: DriveContext,
  target: ItemRef,
  sink: FileSink,
  { entry, options }: Pick<DownloadState, 'entry' | 'options'>,
): Promise<string | undefined> {
  if (entry === undefined) return options.partTag;
  if (entry.previous !== undefined) return entry.previous.part ?? entry.id;
  const partTag = randomTag(context.world.random, 8);
  const { durable } = sink;
  const emptyRecord = { remote: describeItem(target), size: 0, done: 0, tag: '', spans: [] };
  await entry.save({ ...emptyRecord, target, durable, part: partTag, tree: options.tree });
  return partTag;
}

async function initialState(
  parts: Pick<DownloadState, 'context' | 'sink' | 'options' | 'target' | 'entry' | 'partTag' | 'item'>,
  storedBytes: number,
): Promise<DownloadState> {
  const { context, sink, options, target, entry, partTag, item } = parts;
  const range = options.range === undefined ? undefined : spanOf(options.range, item.size ?? 0);
  const resumed = await resumedSpans(entry?.previous, item, sink, storedBytes);
  if (resumed === undefined && storedBytes > 0) await sink.restart?.();
  const spans = resumed ?? firstSpans(parts, range);
  const loaded = spans.reduce((sum, { start, position }) => sum + position - start, 0);
  const now = context.world.clock.now();
  return {
    // Named one by one: after a spread V8 takes 1.5 microseconds for each further property.
    context,
    sink,
    options,
    target,
    entry,
    partTag,
    item,
    spans,
    base: range?.start ?? 0,
    end: range?.end,
    isResumed: resumed !== undefined,
    contentETag: resumed && entry?.previous?.contentTag,
    isAllocated: false,
    downloadUrl: undefined,
    renewal: undefined,
    activeSpans: 0,
    loaded,
    savedAt: now,
    isSaving: false,
    lastScaledAt: now,
    loadedWhenScaled: loaded,
  };
}

function firstSpans(
  { item, options, sink }: Pick<DownloadState, 'item' | 'options' | 'sink'>,
  range: ByteSpan | undefined,
): Span[] {
  const parts = sink.positional === true ? (options.ranges ?? 1) : 1;
  if (range !== undefined) return divide(range.start, range.end, parts);
  // A single span has no end: the content is read whole, whatever its current size.
  return parts > 1 && item.size !== undefined ? divide(0, item.size, parts) : [newSpan(0, undefined)];
}

interface Failed {
  readonly state: DownloadState | undefined;
  readonly entry: JournalEntry<DownloadRecord> | undefined;
  readonly sink: FileSink;
  readonly signal: AbortSignal | undefined;
}

/** After a failure: keeps what can be resumed, and removes everything else. */
async function cleanUp({ state, entry, sink, signal }: Failed, error: unknown): Promise<void> {
  const canResume = signal?.aborted === true || isResumable(error);
  // It failed before it started: what an earlier process left is still usable.
  if (state === undefined && canResume && entry?.previous !== undefined)
    return await sink.suspend?.(Number.POSITIVE_INFINITY);
  if (state?.entry !== undefined && canResume) {
    // If the record cannot be saved, there is nothing to resume, and the first error is the one to report.
    const isSaved = await saveProgress(state).catch(() => false);
    const hasBytes = state.spans.some(({ start, written }) => written > start);
    if (isSaved) return await (hasBytes ? sink.suspend?.(writtenEnd(state.spans)) : sink.abort());
  }
  await sink.abort();
  await entry?.clear();
}

/** @throws OneDriveError `not-supported` for an item without content. */
export function requireFile(item: DriveItem): void {
  const name = JSON.stringify(item.name);
  switch (itemKind(item)) {
    case 'file':
      return;
    case 'folder':
      throw new OneDriveError('not-supported', `${name} is a folder, which has no content to download.`, {
        hint: { step: 'operation', operation: 'getTree', to: 'download everything in it' },
      });
    case 'package':
      throw new OneDriveError(
        'not-supported',
        `${name} is a package, such as a OneNote notebook, which has no content to download.`,
        { hint: 'Open it in its application, such as OneNote, or export it there.' },
      );
    case 'remote':
      throw new OneDriveError(
        'not-supported',
        `${name} is a shortcut to an item of another drive, and the service does not name its target.`,
        {
          hint: 'Open it in a browser.',
        },
      );
  }
}

async function downloadAll(state: DownloadState): Promise<TransferResult> {
  for (let restarts = 0; ; restarts++) {
    try {
      await readSpans(state);
      return await finish(state);
    } catch (error) {
      if (!(error instanceof RestartDownload) || restarts >= 3)
        throw error instanceof RestartDownload ? error.cause : error;
      await restartDownload(state);
    }
  }
}

async function restartDownload(state: DownloadState): Promise<void> {
  await state.sink.restart?.();
  const spans = [newSpan(0, undefined)];
  Object.assign(state, {
    spans,
    loaded: 0,
    contentETag: undefined,
    isResumed: false,
    isAllocated: false,
  } satisfies Partial<DownloadState>);
}

async function finish(state: DownloadState): Promise<TransferResult> {
  const { context, sink, options, spans, entry } = state;
  const size = spans.reduce((sum, { start, written }) => sum + written - start, 0);
  const isPart = options.range !== undefined;
  const hash = isPart ? undefined : hashOf(spans);
  const verdictNow = () => (hash === undefined ? 'size-only' : verdictOf({ size, hash }, state.item));
  if (hash !== undefined)
    state.item = await withOfferedHash(context.provider, state.item, { size, hash }, options);
  let verdict = verdictNow();
  if (verdict === 'mismatch') {
    // The file may have been replaced between the request for the item and the request for its content.
    const hadHash = state.item.file?.hashes?.quickXorHash !== undefined;
    state.item = await context.provider.item(refOf(state.item), { signal: options.signal });
    verdict = verdictNow();
    // A response without the hash that an earlier one had was damaged; it is not accepted as "no hash".
    if (hadHash && verdict === 'size-only') verdict = 'mismatch';
  }
  if (verdict === 'mismatch' && (options.keepMismatch !== true || state.isResumed)) {
    // The bytes of the earlier process may be the wrong ones.
    if (state.isResumed)
      throw new RestartDownload('The bytes of the earlier process are wrong.', {
        cause: mismatchError(state, size),
      });
    throw mismatchError(state, size, await sink.setAside?.(writtenEnd(spans)));
  }
  const { item } = state;
  const modified = Date.parse(item.fileSystemInfo?.lastModifiedDateTime ?? item.lastModifiedDateTime ?? '');
  await sink.commit({ modifiedMs: Number.isNaN(modified) ? undefined : modified, size });
  await entry?.clear();
  return { item, verdict, size, hash };
}

function mismatchError({ item }: DownloadState, size: number, asidePath?: string): OneDriveError {
  return new OneDriveError(
    'integrity',
    `The ${size} bytes downloaded of ${JSON.stringify(item.name)} do not match the size or the hash that the service reports (${item.size ?? '?'} bytes).`,
    {
      hint: `${asidePath === undefined ? 'Nothing was kept.' : `They are kept in ${asidePath}.`} Download it again.`,
    },
  );
}
