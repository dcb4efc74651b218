/** Downloads one file to a local file, into a local folder, or to stdout. */
import {
  type ByteRange,
  type FileSink,
  itemKind,
  pathSink,
  pathSource,
  resolve,
  sameContent,
  streamSink,
  type TransferEvent,
} from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import type { DriveItem } from 'onedrive-kit/graph';
import { namesFolder } from 'onedrive-kit/internal/drive/address/target-rule';
import { statIfThere } from 'onedrive-kit/internal/drive/transfer/path-sink';
import { linkError } from 'onedrive-kit/internal/drive/transfer/tree/local-folders';
import { localStat, orLocalError } from '../arguments/local-file.ts';
import { pathOf } from '../arguments/local-path.ts';
import type { Context } from '../context.ts';
import { binaryHints, contentWriter } from '../output/binary-guard.ts';
import { showOne, showSame } from '../transfer/show-events.ts';
import { printPlan } from './dry-run.ts';

/** A file of the drive, and the typed target: `-` or undefined for stdout. */
export interface GetFile {
  readonly file: string;
  readonly dst: string | undefined;
}

/** The options of `get` that concern a single file. */
export interface GetFileFlags {
  readonly again: boolean;
  readonly 'no-overwrite': boolean;
  readonly 'keep-mismatch': boolean;
  readonly 'dry-run': boolean;
  readonly fsync: boolean;
  readonly links: string;
  readonly progress: string;
}

/** Downloads one file and shows its progress. */
export async function getOne(
  context: Context,
  { file, dst }: GetFile,
  flags: GetFileFlags & { readonly range: ByteRange | undefined },
): Promise<void> {
  const { range } = flags;
  const to = dst === '-' ? undefined : dst;
  if (to !== undefined && range === undefined) {
    const same = await identicalItem(context, { file, dst: to }, flags);
    if (same !== undefined) return showSame(context, { item: same, path: same.name }, flags.progress);
  }
  if (flags['dry-run']) return printDownloadPlan(context, file, to);
  const sink = to === undefined ? stdoutSink(context, dst === '-') : await fileSink(to, file, context, flags);
  const keepMismatch = flags['keep-mismatch'];
  const drive = await context.drive();
  const events = drive.downloadEvents(file, sink, { ...context.call, range, keepMismatch });
  const progress = sharesTerminal(context, to) && flags.progress === 'auto' ? 'none' : flags.progress;
  await showOne(context, events, { progress, verb: 'downloaded', toStdout: to === undefined });
}

/** The events of the download of one file among several. */
export async function* getFileEvents(
  context: Context,
  { file, dst }: { readonly file: string; readonly dst: string },
  flags: GetFileFlags,
): AsyncGenerator<TransferEvent, void, undefined> {
  const drive = await context.drive();
  const same = await identicalItem(context, { file, dst }, flags);
  if (same !== undefined) yield { type: 'skipped', path: file, size: same.size ?? 0, reason: 'same' };
  else if (flags['dry-run']) {
    const item = await fileItem(context, file);
    yield { type: 'planned', path: file, size: item.size ?? 0 };
  } else {
    const sink = await fileSink(dst, file, context, flags);
    yield* drive.downloadEvents(file, sink, { ...context.call, keepMismatch: flags['keep-mismatch'] });
  }
}

/**
 * The item, if an existing local file has the same content already.
 * @throws OneDriveError `conflict` with `-n`, if there is a file.
 */
async function identicalItem(
  context: Context,
  { file, dst }: { readonly file: string; readonly dst: string },
  flags: GetFileFlags,
): Promise<DriveItem | undefined> {
  const path = await localTarget(dst, file, context);
  const existing = await localStat(context, path, 'write');
  if (existing?.isFile() !== true) return undefined;
  if (flags['no-overwrite']) {
    throw new OneDriveError('conflict', `${path} exists already.`, { hint: 'Omit -n to replace it.' });
  }
  if (flags.again) return undefined;
  const item = await (await context.drive()).stat(file, context.call);
  const facts = { size: existing.size, modifiedMs: existing.mtimeMs };
  const same =
    itemKind(item) === 'file' && (await sameContent(facts, item, () => pathSource(context.fs, path)));
  return same ? item : undefined;
}

/** Prints the plan of `--dry-run`; fails where `get` itself would. @throws OneDriveError `not-found`, `not-supported`. */
async function printDownloadPlan(context: Context, file: string, dst: string | undefined): Promise<void> {
  const item = await fileItem(context, file);
  const to = dst === undefined ? '-' : await localTarget(dst, file, context);
  await printPlan(context, [{ action: 'download', object: file, to, size: item.size }]);
}

/** @throws OneDriveError `not-supported` if it is not a file. */
async function fileItem(context: Context, file: string): Promise<DriveItem> {
  const item = await (await context.drive()).stat(file, context.call);
  if (itemKind(item) === 'file') return item;
  throw new OneDriveError('not-supported', `${file} is not a file.`, {
    hint: 'To download a folder, add -r.',
  });
}

/** Whether progress must be hidden, because the content goes to the same terminal. */
function sharesTerminal({ streams }: Context, dst: string | undefined): boolean {
  return dst === undefined && streams.stdout.isTTY;
}

/** @param force the user wrote `-`: binary content is written to a terminal too. */
function stdoutSink({ streams: { stdout } }: Context, force: boolean): FileSink {
  return streamSink(force ? (bytes) => stdout.write(bytes) : contentWriter(stdout, binaryHints.target));
}

/** The sink of a local file; its folders are created. @throws OneDriveError `local-file`. */
async function fileSink(
  dst: string,
  file: string,
  context: Context,
  { fsync, links }: { readonly fsync: boolean; readonly links: string },
): Promise<FileSink> {
  const path = await localTarget(dst, file, context);
  // The user named the folder, but a link in it may have been placed by another user.
  if (links !== 'follow' && path !== context.localPath(dst)) await refuseLink(path, context);
  await orLocalError(context.fs.mkdir(pathOf(context).dirname(path), { recursive: true }), 'write', path);
  return pathSink(context.fs, path, { random: context.random, durable: fsync });
}

/** @throws OneDriveError `local-file` if the path is a symbolic link. */
async function refuseLink(path: string, { fs }: Context): Promise<void> {
  const existing = await orLocalError(statIfThere(fs, path, false), 'write', path);
  if (existing?.isSymbolicLink() === true) throw linkError(path);
}

/** The local path of the file; in a local folder it keeps its name. */
async function localTarget(dst: string, file: string, context: Context): Promise<string> {
  const paths = pathOf(context);
  const typed = context.localPath(dst);
  const isFolder = namesFolder(dst) || (await localStat(context, typed, 'write'))?.isDirectory() === true;
  return isFolder ? paths.join(typed, await nameOf(file, context)) : typed;
}

/** The name as typed, or as the service reports it for an id. */
async function nameOf(file: string, context: Context): Promise<string> {
  const typed = resolve(file, context.as).path.at(-1);
  const name = typed ?? (await (await context.drive()).stat(file, context.call)).name;
  // No known service allows such names, but a name from the service must not lead to another folder.
  if (!/^\.{0,2}$|[/\\\0]/.test(name)) return name;
  throw new OneDriveError(
    'invalid-name',
    `The name ${JSON.stringify(name)} is not a valid local file name.`,
    {
      hint: 'Pass a local file name instead of a folder: get FILE NAME',
    },
  );
}
