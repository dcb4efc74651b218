/** `put`: uploads a file. */

import type { RefreshingCredential } from 'onedrive-kit/auth';
import {
  alreadyUploaded,
  type Drive,
  itemKind,
  knownStream,
  parsePath,
  parseSize,
  pathSource,
  resolve,
  type UploadInput,
} from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import type { ConflictBehavior, DriveItem, ItemRef } from 'onedrive-kit/graph';
import { below, describeItem } from 'onedrive-kit/graph';
import type { TokenCredential } from 'onedrive-kit/http';
import { abortable } from '../acting/abortable.ts';
import { printPlan } from '../acting/dry-run.ts';
import { encodedPath } from '../arguments/encoded-path.ts';
import type { Context } from '../context.ts';
import { defineCommand } from '../definition/command.ts';
import { localGlob, nameInDrive, putFolder } from '../transfer/put-folder.ts';
import { showOne, showSame } from '../transfer/show-events.ts';
import { treeOptions } from '../transfer/tree-options.ts';

export const command = defineCommand({
  name: 'put',
  group: 'change',
  access: 'write',
  summary: 'Upload a file',
  description:
    'A file of that name in the folder is replaced, unless -n says otherwise. Files of any\nsize are streamed. From stdin (-) the last part of FOLDER is the name, unless --name\ngives one. Symbolic links in a folder are left out and listed, unless --links says\notherwise; one that is named itself is followed.',
  arguments: [
    { name: 'file', description: 'local file, or - for stdin', names: 'local' },
    {
      name: 'folder',
      description: 'path or id of the folder (default: the root of the drive)',
      optional: true,
      names: 'folder',
    },
  ],
  options: [
    ...treeOptions,
    {
      name: 'no-overwrite',
      short: 'n',
      description: 'fail where the name is taken (exit status 5); of a folder, where it has other content',
    },
    { name: 'rename', description: 'add a number to a name that is taken' },
    {
      name: 'map-names',
      description: 'upload names that OneDrive refuses under similar names; get --map-names maps them back',
    },
    {
      name: 'no-times',
      description: 'do not set modification times: on business drives setting them can add a version',
    },
    {
      name: 'size',
      value: 'BYTES',
      description: 'size of stdin: it is then uploaded as it comes, not through a temporary file',
    },
    {
      name: 'if-match',
      value: 'ETAG',
      description: 'replace only this state of the file (exit status 5 for any other)',
    },
    { name: 'name', value: 'NAME', description: 'name in the drive (default: that of the local file)' },
    {
      name: 'no-downsize',
      short: 'd',
      description: 'over Live v5.0: keep a photo of more than 2048 pixels as it is',
    },
    {
      name: 'downsize',
      description: 'over Live v5.0: scale such a photo down (so it is unless -d says otherwise)',
    },
    { name: 'bits', short: 'b', description: 'over Live v5.0: upload by BITS whatever the size' },
    {
      name: 'bits-frag-bytes',
      value: 'NUMBER',
      description: 'bytes of a fragment of an upload (default: 10 MiB)',
    },
    {
      name: 'bits-do-auth-refresh-before-commit-hack',
      description: 'over Live v5.0: renew the sign-in just before a BITS upload is committed',
    },
  ],
  examples: [
    { line: 'put report.docx Documents', note: 'into Documents' },
    { line: 'put -n report.docx', note: 'into the root, if nothing of that name is there' },
    { line: 'put -r photos Pictures', note: 'a folder, into Pictures/photos' },
    { line: 'put - Backups/db.sql < dump.sql', note: 'from stdin' },
  ],
  async run(context, { file, folder }, options) {
    const names = { 'map-names': options['map-names'], times: !options['no-times'] };
    const conflict = conflictOf(options);
    const glob = file === '-' ? undefined : await localGlob(context, file);
    if (options.recursive || glob !== undefined || options['files-from'] !== undefined)
      return putFolder(context, { file, folder: folder ?? '', glob, conflict }, { ...options, ...names });
    const place =
      file === '-' ? stdinPlace(folder, options.name) : { folder: folder ?? '', name: options.name };
    const fragments = fragmentsOf(options['bits-frag-bytes'], options.size !== undefined);
    const input = await inputOf(file, context, options.size);
    const name = place.name ?? nameInDrive(context, file, names);
    try {
      const drive = await uploadDrive(context, options);
      const into = await folderRef(place.folder, context);
      const asks = !(options.force || options.rename);
      const same = asks ? await alreadyThere(input, below(into, name), conflict, context) : undefined;
      if (options['dry-run']) {
        await printPlan(context, same === undefined ? [{ action: 'upload', object: file, to: name }] : []);
        return undefined;
      }
      const how = {
        ...{ ...context.call, name, conflict, ifMatch: options['if-match'] },
        ...{ keepTimes: names.times, ...fragments },
      };
      if (same === undefined)
        await showOne(context, drive.uploadEvents(input, into, how), {
          progress: options.progress,
          verb: 'uploaded',
        });
      else await showSame(context, { item: same, path: name }, options.progress);
      return undefined;
    } finally {
      if (typeof input === 'object' && 'close' in input) await input.close();
    }
  },
});

interface UploadFlags {
  readonly downsize: boolean;
  readonly 'no-downsize': boolean;
  readonly bits: boolean;
  readonly 'bits-do-auth-refresh-before-commit-hack': boolean;
}

