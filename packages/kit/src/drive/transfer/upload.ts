/**
 * Uploads content of any size into a folder under a name: small content in one request, larger content through an upload
 * session. The size and hash that the service reports are compared with those of the bytes sent.
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
import type { UploadInput } from './accepted-input.ts';
import { bytesToSend } from './bytes-to-send.ts';
import { type FileSource, sameFingerprint } from './file-source.ts';
import { inputSource } from './input-source.ts';
import { isResumable, type JournalEntry, openEntry, type UploadRecord } from './journal.ts';
import { withOfferedHash } from './offered-hash.ts';
import { runningHash } from './running-hash.ts';
import { SourceChanged } from './source-changed.ts';
import type { UploadJob } from './upload-job.ts';
import { planUpload } from './upload-plan.ts';
import { fitsRecord, uploadRecorder } from './upload-recorder.ts';
import { findUploaded, uploadInFragments } from './upload-session.ts';
import { type Verdict, verdictOf } from './verify.ts';

/** Options of an upload. */
export interface UploadOptions extends DriveOptions {
  /** The name of the item. Default: the name of the source. */
  readonly name?: string | undefined;
  /** Conflict behavior if the name is taken. Default: `replace`. */
  readonly conflict?: ConflictBehavior | undefined;
  /** Replace only this version of the file (its eTag); otherwise the upload fails with `precondition`. */
  readonly ifMatch?: string | undefined;
  /** Set the times of the source on the item; costs a second request for small files. Default: true. */
  readonly keepTimes?: boolean | undefined;
  /** Maximum bytes of a request. Default: adapts between 320 KiB and just under 60 MiB. */
  readonly fragmentSize?: number | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** @internal Id of the tree whose record covers this upload, if the file is small. */
  readonly tree?: string | undefined;
  /** @internal Sets the times of a small file, so that many uploads can share a request. */
  readonly setTimes?: ((item: DriveItem, times: FileSystemInfo) => Promise<DriveItem>) | undefined;
}

/** The result of a transfer. */
export interface TransferResult {
  readonly item: DriveItem;
  /** `mismatch` only for a download with `keepMismatch`. */
  readonly verdict: Verdict;
  /** Bytes transferred. */
  readonly size: number;
  /** QuickXorHash of the transferred bytes, base64; undefined for a part of a file. */
  readonly hash: string | undefined;
}

/**
 * Uploads content into a folder.
 * @throws OneDriveError `invalid-name` before anything is read or sent; `conflict`, `precondition`, `quota`;
 * `integrity` if the source changed while it was read or the service stored other bytes; `local-file`.
 */
export async function upload(
  context: DriveContext,
  input: UploadInput,
  folder: Target,
  options: UploadOptions = {},
): Promise<TransferResult> {
  const name = checkName(nameOf(input, options));
  const ref = below(resolve(folder, options.as), name);
  const { signal, onProgress } = options;
  const source = await inputSource(input, context.world, { signal, onProgress });
  let entry: JournalEntry<UploadRecord> | undefined;
  try {
    const plan = planUpload(source.size, context.provider.capabilities, options.fragmentSize);
    // Content that is sent in one request cannot be resumed in the middle: the record of its tree is enough.
    if (plan.kind === 'session' || options.tree === undefined)
      entry = await openRecord(context, source, ref, signal);
    return await uploadWithRestarts(context, source, { at: ref, entry }, options);
  } finally {
    await entry?.release();
    await source.close();
  }
}

/** How often an upload starts over because its source changed. */
const maxRestarts = 3;

/** Starts over with the current version of the source if it changed; an item made of the old version is replaced. */
async function uploadWithRestarts(
  context: DriveContext,
  source: FileSource,
  destination: UploadDestination,
  options: UploadOptions,
): Promise<TransferResult> {
  let target = options;
  let { at } = destination;
  for (let restarts = 0; ; restarts++) {
    const current = restarts === 0 ? source : await source.reopen?.();
    if (current === undefined) throw sourceChanged(at);
    const leftover: Leftover = { item: undefined };
    try {
      return await uploadOnce(
        context,
        current,
        { ...destination, requestedTarget: destination.at, at, leftover },
        target,
      );
    } catch (error) {
      options.signal?.throwIfAborted();
      if (!(error instanceof SourceChanged) || source.reopen === undefined || restarts >= maxRestarts)
        throw error;
      if (leftover.item === undefined) continue;
      // This upload created the item, so it is replaced, whatever the conflict behavior for files of other clients.
      at = refOf(leftover.item);
      target = { ...options, conflict: 'replace', ifMatch: leftover.item.eTag };
    } finally {
      if (current !== source) await current.close();
    }
  }
}

/** The target of an upload, and its journal entry. */
interface UploadDestination extends Pick<UploadJob, 'entry'> {
  readonly at: ItemRef;
}

/** The item that an upload left in the drive although its source changed while it was read. */
interface Leftover {
  item: DriveItem | undefined;
}

