/** Uploads one local file, or stdin: the part of `put` that does not depend on the target argument. */
import type { RefreshingCredential } from 'onedrive-kit/auth';
import {
  alreadyUploaded,
  type Drive,
  parseSize,
  pathSource,
  sizedStreamSource,
  type TransferEvent,
  type UploadInput,
  type UploadOptions,
} from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import type { ConflictBehavior, DriveItem, ItemRef } from 'onedrive-kit/graph';
import { below, describeItem } from 'onedrive-kit/graph';
import type { TokenCredential } from 'onedrive-kit/http';
import { encodedPath } from '../arguments/encoded-path.ts';
import type { Context } from '../context.ts';
import { showOne, showSame } from '../transfer/show-events.ts';
import { abortable } from './abortable.ts';
import { printPlan } from './dry-run.ts';

/** A file and where it goes. */
export interface PutFile {
  /** Local path, or - for stdin. */
  readonly file: string;
  readonly into: ItemRef;
  readonly name: string;
}

/** The options of `put` that concern a single file. */
export interface PutFileFlags extends UploadFlags {
  readonly again: boolean;
  readonly 'no-overwrite': boolean;
  readonly rename: boolean;
  readonly 'no-times': boolean;
  readonly 'dry-run': boolean;
  readonly 'bits-frag-bytes': string | undefined;
  readonly size: string | undefined;
  readonly 'if-match': string | undefined;
  readonly progress: string;
}

/** Uploads one file and shows its progress. */
export async function putOne(context: Context, put: PutFile, flags: PutFileFlags): Promise<void> {
  const ready = await prepare(context, put, flags);
  try {
    const same = await ready.same();
    if (flags['dry-run']) await printUpload(context, put, same);
    else if (same !== undefined) await showSame(context, { item: same, path: put.name }, flags.progress);
    else {
      const events = ready.drive.uploadEvents(ready.input, put.into, ready.options);
      await showOne(context, events, { progress: flags.progress, verb: 'uploaded' });
    }
  } finally {
    await ready.close();
  }
}

async function printUpload(
  context: Context,
  { file, name }: PutFile,
  same: DriveItem | undefined,
): Promise<void> {
  await printPlan(context, same === undefined ? [{ action: 'upload', object: file, to: name }] : []);
}

/** The events of the upload of one file among several. */
export async function* putFileEvents(
  context: Context,
  put: PutFile,
  flags: PutFileFlags,
): AsyncGenerator<TransferEvent, void, undefined> {
  const ready = await prepare(context, put, flags);
  try {
    const same = await ready.same();
    const size = typeof ready.input === 'object' && 'size' in ready.input ? (ready.input.size ?? 0) : 0;
    if (same !== undefined) yield { type: 'skipped', path: put.name, size, reason: 'same' };
    else if (flags['dry-run']) yield { type: 'planned', path: put.name, size };
    else yield* ready.drive.uploadEvents(ready.input, put.into, ready.options);
  } finally {
    await ready.close();
  }
}

interface ReadyUpload {
  readonly input: UploadInput;
  readonly drive: Drive;
  readonly options: UploadOptions;
  /** The item of that name, if it has the same content. */
  same(): Promise<DriveItem | undefined>;
  close(): Promise<void>;
}

