/** `get` of several files and folders, and of one folder or pattern: one transfer with one report. */
import { itemKind, resolve } from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import { decideTarget, namesFolder } from 'onedrive-kit/internal/drive/address/target-rule';
import { localStat } from '../arguments/local-file.ts';
import { pathOf } from '../arguments/local-path.ts';
import type { Context } from '../context.ts';
import { wholeNumber } from '../definition/whole-number.ts';
import { type GetFlags, type GetFolder, getFolderEvents, remoteGlob } from '../transfer/get-folder.ts';
import { severalEvents, type TransferSource } from '../transfer/several.ts';
import { showEvents } from '../transfer/show-events.ts';
import { type GetFileFlags, getFileEvents } from './get-file.ts';

type SeveralFlags = GetFileFlags & GetFlags & { readonly 'byte-range': string | undefined };

/** Downloads one folder, or the files that match a pattern. @returns the exit status. */
export async function getTree(context: Context, target: GetFolder, flags: SeveralFlags): Promise<number> {
  return show(context, await getFolderEvents(context, target, flags), flags);
}

/** Downloads several files, and with `-r` folders, into one local folder. @returns the exit status. */
export async function getSeveral(
  context: Context,
  { files, target }: { readonly files: readonly string[]; readonly target: string },
  flags: SeveralFlags,
): Promise<number> {
  refuseSingleOptions(flags);
  await checkFolder(context, target, files.length);
  // With a slash, the folder does not need to exist.
  const folder = namesFolder(target) ? target : `${target}${pathOf(context).sep}`;
  const sources: TransferSource[] = [];
  for (const file of files) sources.push(await sourceOf(context, file, folder, flags));
  const { clock, signal } = context;
  const transfers = wholeNumber(flags.transfers, '--transfers');
  return show(context, severalEvents(sources, { clock, signal, transfers }), flags);
}

/** Options that describe one file. @throws OneDriveError `usage`. */
function refuseSingleOptions(flags: SeveralFlags): void {
  const single = (['byte-range', 'files-from'] as const).find((name) => flags[name] !== undefined);
  if (single === undefined) return;
  throw new OneDriveError('usage', `--${single} can be used with a single file only.`, {
    hint: 'Download the files one by one.',
  });
}

/** @throws OneDriveError `usage` if the target of several files is not a local folder, and not to be created. */
async function checkFolder(context: Context, target: string, sources: number): Promise<void> {
  if (target === '-')
    throw new OneDriveError('usage', 'Several files cannot be downloaded to stdout.', {
      hint: 'To print them one after another: onedrive-cli cat FILE...',
    });
  const existing = await localStat(context, context.localPath(target), 'write');
  const kind = existing === undefined ? 'missing' : existing.isDirectory() ? 'folder' : 'file';
  const decision = decideTarget({ slash: namesFolder(target), kind, sources });
  if (decision.kind === 'folder') return;
  const problem = kind === 'file' ? 'is a local file, not a folder' : 'is not a local folder';
  throw new OneDriveError(
    kind === 'file' ? 'local-file' : 'usage',
    `${target} ${problem}: several files need a folder as the last argument.`,
    { hint: `To download all of them into this folder, add . at the end. To create a folder: ${target}/` },
  );
}

async function sourceOf(
  context: Context,
  file: string,
  folder: string,
  flags: SeveralFlags,
): Promise<TransferSource> {
  try {
    const name = resolve(file, context.as).path.at(-1) ?? '';
    const glob = await remoteGlob(context, file);
    const isFolder = flags.recursive && glob === undefined && (await isFolderOf(context, file));
    if (!isFolder && glob === undefined)
      return { label: file, name, open: () => getFileEvents(context, { file, dst: folder }, flags) };
    const inside = glob !== undefined || namesFolder(file);
    return {
      ...{ label: file, name: inside ? '' : name, isFolder },
      open: () => getFolderEvents(context, { file, dst: folder, glob }, flags),
    };
  } catch (error) {
    return { label: file, name: '', open: () => Promise.reject(error) };
  }
}

async function isFolderOf(context: Context, file: string): Promise<boolean> {
  return itemKind(await (await context.drive()).stat(file, context.call)) !== 'file';
}

function show(
  context: Context,
  events: Parameters<typeof showEvents>[1],
  flags: Pick<SeveralFlags, 'progress' | 'dry-run'>,
): Promise<number> {
  return showEvents(context, events, {
    progress: flags.progress,
    dryRun: flags['dry-run'],
    verb: 'downloaded',
  });
}
