/** `put`: uploads a file or a folder. */

import type { RefreshingCredential } from 'onedrive-kit/auth';
import {
  alreadyUploaded,
  type Drive,
  itemKind,
  parsePath,
  parseSize,
  pathSource,
  resolve,
  sizedStreamSource,
  type UploadInput,
} from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import type { ConflictBehavior, DriveItem, ItemRef } from 'onedrive-kit/graph';
import { below, describeItem } from 'onedrive-kit/graph';
import type { TokenCredential } from 'onedrive-kit/http';
import { abortable } from '../actions/abortable.ts';
import { printPlan } from '../actions/dry-run.ts';
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
  summary: 'Upload a file or folder',
  description:
    'Replaces a file of the same name, except with -n. Files of any size are streamed. For\nstdin (-), the last part of FOLDER is the name, unless --name is given. Symbolic links\nwithin a folder are skipped and listed, see --links; FILE itself can be a symbolic link.',
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
      description: 'fail if the name is taken (exit status 5); in a folder, if the content differs',
    },
    { name: 'rename', description: 'add a number to the name if it is taken' },
    {
      name: 'map-names',
      description: 'replace characters that OneDrive does not allow; get --map-names restores them',
    },
    {
      name: 'no-times',
      description: 'do not set modification times (on business drives, setting them can add a version)',
    },
    {
      name: 'size',
      value: 'BYTES',
      description: 'size of stdin, to upload it without a temporary file',
    },
    {
      name: 'if-match',
      value: 'ETAG',
      description: 'replace the file only if it has this eTag (otherwise exit status 5)',
    },
    { name: 'name', value: 'NAME', description: 'name in the drive (default: that of the local file)' },
    {
      name: 'no-downsize',
      short: 'd',
      description: 'over Live v5.0: keep photos of more than 2048 pixels unchanged',
    },
    {
      name: 'downsize',
      description: 'over Live v5.0: scale such photos down (default)',
    },
    { name: 'bits', short: 'b', description: 'over Live v5.0: upload by BITS, whatever the size' },
    {
      name: 'bits-frag-bytes',
      value: 'NUMBER',
      description: 'size of an upload fragment in bytes (default: 10 MiB)',
    },
    {
      name: 'bits-do-auth-refresh-before-commit-hack',
      description: 'over Live v5.0: renew the access token before a BITS upload is committed',
    },
  ],
  examples: [
    { line: 'put report.docx Documents', note: 'upload into Documents' },
    { line: 'put -n report.docx', note: 'upload into the root, unless the name is taken' },
    { line: 'put -r photos Pictures', note: 'upload a folder to Pictures/photos' },
    { line: 'put - Backups/db.sql < dump.sql', note: 'upload stdin' },
  ],
  async run(context, { file, folder }, options) {
    const names = { 'map-names': options['map-names'], times: !options['no-times'] };
    const conflict = conflictOf(options);
    const glob = file === '-' ? undefined : await localGlob(context, file);
    if (options.recursive || glob !== undefined || options['files-from'] !== undefined)
      return putFolder(context, { file, folder: folder ?? '', glob, conflict }, { ...options, ...names });
    const target =
      file === '-' ? stdinTarget(folder, options.name) : { folder: folder ?? '', name: options.name };
    const fragments = fragmentsOf(options['bits-frag-bytes'], options.size !== undefined);
    const input = await inputOf(file, context, options.size);
    const name = target.name ?? nameInDrive(context, file, names);
    try {
      const drive = await uploadDrive(context, options);
      const into = await folderRef(target.folder, context);
      const compares = !(options.again || options.rename);
      const same = compares ? await identicalItem(input, below(into, name), conflict, context) : undefined;
      if (options['dry-run']) {
        await printPlan(context, same === undefined ? [{ action: 'upload', object: file, to: name }] : []);
        return undefined;
      }
      const uploadOptions = {
        ...{ ...context.call, name, conflict, ifMatch: options['if-match'] },
        ...{ keepTimes: names.times, ...fragments },
      };
      if (same === undefined)
        await showOne(context, drive.uploadEvents(input, into, uploadOptions), {
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

function conflictOf(options: {
  readonly 'no-overwrite': boolean;
  readonly rename: boolean;
}): ConflictBehavior {
  if (options['no-overwrite'] && options.rename)
    throw new OneDriveError('usage', '-n and --rename cannot be used together.');
  return options.rename ? 'rename' : options['no-overwrite'] ? 'fail' : 'replace';
}

interface Target {
  readonly folder: string;
  readonly name: string | undefined;
}

/** The target of stdin: in `put - Backups/db.sql` the last part is the name. */
function stdinTarget(folder: string | undefined, name: string | undefined): Target {
  if (name !== undefined) return { folder: folder ?? '', name };
  const names = parsePath(folder ?? '');
  const last = names.pop();
  if (last === undefined || folder?.endsWith('/') === true) {
    throw new OneDriveError('usage', 'Missing file name for stdin.', {
      hint: 'Add the name to the folder (put - Backups/db.sql), or use --name NAME.',
    });
  }
  const top = folder?.startsWith('/') === true ? '/' : '';
  return { folder: top + names.join('/'), name: last };
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

/** The target folder, which must exist: the service would create a misspelled one silently. */
async function folderRef(folder: string, context: Context): Promise<ItemRef> {
  const ref = resolve(folder, context.as);
  if (ref.path.length === 0) return ref;
  const drive = await context.drive();
  const item = await drive.stat(ref, context.call);
  if (itemKind(item) === 'folder') return ref;
  throw new OneDriveError('not-supported', `${folder} is not a folder.`, {
    hint: 'Pass the folder to upload into; to set the name in the drive, use --name NAME.',
  });
}
