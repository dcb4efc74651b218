/** `put` of a folder, or of files that match wildcards. */
import { driveNames, splitGlob, type TransferEvent } from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import type { ConflictBehavior, ItemRef } from 'onedrive-kit/graph';
import { below } from 'onedrive-kit/graph';
import { namesFolder } from 'onedrive-kit/internal/drive/address/target-rule';
import { encodedPath } from '../arguments/encoded-path.ts';
import { localStat } from '../arguments/local-file.ts';
import { pathOf } from '../arguments/local-path.ts';
import type { Context } from '../context.ts';
import { readTreeFlags, type TreeFlags } from './tree-options.ts';

type Glob = ReturnType<typeof splitGlob>;

/** The wildcards of a local path, if the shell has not expanded them; undefined if a file has exactly that name. */
export async function localGlob(context: Context, file: string): Promise<Glob> {
  const glob = splitGlob(file);
  if (glob === undefined || (await localStat(context, context.localPath(file), 'read')) !== undefined)
    return undefined;
  return file.startsWith('/') && glob.folder === '' ? { ...glob, folder: '/' } : glob;
}

export interface PutFolder {
  readonly file: string;
  /** The folder of the drive that the folder, or its content, goes into. */
  readonly into: ItemRef;
  readonly glob: Glob;
  readonly conflict: ConflictBehavior;
}

/** Flags for names and modification times. */
export interface PutFlags {
  readonly 'map-names': boolean;
  readonly times: boolean;
}

/** The flags as options of the drive layer. */
function nameOptions(context: Context, flags: PutFlags) {
  const { encoding } = context.flags;
  const nameEncoding = /^utf-?8$/i.test(encoding) ? undefined : encoding;
  return { nameEncoding, mapNames: flags['map-names'], keepTimes: flags.times };
}

/** The name in the drive for a local file or folder. @throws OneDriveError `invalid-name`. */
export function nameInDrive(context: Context, local: string, flags: PutFlags): string {
  const base = pathOf(context).basename(local);
  const { text, name, omission } = driveNames(nameOptions(context, flags))(base);
  if (omission === undefined) return name;
  throw new OneDriveError('invalid-name', `${text} cannot be uploaded: ${omission.message}.`, {
    hint: 'Rename it, or add --map-names to replace characters that OneDrive does not allow.',
  });
}

/**
 * The events of a folder, or of the files that match wildcards.
 * @throws OneDriveError `local-file` if the source is not a folder, `usage`.
 */
export async function putFolderEvents(
  context: Context,
  source: PutFolder,
  flags: TreeFlags & PutFlags,
): Promise<AsyncIterable<TransferEvent>> {
  const { file, into: ref, glob, conflict } = source;
  if (file === '-') throw new OneDriveError('usage', '-r cannot be used with stdin (-).');
  const options = { ...(await readTreeFlags(context, flags, glob?.rule)), ...nameOptions(context, flags) };
  const local = await encodedPath(context, glob?.folder ?? file);
  if ((await localStat(context, local, 'read'))?.isDirectory() !== true) {
    throw new OneDriveError('local-file', `${local} is not a folder.`, {
      hint: 'To upload a single file, omit -r.',
    });
  }
  const into = glob !== undefined || namesFolder(file) ? ref : below(ref, nameInDrive(context, local, flags));
  const drive = await context.drive();
  const existing = conflict === 'fail' ? 'skip' : conflict;
  return drive.putTree({ fileSystem: context.fs, folder: local }, into, { ...options, existing });
}