async function prepare(context: Context, put: PutFile, flags: PutFileFlags): Promise<ReadyUpload> {
  const { file, into, name } = put;
  const conflict = conflictOf(flags);
  const fragments = fragmentsOf(flags['bits-frag-bytes'], flags.size !== undefined);
  const input = await inputOf(file, context, flags.size);
  const close = async () => {
    if (typeof input === 'object' && 'close' in input) await input.close();
  };
  try {
    const keepTimes = !flags['no-times'];
    const compares = !(flags.again || flags.rename);
    return {
      input,
      drive: await uploadDrive(context, flags),
      options: { ...context.call, name, conflict, ifMatch: flags['if-match'], keepTimes, ...fragments },
      same: async () =>
        compares ? await identicalItem(input, below(into, name), conflict, context) : undefined,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The conflict behavior that the options of `put` select. @throws OneDriveError `usage`. */
export function conflictOf(options: {
  readonly 'no-overwrite': boolean;
  readonly rename: boolean;
}): ConflictBehavior {
  if (options['no-overwrite'] && options.rename)
    throw new OneDriveError('usage', '-n and --rename cannot be used together.');
  return options.rename ? 'rename' : options['no-overwrite'] ? 'fail' : 'replace';
}

interface UploadFlags {
  readonly downsize: boolean;
  readonly 'no-downsize': boolean;
  readonly bits: boolean;
  readonly 'bits-do-auth-refresh-before-commit-hack': boolean;
}

/**
 * The drive to upload to. Over Live v5.0 photos are scaled down by default, like with python-onedrive. Over Graph these
 * flags have no effect, so that scripts written for Live v5.0 still work.
 */
async function uploadDrive(context: Context, flags: UploadFlags): Promise<Drive> {
  if (flags.downsize && flags['no-downsize'])
    throw new OneDriveError('usage', '--downsize and --no-downsize cannot be used together.');
  const refresh = flags['bits-do-auth-refresh-before-commit-hack'];
  if ((await context.live()) === undefined) {
    if (flags.downsize || flags.bits || refresh)
      await context.note(
        '--downsize and --bits have no effect over the Microsoft Graph API, which keeps photos unchanged and uses upload sessions.',
      );
    return context.drive();
  }
  const credential = await context.credential();
  return context.uploadDrive({
    downsize: !flags['no-downsize'],
    ...(flags.bits ? { bitsFrom: 1 } : {}),
    ...(refresh ? { beforeCommit: async ({ signal }) => renew(credential, signal) } : {}),
  });
}

/** Renews the token of the credential; the token of an embedded drive needs no renewal. */
async function renew(credential: TokenCredential, signal: AbortSignal | undefined): Promise<void> {
  if ('refresh' in credential) await (credential as RefreshingCredential).refresh({ signal });
}

/** Fragment size of a stream, in bytes. A fragment is kept in memory until the service has received it. */
const streamFragmentSize = 10 << 20;

/** @throws OneDriveError `usage`. */
function fragmentsOf(typed: string | undefined, streamed: boolean): { readonly fragmentSize?: number } {
  if (typed === undefined) return streamed ? { fragmentSize: streamFragmentSize } : {};
  const size = Number(typed);
  if (/^\d+$/.test(typed) && size > 0) return { fragmentSize: size };
  throw new OneDriveError('usage', `Invalid --bits-frag-bytes "${typed}": not a number of bytes above 0.`);
}

/** Minimum size in bytes for checking whether the drive has the file already. */
const minComparedSize = 1 << 20;

/**
 * The item of that name, if it has the same content. With `-n` it returns undefined for the same content too: the upload
 * itself finds out whether that content comes from an earlier attempt whose response was lost.
 * @throws OneDriveError `conflict` with `-n`, if other content has the name: before all bytes are sent in vain.
 */
async function identicalItem(
  input: UploadInput,
  at: ItemRef,
  conflict: ConflictBehavior,
  context: Context,
): Promise<DriveItem | undefined> {
  if (typeof input !== 'object' || !('fingerprint' in input) || input.size < minComparedSize)
    return undefined;
  const drive = await context.drive();
  const item = await drive.stat(at, context.call).catch(() => undefined);
  if (item === undefined) return undefined;
  const borrowed = { ...input, close: async () => {} };
  const { size, modifiedMs } = input;
  const same = await alreadyUploaded({ size, modifiedMs }, item, async () => borrowed);
  if (conflict !== 'fail') return same ? item : undefined;
  if (same) return undefined;
  throw new OneDriveError('conflict', `${describeItem(at)} exists already.`, {
    hint: 'Omit -n to replace it, or use --rename to keep both.',
  });
}

/** Opens the input, before any request. @throws OneDriveError `local-file`. */
async function inputOf(file: string, context: Context, size: string | undefined): Promise<UploadInput> {
  if (file !== '-') {
    if (size !== undefined) throw new OneDriveError('usage', '--size can be used only with stdin (-).');
    return pathSource(context.fs, await encodedPath(context, file));
  }
  const stream = abortable(context.streams.stdin.bytes(), context.signal);
  return size === undefined ? { stream } : sizedStreamSource(stream, parseSize(size));
}