async function uploadOnce(
  context: DriveContext,
  source: FileSource,
  {
    at,
    requestedTarget,
    entry,
    leftover,
  }: UploadDestination & { readonly requestedTarget: ItemRef; readonly leftover: Leftover },
  options: UploadOptions,
): Promise<TransferResult> {
  const plan = planUpload(source.size, context.provider.capabilities, options.fragmentSize);
  const job = jobOf(
    context,
    source,
    { at, requestedTarget, entry, fingerprint: await source.fingerprint() },
    options,
  );
  const creates = { ...options, creates: options.ifMatch === undefined };
  const item = await explained(context, at, creates, async (ref) => {
    const currentJob = { ...job, target: { ...job.target, at: ref } };
    return withHome(
      await (plan.kind === 'put' ? putWithRecord(currentJob, options) : uploadInFragments(currentJob, plan)),
      ref,
    );
  });
  leftover.item = item;
  if (!sameFingerprint(job.fingerprint, await source.fingerprint())) throw sourceChanged(at);
  return await verifyUpload(job, item);
}

/** The journal entry of the upload, if there is a journal and the source can be found again. */
async function openRecord(
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
  const named = Object(input) as { readonly name?: unknown };
  const name = options.name ?? named.name;
  if (typeof name === 'string') return name;
  throw new OneDriveError('usage', 'The content to upload has no name.', {
    hint: 'Set the option `name`.',
  });
}

function jobOf(
  context: DriveContext,
  source: FileSource,
  {
    at,
    requestedTarget,
    entry,
    fingerprint,
  }: UploadDestination & Pick<UploadJob, 'requestedTarget' | 'fingerprint'>,
  options: UploadOptions,
): UploadJob {
  const { signal, ifMatch, conflict = 'replace', keepTimes = true } = options;
  const { keepsTimes } = context.provider.capabilities;
  const times = keepTimes && keepsTimes ? timesOf(source) : undefined;
  const target = { at, size: source.size, times, conflict, ifMatch, signal };
  const reportProgress = (loaded: number) =>
    options.onProgress?.({ phase: 'upload', loaded, total: source.size });
  return {
    context,
    source,
    target,
    requestedTarget,
    hash: runningHash(),
    fingerprint,
    entry,
    tree: options.tree,
    keepTimes,
    reportProgress,
  };
}

/** Times in the format of the wire: the service keeps whole seconds, in UTC only. Pure. */
export function timesOf({
  modifiedMs,
  createdMs,
}: Pick<FileSource, 'modifiedMs' | 'createdMs'>): FileSystemInfo | undefined {
  const isoSeconds = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;
  if (modifiedMs === undefined) return undefined;
  const lastModifiedDateTime = isoSeconds(modifiedMs);
  // Some file systems do not record the creation time and report 1970.
  return createdMs === undefined || createdMs <= 0
    ? { lastModifiedDateTime }
    : { lastModifiedDateTime, createdDateTime: isoSeconds(createdMs) };
}

/** Saves the record before the request: a later run that finds it checks whether the upload succeeded before sending again. */
async function putWithRecord(job: UploadJob, options: UploadOptions): Promise<DriveItem> {
  const { entry, target, source } = job;
  const recorder = uploadRecorder(job);
  const previous = entry?.previous;
  try {
    const existing =
      previous !== undefined && fitsRecord(previous, job)
        ? await findUploaded(job).finally(() => recorder.clear())
        : undefined;
    if (existing === undefined) await recorder.save(undefined, 0, source.size);
    const item = await withTimes(job, existing ?? (await putContent(job)), options);
    await recorder.clear();
    return item;
  } catch (error) {
    if (target.signal?.aborted !== true && !isResumable(error)) await recorder.clear();
    throw error;
  }
}

async function putContent(job: UploadJob): Promise<DriveItem> {
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

async function verifyUpload(
  { context, source, target, hash }: UploadJob,
  uploadedItem: DriveItem,
): Promise<TransferResult> {
  for await (const chunk of source.read(hash.position, source.size)) hash.add(hash.position, chunk);
  const content = { size: source.size, hash: hash.digest() };
  const item = await withOfferedHash(context.provider, uploadedItem, content, target);
  const verdict = verdictOf(content, item, context.provider.capabilities.rewrites);
  if (verdict !== 'mismatch') return { item, verdict, ...content };
  throw new OneDriveError(
    'integrity',
    `The content that the service stored for ${describeItem(target.at)} does not match the upload (${item.size ?? '?'} bytes instead of ${content.size}, or another hash).`,
    { hint: 'Upload it again. No file was removed, locally or in the drive.' },
  );
}

function sourceChanged(at: ItemRef): SourceChanged {
  return new SourceChanged(
    `The source of ${describeItem(at)} changed while it was uploaded.`,
    'The drive now has a mix of old and new content. Upload it again when no program writes to the source.',
  );
}