/**
 * Over Live v5.0 photos are scaled down unless the user says no, as the service and the older tool did. A script that
 * was written for that wire goes on over Graph, where these flags ask for nothing.
 */
async function uploadDrive(context: Context, flags: UploadFlags): Promise<Drive> {
  if (flags.downsize && flags['no-downsize'])
    throw new OneDriveError('usage', '--downsize and --no-downsize cannot be used together.');
  const refresh = flags['bits-do-auth-refresh-before-commit-hack'];
  if ((await context.live()) === undefined) {
    if (flags.downsize || flags.bits || refresh)
      await context.note(
        '--downsize and --bits ask for something over Live v5.0 only: Microsoft Graph keeps photos whole and has upload sessions.',
      );
    return context.drive();
  }
  const credential = await context.credential();
  return context.uploadDrive({
    downsize: !flags['no-downsize'],
    ...(flags.bits ? { bitsFrom: 1 } : {}),
    ...(refresh ? { beforeCommit: async ({ signal }) => renewed(credential, signal) } : {}),
  });
}

/** Renews where there is something to renew: not the token of an embedded drive. */
async function renewed(credential: TokenCredential, signal: AbortSignal | undefined): Promise<void> {
  if ('refresh' in credential) await (credential as RefreshingCredential).refresh({ signal });
}

/** Bytes of a fragment of a stream, which is kept in memory until the service has it. */
const streamedFragment = 10 << 20;

/** @throws OneDriveError `usage`. */
function fragmentsOf(typed: string | undefined, streamed: boolean): { readonly fragmentSize?: number } {
  if (typed === undefined) return streamed ? { fragmentSize: streamedFragment } : {};
  const size = Number(typed);
  if (/^\d+$/.test(typed) && size > 0) return { fragmentSize: size };
  throw new OneDriveError('usage', `--bits-frag-bytes wants a number of bytes above 0, not "${typed}".`);
}

/** Bytes from which it is worth asking whether the drive has the file already. */
const worthAsking = 1 << 20;

/**
 * The item, where the drive has the same content under that name. One that must not be replaced is only looked at before
 * all the bytes go for nothing: whether the same content came by an upload of ours, whose answer was lost, the upload
 * itself finds out.
 * @throws OneDriveError `conflict` when another content has the name, and is to keep it.
 */
async function alreadyThere(
  input: UploadInput,
  at: ItemRef,
  conflict: ConflictBehavior,
  context: Context,
): Promise<DriveItem | undefined> {
  if (typeof input !== 'object' || !('fingerprint' in input) || input.size < worthAsking) return undefined;
  const drive = await context.drive();
  const item = await drive.stat(at, context.call).catch(() => undefined);
  if (item === undefined) return undefined;
  const borrowed = { ...input, close: async () => {} };
  const { size, modifiedMs } = input;
  const same = await alreadyUploaded({ size, modifiedMs }, item, async () => borrowed);
  if (conflict !== 'fail') return same ? item : undefined;
  if (same) return undefined;
  throw new OneDriveError('conflict', `There is something at ${describeItem(at)} already.`, {
    hint: 'Leave out -n to replace it, or keep both with --rename.',
  });
}

function conflictOf(options: {
  readonly 'no-overwrite': boolean;
  readonly rename: boolean;
}): ConflictBehavior {
  if (options['no-overwrite'] && options.rename)
    throw new OneDriveError('usage', '-n and --rename cannot be used together.');
  return options.rename ? 'rename' : options['no-overwrite'] ? 'fail' : 'replace';
}

interface Place {
  readonly folder: string;
  readonly name: string | undefined;
}

/** `put - Backups/db.sql`: the last part is the name. */
function stdinPlace(folder: string | undefined, name: string | undefined): Place {
  if (name !== undefined) return { folder: folder ?? '', name };
  const names = parsePath(folder ?? '');
  const last = names.pop();
  if (last === undefined || folder?.endsWith('/') === true) {
    throw new OneDriveError('usage', 'stdin has no name: say what the file is to be called.', {
      hint: 'Write the name last (put - Backups/db.sql), or give it with --name.',
    });
  }
  const top = folder?.startsWith('/') === true ? '/' : '';
  return { folder: top + names.join('/'), name: last };
}

/** Local files are opened before anything is sent. @throws OneDriveError `local-file`. */
async function inputOf(file: string, context: Context, size: string | undefined): Promise<UploadInput> {
  if (file !== '-') {
    if (size !== undefined) throw new OneDriveError('usage', '--size is for stdin (-) only.');
    return pathSource(context.fs, await encodedPath(context, file));
  }
  const stream = abortable(context.streams.stdin.bytes(), context.signal);
  return size === undefined ? { stream } : knownStream(stream, parseSize(size));
}

/** The service makes folders on the way of an upload; a folder that is not there is more often a slip of the pen. */
async function folderRef(folder: string, context: Context): Promise<ItemRef> {
  const ref = resolve(folder, context.as);
  if (ref.path.length === 0) return ref;
  const drive = await context.drive();
  const item = await drive.stat(ref, context.call);
  if (itemKind(item) === 'folder') return ref;
  throw new OneDriveError('not-supported', `${folder} is not a folder, so nothing can be put into it.`, {
    hint: 'Name the folder that the file goes into; its name in the drive is --name.',
  });
}
