/** `get`: downloads a file or a folder. */
import {
  type FileSink,
  itemKind,
  parseByteRange,
  pathSink,
  pathSource,
  resolve,
  sameContent,
  splitGlob,
  streamSink,
} from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import { statIfThere } from 'onedrive-kit/internal/drive/transfer/path-sink';
import { linkError } from 'onedrive-kit/internal/drive/transfer/tree/local-folders';
import { printPlan } from '../actions/dry-run.ts';
import { localStat, orLocalError } from '../arguments/local-file.ts';
import { pathOf } from '../arguments/local-path.ts';
import type { Context } from '../context.ts';
import { defineCommand } from '../definition/command.ts';
import { binaryHints, contentWriter } from '../output/binary-guard.ts';
import { getFolder, isTreePath } from '../transfer/get-folder.ts';
import { showOne, showSame } from '../transfer/show-events.ts';
import { treeOptions } from '../transfer/tree-options.ts';

export const command = defineCommand({
  name: 'get',
  group: 'change',
  access: 'read',
  summary: 'Download a file or folder (a file to stdout by default)',
  description:
    'Downloads to a .part file, which is verified against size and hash and then renamed.\nMissing local folders are created; the modification time is preserved. Output to stdout\nis verified only after it has been written. Binary content is not written to a terminal\nunless - is given.',
  arguments: [
    { name: 'file', description: 'path or id', names: 'item' },
    {
      name: 'dst',
      description: 'local file or folder, or - for stdout (default: stdout)',
      optional: true,
      names: 'local',
    },
  ],
  options: [
    ...treeOptions,
    { name: 'no-overwrite', short: 'n', description: 'do not overwrite local files' },
    {
      name: 'map-names',
      description: 'for folders: restore local names that `put --map-names` has replaced',
    },
    {
      name: 'keep-mismatch',
      description: 'keep a file even if its size and hash differ from those that the service reports',
    },
    { name: 'fsync', description: 'flush each file to the disk before it is renamed' },
    {
      name: 'byte-range',
      short: 'b',
      value: 'RANGE',
      description: 'download only these bytes: 0-499 (the first 500), 500- (the rest), -500 (the last 500)',
    },
  ],
  examples: [
    { line: 'get Documents/report.docx .', note: 'download into this folder' },
    { line: 'get Pics/image1.jpg copy.jpg', note: 'download under another name' },
    { line: 'get -r Pictures .', note: 'download a folder to ./Pictures' },
    { line: 'get -r Pictures/ here', note: 'download the contents of a folder to ./here' },
    { line: "get 'Pics/*.jpg' here", note: 'download all files that match' },
    { line: 'get -b 0-99 notes.txt', note: 'print the first 100 bytes' },
  ],
  async run(context, { file, dst }, options) {
    const typed = options['byte-range'];
    const range = typed === undefined ? undefined : parseByteRange(typed);
    const drive = await context.drive();
    const glob = isTreePath(file) ? splitGlob(file) : undefined;
    if (options.recursive || glob !== undefined || options['files-from'] !== undefined)
      return getFolder(context, { file, dst, glob }, options);
    const to = dst === '-' ? undefined : dst;
    if (to !== undefined && (await isUpToDate(context, { file, dst: to }, options))) return undefined;
    if (options['dry-run']) return printDownloadPlan(context, file, to);
    const sink =
      to === undefined ? stdoutSink(context, dst === '-') : await fileSink(to, file, context, options);
    const keepMismatch = options['keep-mismatch'];
    const events = drive.downloadEvents(file, sink, { ...context.call, range, keepMismatch });
    const progress = sharesTerminal(context, to) && options.progress === 'auto' ? 'none' : options.progress;
    await showOne(context, events, { progress, verb: 'downloaded', toStdout: to === undefined });
    return undefined;
  },
});

/**
 * Whether an existing local file has the same content already.
 * @throws OneDriveError `conflict` with `-n`, if there is a file.
 */
async function isUpToDate(
  context: Context,
  { file, dst }: { file: string; dst: string },
  options: {
    readonly again: boolean;
    readonly 'no-overwrite': boolean;
    readonly 'byte-range': string | undefined;
    readonly progress: string;
  },
): Promise<boolean> {
  if (options['byte-range'] !== undefined) return false;
  const path = await localTarget(dst, file, context);
  const existing = await localStat(context, path, 'write');
  if (existing?.isFile() !== true) return false;
  if (options['no-overwrite']) {
    throw new OneDriveError('conflict', `${path} exists already.`, { hint: 'Omit -n to replace it.' });
  }
  if (options.again) return false;
  const item = await (await context.drive()).stat(file, context.call);
  const facts = { size: existing.size, modifiedMs: existing.mtimeMs };
  const same =
    itemKind(item) === 'file' && (await sameContent(facts, item, () => pathSource(context.fs, path)));
  if (same) await showSame(context, { item, path: item.name }, options.progress);
  return same;
}

/** Prints the plan of `--dry-run`; fails where `get` itself would. @throws OneDriveError `not-found`, `not-supported`. */
async function printDownloadPlan(
  context: Context,
  file: string,
  dst: string | undefined,
): Promise<undefined> {
  const item = await (await context.drive()).stat(file, context.call);
  const to = dst === undefined ? '-' : await localTarget(dst, file, context);
  if (itemKind(item) !== 'file')
    throw new OneDriveError('not-supported', `${file} is not a file.`, {
      hint: 'To download a folder, add -r.',
    });
  await printPlan(context, [{ action: 'download', object: file, to, size: item.size }]);
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
  const isFolder = /[/\\]$/.test(dst) || (await localStat(context, typed, 'write'))?.isDirectory() === true;
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
