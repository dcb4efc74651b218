/**
 * Copies and moves between drives. The service copies if it can; if it refuses (drives of two organizations,
 * of two kinds of account), the bytes are transferred through this program. A move is a copy followed by a
 * removal: Graph moves only within a drive (https://learn.microsoft.com/graph/api/driveitem-move).
 */
import { isOneDriveError, OneDriveError } from '../../errors/index.ts';
import type { DriveItem } from '../../graph/types/index.ts';
import { checkName } from '../address/item-names.ts';
import type { Target } from '../address/target.ts';
import { itemKind } from '../item-kind.ts';
import { walkFolder } from '../listing/walk.ts';
import { refOf, shortcutTarget } from '../provider/item-home.ts';
import { behind, stat, statFolder } from '../stat.ts';
import { upload } from '../transfer/upload.ts';
import type { DriveContext } from '../world.ts';
import { remove } from './change.ts';
import type { CopyOptions } from './copy-options.ts';
import { makeFolder } from './make-folder.ts';
import { remoteSource } from './remote-source.ts';
import { serviceCopy } from './service-copy.ts';

/** An item of one drive, or a folder of another. */
export interface Place {
  readonly drive: DriveContext;
  readonly target: Target;
}

/** Options for a copy between drives. */
export interface CopyAcrossOptions extends CopyOptions {
  /** Called when the service refuses, before bytes are read. */
  readonly onStream?: ((reason: unknown) => void) | undefined;
}

/** Errors that mean that the service cannot copy between these drives. */
const refusals: ReadonlySet<string> = new Set([
  'not-supported',
  'access-denied',
  'invalid-request',
  'not-found',
]);

/**
 * Copies an item into a folder of another drive.
 * @throws OneDriveError `conflict`, `quota`, `access-denied` … of the method that was used last.
 */
export async function copyAcross(
  from: Place,
  to: Place,
  options: CopyAcrossOptions = {},
): Promise<DriveItem> {
  if (options.name !== undefined) checkName(options.name);
  const typed = await stat(from.drive, from.target, options);
  const item = await behind(from.drive, typed, options);
  const into = await statFolder(to.drive, to.target, options);
  return await copyInto(from.drive, item, to.drive, into, { ...options, name: options.name ?? typed.name });
}

/** @internal {@link copyAcross} for an item and a folder that were just read. */
export async function copyInto(
  from: DriveContext,
  item: DriveItem,
  to: DriveContext,
  into: DriveItem,
  options: CopyAcrossOptions & { readonly name: string },
): Promise<DriveItem> {
  const { signal, onProgress, name, conflict = 'fail' } = options;
  try {
    const place = { context: to, folder: into, name };
    return await serviceCopy(from, item, place, { signal, onProgress, conflict });
  } catch (error) {
    if (!isOneDriveError(error) || !refusals.has(error.code)) throw error;
    options.onStream?.(error);
  }
  return await stream(from, item, to, into, options);
}

/**
 * Moves an item into a folder of another drive; the original is moved to its recycle bin when the copy is
 * complete.
 */
export async function moveAcross(
  from: Place,
  to: Place,
  options: CopyAcrossOptions = {},
): Promise<DriveItem> {
  const item = await stat(from.drive, from.target, options);
  if (shortcutTarget(item) !== undefined) throw shortcutStays(item);
  const source: Place = { drive: from.drive, target: refOf(item) };
  const copied = await copyAcross(source, to, options);
  // Not if it was changed in the meantime: the copy is then incomplete. The eTag of a folder changes with
  // its content.
  const ifMatch = itemKind(item) === 'file' ? item.eTag : undefined;
  await remove(from.drive, source.target, { signal: options.signal, ifMatch });
  return copied;
}

/** A copy would contain the target's content, which belongs to another user. */
function shortcutStays(item: DriveItem): OneDriveError {
  return new OneDriveError('not-supported', `${item.name} is a shortcut, which cannot leave its drive.`, {
    hint: 'Copy it, or move the items in it.',
  });
}

function packageStays(item: DriveItem): OneDriveError {
  return new OneDriveError(
    'not-supported',
    `${item.name} is a OneNote notebook, whose content can be read only with OneNote.`,
    { hint: 'Export it in OneNote.' },
  );
}

async function stream(
  from: DriveContext,
  item: DriveItem,
  to: DriveContext,
  into: DriveItem,
  options: CopyAcrossOptions & { readonly name: string },
): Promise<DriveItem> {
  const { signal, name, conflict = 'fail', onProgress } = options;
  if (itemKind(item) === 'package') throw packageStays(item);
  if (itemKind(item) === 'file') {
    const source = remoteSource(from, item, { signal });
    return (await upload(to, source, refOf(into), { name, conflict, signal, onProgress })).item;
  }
  const made = await makeFolder(to, refOf(into), name, {
    signal,
    parents: conflict === 'replace',
    conflict: conflict === 'rename' ? 'rename' : 'fail',
  });
  for await (const { item: child } of walkFolder(from, item, { signal, depth: 1 })) {
    // As the service does: the target of a shortcut is not part of the folder.
    if (itemKind(child) !== 'remote') await stream(from, child, to, made, { ...options, name: child.name });
  }
  return made;
}
