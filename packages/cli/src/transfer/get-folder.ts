/** `get` of a folder, or of what wildcards match. */
import { resolve, type splitGlob, unmapName } from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import { refusedName } from 'onedrive-kit/internal/drive/transfer/tree/local-names';
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

type GetFlags = TreeFlags & {
  readonly 'no-overwrite': boolean;
  readonly fsync: boolean;
  readonly 'keep-mismatch': boolean;
  readonly 'map-names': boolean;
};

/** @returns the exit status. */
export async function getFolder(context: Context, what: GetFolder, flags: GetFlags): Promise<number> {
  const { file, glob, dst = '.' } = what;
  const from = glob?.folder ?? file;
  const options = await readTreeFlags(context, flags, glob?.rule);
  const target = context.localPath(dst);
  const there = await localStat(context, target, 'write');
  if (there !== undefined && !there.isDirectory())
    throw new OneDriveError('local-file', `${target} is a file, not a folder.`, { hint: 'Name a folder.' });
  const mapNames = flags['map-names'];
  const name = glob === undefined ? await folderName(context, from, mapNames) : undefined;
  const folder = name === undefined ? target : pathOf(context).join(target, name);
  const drive = await context.drive();
  const local = { fileSystem: context.fs, folder, target, durable: flags.fsync };
  const existing = flags['no-overwrite'] ? 'skip' : 'replace';
  const keepMismatch = flags['keep-mismatch'];
  const events = drive.getTree(from, local, { ...options, existing, keepMismatch, mapNames });
  return showEvents(context, events, {
    progress: flags.progress,
    dryRun: flags['dry-run'],
    verb: 'downloaded',
  });
}

/**
 * The local folder that a folder of the drive becomes in the target, whatever is there already: an interrupted run is
 * resumed by the same command line. Undefined for the content of the folder alone: after a slash or `.` at the end, and
 * for the root.
 * @throws OneDriveError `invalid-name` when the folder has a name that no local folder can have.
 */
async function folderName(context: Context, from: string, mapNames: boolean): Promise<string | undefined> {
  const ref = resolve(from, context.as);
  const isPath = ref.anchor.kind !== 'id' || ref.path.length > 0;
  if (isPath && /(^|\/)\.{0,2}$/.test(from)) return undefined;
  const typed = ref.path.at(-1);
  if (typed !== undefined) return localName(typed, context, mapNames);
  if (!isPath) {
    const item = await (await context.drive()).stat(from, context.call);
    if (item.root === undefined) return localName(item.name, context, mapNames);
  }
  return undefined;
}

function localName(typed: string, context: Context, mapNames: boolean): string {
  const name = mapNames ? unmapName(typed) : typed;
  if (refusedName(name, context.localPath('.'), mapNames) === undefined) return name;
  throw new OneDriveError(
    'invalid-name',
    `The name ${JSON.stringify(name)} cannot be that of a local folder.`,
    {
      hint: 'Download its content alone: write a slash after the folder.',
    },
  );
}
