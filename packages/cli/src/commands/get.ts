/** `get`: downloads a file. */
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
import { printPlan } from '../acting/dry-run.ts';
import { localStat, orLocalError } from '../arguments/local-file.ts';
import { pathOf } from '../arguments/local-path.ts';
import type { Context } from '../context.ts';
import { defineCommand } from '../definition/command.ts';
import { contentElsewhere, contentWriter } from '../output/binary-guard.ts';
import { getFolder, isTreePath } from '../transfer/get-folder.ts';
import { showOne, showSame } from '../transfer/show-events.ts';
import { treeOptions } from '../transfer/tree-options.ts';

export const command = defineCommand({
  name: 'get',
  group: 'change',
  access: 'read',
  summary: 'Download a file, to stdout or to a local file or folder',
  description:
    'The file appears under its name only when it is whole and its hash is right; until\nthen it is a .part file. Folders on the way to it are made. Its modification time\nis preserved. Output to stdout is verified\ntoo, but only after it has been written; binary content is not written to a terminal,\nunless - is given.',
  arguments: [
    { name: 'file', description: 'path or id', names: 'item' },
    {
      name: 'dst',
      description: 'local file, local folder to put it into, or - for stdout (default: stdout)',
      optional: true,
      names: 'local',
    },
  ],
  options: [
    ...treeOptions,
    { name: 'no-overwrite', short: 'n', description: 'leave local files alone that are there' },
    {
      name: 'map-names',
      description: 'of a folder: give names that `put --map-names` has mapped their local form again',
    },
    {
      name: 'keep-mismatch',
      description: 'keep a file whose size and hash differ from those that the service lists',
    },
    { name: 'fsync', description: 'force each file to the disk before it gets its name' },
    {
      name: 'byte-range',
      short: 'b',
      value: 'RANGE',
      description: 'only these bytes: 0-499 is the first 500, 500- all after them, -500 the last 500',
    },
  ],
  examples: [
    { line: 'get Documents/report.docx .', note: 'into this folder' },
    { line: 'get Pics/image1.jpg copy.jpg', note: 'under another name' },
    { line: 'get -r Pictures .', note: 'a folder, into ./Pictures' },
    { line: 'get -r Pictures/ here', note: 'what is in a folder, into here' },
    { line: "get 'Pics/*.jpg' here", note: 'what the wildcards match' },
    { line: 'get -b 0-99 notes.txt', note: 'the first 100 bytes, to stdout' },
  ],
  async run(context, { file, dst }, options) {
    const typed = options['byte-range'];
    const range = typed === undefined ? undefined : parseByteRange(typed);
    const drive = await context.drive();
    const glob = isTreePath(file) ? splitGlob(file) : undefined;
    if (options.recursive || glob !== undefined || options['files-from'] !== undefined)
      return getFolder(context, { file, dst, glob }, options);
    const to = dst === '-' ? undefined : dst;
    if (to !== undefined && (await isThere(context, { file, dst: to }, options))) return undefined;
    if (options['dry-run']) return planned(context, file, to);
    const sink =
      to === undefined ? stdoutSink(context, dst === '-') : await fileSink(to, file, context, options);
    const keepMismatch = options['keep-mismatch'];
    const events = drive.downloadEvents(file, sink, { ...context.call, range, keepMismatch });
    const progress = hidden(context, to) && options.progress === 'auto' ? 'none' : options.progress;
    await showOne(context, events, { progress, verb: 'downloaded', toStdout: to === undefined });
    return undefined;
  },
});

/** Looked at only when a file of that name is there: is it the same, or not to be touched? */
async function isThere(
  context: Context,
  { file, dst }: { file: string; dst: string },
  options: {
    readonly force: boolean;
    readonly 'no-overwrite': boolean;
    readonly 'byte-range': string | undefined;
    readonly progress: string;
  },
): Promise<boolean> {
  if (options['byte-range'] !== undefined) return false;
  const path = await localTarget(dst, file, context);
  const there = await localStat(context, path, 'write');
  if (there?.isFile() !== true) return false;
  if (options['no-overwrite']) {
    throw new OneDriveError('conflict', `${path} is there already.`, { hint: 'Leave out -n to replace it.' });
  }
  if (options.force) return false;
  const item = await (await context.drive()).stat(file, context.call);
  const facts = { size: there.size, modifiedMs: there.mtimeMs };
  const same =
    itemKind(item) === 'file' && (await sameContent(facts, item, () => pathSource(context.fs, path)));
  if (same) await showSame(context, { item, path: item.name }, options.progress);
  return same;
}

/** Refuses what `get` itself would refuse. @throws OneDriveError `not-found`, `not-supported`. */
async function planned(context: Context, file: string, dst: string | undefined): Promise<undefined> {
  const item = await (await context.drive()).stat(file, context.call);
  const to = dst === undefined ? '-' : await localTarget(dst, file, context);
  if (itemKind(item) !== 'file')
    throw new OneDriveError('not-supported', `${file} has no content of its own.`, {
      hint: 'A folder is downloaded with -r.',
    });
  await printPlan(context, [{ action: 'download', object: file, to, size: item.size }]);
}

/** No lines among the content on the same terminal. */
function hidden({ streams }: Context, dst: string | undefined): boolean {
  return dst === undefined && streams.stdout.isTTY;
}

/** @param anyway the user wrote `-`: binary content goes to a terminal too. */
function stdoutSink({ streams: { stdout } }: Context, anyway: boolean): FileSink {
  return streamSink(anyway ? (bytes) => stdout.write(bytes) : contentWriter(stdout, contentElsewhere.target));
}

/** A folder takes the file under its own name; folders on the way are made. @throws OneDriveError `local-file`. */
async function fileSink(
  dst: string,
  file: string,
  context: Context,
  { fsync, links }: { readonly fsync: boolean; readonly links: string },
): Promise<FileSink> {
  const path = await localTarget(dst, file, context);
  // The user named the folder; what is in it may be somebody else's link.
  if (links !== 'follow' && path !== context.localPath(dst)) await refuseLink(path, context);
  await orLocalError(context.fs.mkdir(pathOf(context).dirname(path), { recursive: true }), 'write', path);
  return pathSink(context.fs, path, { random: context.random, durable: fsync });
}

/** @throws OneDriveError `local-file` when there is a link at the path. */
async function refuseLink(path: string, { fs }: Context): Promise<void> {
  const there = await orLocalError(statIfThere(fs, path, false), 'write', path);
  if (there?.isSymbolicLink() === true) throw linkError(path);
}

/** Where the file goes. */
async function localTarget(dst: string, file: string, context: Context): Promise<string> {
  const paths = pathOf(context);
  const typed = context.localPath(dst);
  const isFolder = /[/\\]$/.test(dst) || (await localStat(context, typed, 'write'))?.isDirectory() === true;
  return isFolder ? paths.join(typed, await nameOf(file, context)) : typed;
}

/** The name as typed, or as the service tells it for an id. */
async function nameOf(file: string, context: Context): Promise<string> {
  const typed = resolve(file, context.as).path.at(-1);
  const name = typed ?? (await (await context.drive()).stat(file, context.call)).name;
  // No service that we know allows such names, but what comes over the wire must not choose a folder.
  if (!/^\.{0,2}$|[/\\\0]/.test(name)) return name;
  throw new OneDriveError(
    'invalid-name',
    `The name ${JSON.stringify(name)} cannot be that of a local file.`,
    {
      hint: 'Name the local file instead of the folder.',
    },
  );
}
