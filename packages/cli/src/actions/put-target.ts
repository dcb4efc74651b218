/** Resolves the last argument of `put` to a folder of the drive and a name. */
import { type Destination, destination, resolve } from 'onedrive-kit/drive';
import { isOneDriveError, OneDriveError } from 'onedrive-kit/errors';
import type { ItemRef } from 'onedrive-kit/graph';
import { namesFolder } from 'onedrive-kit/internal/drive/address/target-rule';
import { localStat } from '../arguments/local-file.ts';
import type { Context } from '../context.ts';
import { nameInDrive, type PutFlags } from '../transfer/put-folder.ts';
import type { PutFile } from './put-file.ts';

interface TargetFlags extends PutFlags {
  readonly name: string | undefined;
  readonly 'dry-run': boolean;
}

/** Where one file goes. @throws OneDriveError `usage`, `not-found`, `not-supported`, `invalid-name`. */
export async function putTarget(
  context: Context,
  { file, target = '' }: { readonly file: string; readonly target: string | undefined },
  flags: TargetFlags,
): Promise<PutFile> {
  const { name } = flags;
  const isStdin = file === '-';
  if (isStdin && name === undefined && namesFolder(target)) throw nameless();
  const ownName = name ?? (isStdin ? undefined : nameInDrive(context, file, flags));
  const refuseName =
    name === undefined && !isStdin ? await likelySource(context, target, { folders: false }) : undefined;
  const mustBeFolder = name !== undefined || namesFolder(target);
  const place = await resolveTarget(context, target, { mustBeFolder, refuseName, dryRun: flags['dry-run'] });
  const finalName = place.name ?? ownName;
  if (finalName === undefined) throw nameless();
  return { file, into: place.into, name: finalName };
}

interface ResolveOptions {
  readonly mustBeFolder: boolean;
  readonly refuseName?: OneDriveError | undefined;
  readonly dryRun: boolean;
}

/**
 * The folder, by its typed path, so that messages name it as typed; and the new name, if there is one.
 * @throws OneDriveError `not-supported` if a file is there instead of a folder.
 */
export async function resolveTarget(
  context: Context,
  target: string,
  options: ResolveOptions,
): Promise<{ readonly into: ItemRef; readonly name: string | undefined }> {
  const ref = resolve(target, context.as);
  if (ref.anchor.kind === 'root' && ref.path.length === 0) return { into: ref, name: undefined };
  const { name } = await readTarget(context, { target, ref }, options);
  if (name === undefined) return { into: ref, name: undefined };
  return { into: { anchor: ref.anchor, path: ref.path.slice(0, -1) }, name };
}

async function readTarget(
  context: Context,
  { target, ref }: { readonly target: string; readonly ref: ItemRef },
  { mustBeFolder, refuseName, dryRun }: ResolveOptions,
): Promise<Destination> {
  const { context: place } = await context.drive();
  const makeMissing = namesFolder(target) ? (dryRun ? 'plan' : 'create') : undefined;
  try {
    return await destination(place, ref, {
      signal: context.signal,
      ...{ mustBeFolder, makeMissing, refuseName },
    });
  } catch (cause) {
    if (!isOneDriveError(cause) || cause.code !== 'not-supported') throw cause;
    throw new OneDriveError('not-supported', `${target} is not a folder.`, {
      cause,
      hint: `Pass the folder to upload into. To upload one file as ${target}: --name ${target}`,
    });
  }
}

function nameless(): OneDriveError {
  return new OneDriveError('usage', 'Missing file name for stdin.', {
    hint: 'Add the name to the folder (put - Backups/db.sql), or use --name NAME.',
  });
}

/**
 * The error for a last argument that is a local file and not a folder of the drive: `put a.txt b.txt` probably means two
 * files. Undefined if there is no such local file.
 * @param folders whether a local folder of that name counts too, because folders are uploaded.
 */
export async function likelySource(
  context: Context,
  target: string,
  { folders }: { readonly folders: boolean },
): Promise<OneDriveError | undefined> {
  if (target === '' || namesFolder(target) || context.as === 'id') return undefined;
  const local = await localStat(context, context.localPath(target), 'read').catch(() => undefined);
  if (local === undefined || !(local.isFile() || (folders && local.isDirectory()))) return undefined;
  const what = local.isFile() ? 'file' : 'folder';
  return new OneDriveError(
    'usage',
    `${target} is a local ${what}, and the drive has no folder of this name to upload into.`,
    {
      hint: `To upload it too, add the folder as the last argument: / for the root. To create a folder: ${target}/ (with a slash). To set the name: --name ${target}`,
    },
  );
}
