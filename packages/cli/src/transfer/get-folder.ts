/** `get` of a folder, or of files that match wildcards. */
import { resolve, splitGlob, type TransferEvent, unmapName } from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import { refusedName } from 'onedrive-kit/internal/drive/transfer/tree/local-names';
import { isWildcardPath } from '../arguments/expanded-arguments.ts';
import { localStat } from '../arguments/local-file.ts';
import { pathOf } from '../arguments/local-path.ts';
import type { Context } from '../context.ts';
import { readTreeFlags, type TreeFlags } from './tree-options.ts';

type Glob = ReturnType<typeof splitGlob>;

/** The wildcards of a path of the drive; undefined if an item has exactly that name. */
export async function remoteGlob(context: Context, file: string): Promise<Glob> {
  if (!isWildcardPath(file, context.as)) return undefined;
  // Only brackets are allowed in names.
  const drive = /[*?]/.test(file) ? undefined : await context.drive();
  if ((await drive?.stat(file, context.call).catch(() => undefined)) !== undefined) return undefined;
  return splitGlob(file);
}

export interface GetFolder {
  readonly file: string;
  readonly dst: string | undefined;
  readonly glob: Glob;
}

export type GetFlags = TreeFlags & {
  readonly 'no-overwrite': boolean;
  readonly fsync: boolean;
  readonly 'keep-mismatch': boolean;
  readonly 'map-names': boolean;
};

/** The events of a folder, or of the files that match wildcards. @throws OneDriveError `local-file`, `usage`. */
export async function getFolderEvents(
  context: Context,
  target: GetFolder,
  flags: GetFlags,
): Promise<AsyncIterable<TransferEvent>> {
  const { file, glob, dst = '.' } = target;
  const from = glob?.folder ?? file;
  const options = await readTreeFlags(context, flags, glob?.rule);
  const parent = context.localPath(dst);
  const existingParent = await localStat(context, parent, 'write');
  if (existingParent !== undefined && !existingParent.isDirectory())
    throw new OneDriveError('local-file', `${parent} is a file, not a folder.`, {
      hint: 'Pass a local folder as the last argument.',
    });
  const mapNames = flags['map-names'];
  const name = glob === undefined ? await folderName(context, from, mapNames) : undefined;
  const folder = name === undefined ? parent : pathOf(context).join(parent, name);
  const drive = await context.drive();
  const local = { fileSystem: context.fs, folder, target: parent, durable: flags.fsync };
  const existing = flags['no-overwrite'] ? 'skip' : 'replace';
  const keepMismatch = flags['keep-mismatch'];
  return drive.getTree(from, local, { ...options, existing, keepMismatch, mapNames });
}

/**
 * The name of the local folder for a folder of the drive. It does not depend on existing files, so that the same command
 * resumes an interrupted run. Undefined to download only the content of the folder: for a path that ends with a slash or
 * `.`, and for the root.
 * @throws OneDriveError `invalid-name` if no local folder can have that name.
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
    `The name ${JSON.stringify(name)} is not a valid local folder name.`,
    {
      hint: 'To download its content only, add a slash: get -r FOLDER/ TARGET',
    },
  );
}
