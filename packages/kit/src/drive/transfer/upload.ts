/**
 * Uploading: any content, any size, into a folder under a name. Small content goes in one request, larger content
 * through an upload session; what the service says it holds is compared with what was sent, byte count and hash.
 */
import { OneDriveError } from '../../errors/index.ts';
import type { ItemRef } from '../../graph/item-ref.ts';
import { below, describeItem } from '../../graph/item-ref-forms.ts';
import type { ConflictBehavior, DriveItem, FileSystemInfo } from '../../graph/types/index.ts';
import { streamBody } from '../../http/bodies.ts';
import { checkName } from '../address/item-names.ts';
import { type DriveOptions, resolve, type Target } from '../address/target.ts';
import { explained } from '../explain-missing.ts';
import type { OnProgress } from '../progress.ts';
import { refOf, withHome } from '../provider/item-home.ts';
import type { DriveContext } from '../world.ts';
import { bytesToSend } from './bytes-to-send.ts';
import { type FileSource, sameFingerprint, type UploadInput } from './file-source.ts';
import { hashOnTheWay } from './hash-on-the-way.ts';
import { isResumable, type JournalEntry, openEntry, type UploadRecord } from './journal.ts';
import { withOfferedHash } from './offered-hash.ts';
import { settleSource } from './settle-source.ts';
import { SourceChanged } from './source-changed.ts';
import type { UploadJob } from './upload-job.ts';
import { fitsRecord, uploadNotes } from './upload-notes.ts';
import { planUpload } from './upload-plan.ts';
import { findUploaded, uploadInFragments } from './upload-session.ts';
import { type Verdict, verdictOf } from './verify.ts';

/** How to upload. */
export interface UploadOptions extends DriveOptions {
  /** The name of the item; that of the source unless told. */
  readonly name?: string | undefined;
  /** When the name is taken: `replace` unless told. */
  readonly conflict?: ConflictBehavior | undefined;
  /** Replace only this state of the file (its eTag); else `precondition`. */
  readonly ifMatch?: string | undefined;
  /** Keep the source's times on the item: true unless told. Costs a second request for small files. */
  readonly keepTimes?: boolean | undefined;
  /** Bytes a request carries at most; unless told it adapts between 320 KiB and just under 60 MiB. */
  readonly fragmentSize?: number | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** @internal Id of the tree whose record covers this upload, where it is a small one. */
  readonly tree?: string | undefined;
  /** @internal How the times of a small file are set: many uploads share a request. */
  readonly setTimes?: ((item: DriveItem, times: FileSystemInfo) => Promise<DriveItem>) | undefined;
}

/** What became of a transfer. */
export interface TransferResult {
  readonly item: DriveItem;
  /** `mismatch` only for a download that was to be kept all the same. */
  readonly verdict: Verdict;
  /** Bytes transferred. */
  readonly size: number;
  /** QuickXorHash of them, base64; undefined for a part of a file. */
  readonly hash: string | undefined;
}

/**
 * Uploads a content into a folder.
 * @throws OneDriveError `invalid-name` before anything is read or sent; `conflict`, `precondition`, `quota`;
 * `integrity` when the source changed meanwhile or the service holds other bytes; `local-file`.
 */
export async function upload(
  context: DriveContext,
  input: UploadInput,
  folder: Target,
  options: UploadOptions = {},
): Promise<TransferResult> {
  const name = checkName(nameOf(input, options));
  const at = below(resolve(folder, options.as), name);
  const { signal, onProgress } = options;
  const source = await settleSource(input, context.world, { signal, onProgress });
  let entry: JournalEntry<UploadRecord> | undefined;
  try {
    const plan = planUpload(source.size, context.provider.capabilities, options.fragmentSize);
    // What goes in one request has no middle to go on from: the record of its tree is enough.
    if (plan.kind === 'session' || options.tree === undefined)
      entry = await entryOf(context, source, at, signal);
    return await uploadSettled(context, source, { at, entry }, options);
  } finally {
    await entry?.release();
    await source.close();
  }
}

/** Times that an upload begins anew because its source changed under it. */
const mostRestarts = 3;

/** Begins anew with the source as it is now when it changed meanwhile; what was made of the old state is replaced. */
async function uploadSettled(
  context: DriveContext,
  source: FileSource,
  place: Place,
  options: UploadOptions,
): Promise<TransferResult> {
  let target = options;
  let { at } = place;
  for (let again = 0; ; again++) {
    const fresh = again === 0 ? source : await source.reopen?.();
    if (fresh === undefined) throw sourceChanged(at);
    const mixed: Mixed = { item: undefined };
    try {
      return await uploadOnce(context, fresh, { ...place, asked: place.at, at, mixed }, target);
    } catch (error) {
      options.signal?.throwIfAborted();
      if (!(error instanceof SourceChanged) || source.reopen === undefined || again >= mostRestarts)
        throw error;
      if (mixed.item === undefined) continue;
      // What is there now is of our making: it is replaced whatever was to happen to a file of another's.
      at = refOf(mixed.item);
      target = { ...options, conflict: 'replace', ifMatch: mixed.item.eTag };
    } finally {
      if (fresh !== source) await fresh.close();
    }
  }
}

/** Where a content goes, and where that is written down. */
interface Place extends Pick<UploadJob, 'entry'> {
  readonly at: ItemRef;
}

/** What an upload left in the drive of which the source changed while it was sent. */
interface Mixed {
  item: DriveItem | undefined;
}

