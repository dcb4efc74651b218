/** `get` of a folder, or of what wildcards match. */
import { resolve, type splitGlob } from '../../drive/index.ts';
import { OneDriveError } from '../../errors/onedrive-error.ts';
import { localStat } from '../arguments/local-file.ts';
import { pathOf } from '../arguments/local-path.ts';
import type { Context } from '../context.ts';
import { showEvents } from './show-events.ts';
import { readTreeFlags, type TreeFlags } from './tree-options.ts';

/** No item of a drive has a name with wildcards, and no id has any. */
export function isTreePath(file: string): boolean {
  return /[*?[]/.test(file);
}

export interface GetFolder {
  readonly file: string;
  readonly dst: string | undefined;
  readonly glob: ReturnType<typeof splitGlob>;
}

type GetFlags = TreeFlags & { readonly 'no-overwrite': boolean; readonly fsync: boolean };

/** @returns the exit status. */
export async function getFolder(context: Context, what: GetFolder, flags: GetFlags): Promise<number> {
  const { file, glob } = what;
  const from = glob?.folder ?? file;
  const options = await readTreeFlags(context, flags, glob?.rule);
  const folder = await localTarget(context, what, from);
  const drive = await context.drive();
  const local = { fileSystem: context.fs, folder, durable: flags.fsync };
  const existing = flags['no-overwrite'] ? 'skip' : 'replace';
  const events = drive.getTree(from, local, { ...options, existing });
  return showEvents(context, events, {
    progress: flags.progress,
    dryRun: flags['dry-run'],
    verb: 'downloaded',
  });
}

/** Into a folder that is there goes the folder; under a new name, or with a slash at the end, what is in it. */
async function localTarget(context: Context, { dst = '.', glob }: GetFolder, from: string): Promise<string> {
  const typed = context.localPath(dst);
  const there = await localStat(context, typed, 'write');
  if (there !== undefined && !there.isDirectory())
    throw new OneDriveError('local-file', `${typed} is a file, not a folder.`, { hint: 'Name a folder.' });
  const name = resolve(from, context.as).path.at(-1);
  const inside = glob !== undefined || there === undefined || from.endsWith('/') || name === undefined;
  return inside ? typed : pathOf(context).join(typed, name);
}
