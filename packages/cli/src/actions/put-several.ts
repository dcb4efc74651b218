/** `put` of several files and folders, and of one folder or pattern: one transfer with one report. */
import { OneDriveError } from 'onedrive-kit/errors';
import type { ItemRef } from 'onedrive-kit/graph';
import { namesFolder } from 'onedrive-kit/internal/drive/address/target-rule';
import { localStat } from '../arguments/local-file.ts';
import { pathOf } from '../arguments/local-path.ts';
import type { Context } from '../context.ts';
import { wholeNumber } from '../definition/whole-number.ts';
import { localGlob, nameInDrive, type PutFlags, putFolderEvents } from '../transfer/put-folder.ts';
import { severalEvents, type TransferSource } from '../transfer/several.ts';
import { showEvents } from '../transfer/show-events.ts';
import type { TreeFlags } from '../transfer/tree-options.ts';
import { conflictOf, type PutFileFlags, putFileEvents } from './put-file.ts';
import { likelySource, resolveTarget } from './put-target.ts';

type SeveralFlags = PutFileFlags & PutFlags & TreeFlags & { readonly name: string | undefined };

/** Uploads one folder, or the files that match a pattern. @returns the exit status. */
export async function putTree(
  context: Context,
  { file, target }: { readonly file: string; readonly target: string },
  flags: SeveralFlags,
): Promise<number> {
  const glob = file === '-' ? undefined : await localGlob(context, file);
  const refuseName = await likelySource(context, target, { folders: true });
  // The target of a tree is always a folder, which the transfer creates; it is read only if it may be a source.
  const ref = await folderRef(context, target, refuseName, flags['dry-run']);
  const source = { file, into: ref, glob, conflict: conflictOf(flags) };
  return show(context, await putFolderEvents(context, source, flags), flags);
}

async function folderRef(
  context: Context,
  target: string,
  refuseName: OneDriveError | undefined,
  dryRun: boolean,
): Promise<ItemRef> {
  if (refuseName === undefined) return (await context.drive()).resolve(target, context.as);
  return (await resolveTarget(context, target, { mustBeFolder: true, refuseName, dryRun })).into;
}

/** Uploads several files, and with `-r` folders, into one folder. @returns the exit status. */
export async function putSeveral(
  context: Context,
  { files, target }: { readonly files: readonly string[]; readonly target: string },
  flags: SeveralFlags,
): Promise<number> {
  refuseSingleOptions(files, flags);
  const refuseName = await likelySource(context, target, { folders: flags.recursive });
  const { into } = await resolveTarget(context, target, {
    mustBeFolder: true,
    refuseName,
    dryRun: flags['dry-run'],
  });
  const sources: TransferSource[] = [];
  for (const file of files) sources.push(await sourceOf(context, file, into, flags));
  const { clock, signal } = context;
  const transfers = wholeNumber(flags.transfers, '--transfers');
  return show(context, severalEvents(sources, { clock, signal, transfers }), flags);
}

/** Options that describe one file. @throws OneDriveError `usage`. */
function refuseSingleOptions(files: readonly string[], flags: SeveralFlags): void {
  const single = (['name', 'if-match', 'size', 'files-from'] as const).find(
    (name) => flags[name] !== undefined,
  );
  if (single !== undefined)
    throw new OneDriveError('usage', `--${single} can be used with a single file only.`, {
      hint: 'Upload the files one by one.',
    });
  if (files.includes('-'))
    throw new OneDriveError('usage', '- (stdin) cannot be uploaded together with other files.', {
      hint: 'Upload stdin with a command of its own: put - FOLDER/NAME',
    });
}

async function sourceOf(
  context: Context,
  file: string,
  into: ItemRef,
  flags: SeveralFlags,
): Promise<TransferSource> {
  const glob = await localGlob(context, file);
  const isFolder =
    flags.recursive &&
    (await localStat(context, context.localPath(file), 'read').catch(() => undefined))?.isDirectory() ===
      true;
  const isTree = glob !== undefined || isFolder;
  const name = glob !== undefined || (isFolder && namesFolder(file)) ? '' : pathOf(context).basename(file);
  const tree = { file, into, glob, conflict: conflictOf(flags) };
  return {
    ...{ label: file, name, isFolder },
    async *open() {
      if (isTree) yield* await putFolderEvents(context, tree, flags);
      else yield* putFileEvents(context, { file, into, name: nameInDrive(context, file, flags) }, flags);
    },
  };
}

function show(
  context: Context,
  events: Parameters<typeof showEvents>[1],
  flags: Pick<SeveralFlags, 'progress' | 'dry-run'>,
): Promise<number> {
  return showEvents(context, events, {
    progress: flags.progress,
    dryRun: flags['dry-run'],
    verb: 'uploaded',
  });
}