async function uploadOnce(
  context: DriveContext,
  source: FileSource,
  { at, asked, entry, mixed }: Place & { readonly asked: ItemRef; readonly mixed: Mixed },
  options: UploadOptions,
): Promise<TransferResult> {
  const plan = planUpload(source.size, context.provider.capabilities, options.fragmentSize);
  const job = jobOf(context, source, { at, asked, entry, fingerprint: await source.fingerprint() }, options);
  const item = await explained(context, at, options, async (place) => {
    const there = { ...job, target: { ...job.target, at: place } };
    return withHome(
      await (plan.kind === 'put' ? putNoted(there, options) : uploadInFragments(there, plan)),
      place,
    );
  });
  mixed.item = item;
  if (!sameFingerprint(job.fingerprint, await source.fingerprint())) throw sourceChanged(at);
  return await checked(job, item);
}

/** The upload's place in the journal, where there is one and the source can be found again. */
async function entryOf(
  { world }: DriveContext,
  { identity }: FileSource,
  target: ItemRef,
  signal: AbortSignal | undefined,
): Promise<JournalEntry<UploadRecord> | undefined> {
  if (world.journal === undefined || identity === undefined) return undefined;
  const { clock, journal } = world;
  return await openEntry<UploadRecord>(journal, 'upload', { local: identity, target, signal }, () =>
    clock.now(),
  );
}

function nameOf(input: UploadInput, options: UploadOptions): string {
  const own = typeof input === 'object' && 'name' in input ? input.name : undefined;
  const name = options.name ?? own;
  if (typeof name === 'string') return name;
  throw new OneDriveError('usage', 'What is uploaded has no name of its own.', {
    hint: 'Give the name as an option.',
  });
}

function jobOf(
  context: DriveContext,
  source: FileSource,
  { at, asked, entry, fingerprint }: Place & Pick<UploadJob, 'asked' | 'fingerprint'>,
  options: UploadOptions,
): UploadJob {
  const { signal, ifMatch, conflict = 'replace', keepTimes = true } = options;
  const { keepsTimes } = context.provider.capabilities;
  const times = keepTimes && keepsTimes ? timesOf(source) : undefined;
  const target = { at, size: source.size, times, conflict, ifMatch, signal };
  const tell = (loaded: number) => options.onProgress?.({ phase: 'upload', loaded, total: source.size });
  return {
    context,
    source,
    target,
    asked,
    hash: hashOnTheWay(),
    fingerprint,
    entry,
    tree: options.tree,
    keepTimes,
    tell,
  };
}

/** Times as the wire wants them: the service keeps whole seconds and knows no time zone but Z. Pure. */
export function timesOf({
  modifiedMs,
  createdMs,
}: Pick<FileSource, 'modifiedMs' | 'createdMs'>): FileSystemInfo | undefined {
  const text = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;
  if (modifiedMs === undefined) return undefined;
  const lastModifiedDateTime = text(modifiedMs);
  // Some file systems do not know when a file was made and say 1970.
  return createdMs === undefined || createdMs <= 0
    ? { lastModifiedDateTime }
    : { lastModifiedDateTime, createdDateTime: text(createdMs) };
}

/** Written down before it begins: whoever finds that looks whether it ended well before anything is sent again. */
async function putNoted(job: UploadJob, options: UploadOptions): Promise<DriveItem> {
  const { entry, target, source } = job;
  const notes = uploadNotes(job);
  const previous = entry?.previous;
  try {
    const there =
      previous !== undefined && fitsRecord(previous, job)
        ? await findUploaded(job).finally(() => notes.clear())
        : undefined;
    if (there === undefined) await notes.now(undefined, 0, source.size);
    const item = await withTimes(job, there ?? (await putWhole(job)), options);
    await notes.clear();
    return item;
  } catch (error) {
    if (target.signal?.aborted !== true && !isResumable(error)) await notes.clear();
    throw error;
  }
}

async function putWhole(job: UploadJob): Promise<DriveItem> {
  const { context, source, target } = job;
  const body = streamBody(() => bytesToSend(job, 0, source.size), source.size, true);
  return await context.provider.put(target, body);
}

async function withTimes(
  { context, target }: UploadJob,
  item: DriveItem,
  options: UploadOptions,
): Promise<DriveItem> {
  const { times: fileSystemInfo, signal } = target;
  if (
    fileSystemInfo === undefined ||
    item.fileSystemInfo?.lastModifiedDateTime === fileSystemInfo.lastModifiedDateTime
  )
    return item;
  if (options.setTimes !== undefined) return await options.setTimes(item, fileSystemInfo);
  return await context.provider.update(refOf(item), { fileSystemInfo }, { signal, conflict: 'fail' });
}

async function checked(
  { context, source, target, hash }: UploadJob,
  answered: DriveItem,
): Promise<TransferResult> {
  for await (const chunk of source.read(hash.position, source.size)) hash.add(hash.position, chunk);
  const content = { size: source.size, hash: hash.digest() };
  const item = await withOfferedHash(context.provider, answered, content, target);
  const verdict = verdictOf(content, item, context.provider.capabilities.rewrites);
  if (verdict !== 'mismatch') return { item, verdict, ...content };
  throw new OneDriveError(
    'integrity',
    `The service holds other bytes of ${describeItem(target.at)} than were sent (${item.size ?? '?'} bytes of ${content.size}, or another hash).`,
    { hint: 'Upload it again. Nothing was removed, here or there.' },
  );
}

function sourceChanged(at: ItemRef): SourceChanged {
  return new SourceChanged(
    `The source of ${describeItem(at)} changed while it was uploaded.`,
    'What is in the drive now is a mix of old and new: upload it again when nothing writes to it.',
  );
}
