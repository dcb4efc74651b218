/** `put` of a folder, or of what wildcards match. */
import { resolve, splitGlob } from '../../drive/index.ts';
import { OneDriveError } from '../../errors/onedrive-error.ts';
import { below } from '../../graph/item-ref-forms.ts';
import type { ConflictBehavior } from '../../graph/types/index.ts';
import { localStat } from '../arguments/local-file.ts';
import { pathOf } from '../arguments/local-path.ts';
import type { Context } from '../context.ts';
import { showEvents } from './show-events.ts';
import { readTreeFlags, type TreeFlags } from './tree-options.ts';

type Glob = ReturnType<typeof splitGlob>;

/** The wildcards of a local path that the shell has left; undefined where a file has that very name. */
export async function localGlob(context: Context, file: string): Promise<Glob> {
  const glob = splitGlob(file);
  if (glob === undefined || (await localStat(context, context.localPath(file), 'read')) !== undefined)
    return undefined;
  return file.startsWith('/') && glob.folder === '' ? { ...glob, folder: '/' } : glob;
}

export interface PutFolder {
  readonly file: string;
  readonly folder: string;
  readonly glob: Glob;
  readonly conflict: ConflictBehavior;
}

/** @returns the exit status. */
export async function putFolder(context: Context, what: PutFolder, flags: TreeFlags): Promise<number> {
  const { file, folder, glob, conflict } = what;
  if (file === '-') throw new OneDriveError('usage', 'stdin is no folder.');
  const options = await readTreeFlags(context, flags, glob?.rule);
  const local = context.localPath(glob?.folder ?? file);
  if ((await localStat(context, local, 'read'))?.isDirectory() !== true) {
    throw new OneDriveError('local-file', `${local} is not a folder.`, { hint: 'Put a file without -r.' });
  }
  const inside = glob !== undefined || /(^|[/\\])\.{0,2}$/.test(file);
  const ref = resolve(folder, context.as);
  const into = inside ? ref : below(ref, pathOf(context).basename(local));
  const drive = await context.drive();
  const existing = conflict === 'fail' ? 'skip' : conflict;
  const events = drive.putTree({ fileSystem: context.fs, folder: local }, into, { ...options, existing });
  return showEvents(context, events, {
    progress: flags.progress,
    dryRun: flags['dry-run'],
    verb: 'uploaded',
  });
}
