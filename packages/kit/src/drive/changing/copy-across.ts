/**
 * Copying and moving between drives. The service copies by itself where it may; where it refuses (drives of two
 * organisations, of two kinds of account), the bytes go through here. A move is a copy and, once that is whole, a
 * removal: Graph moves within a drive only (https://learn.microsoft.com/graph/api/driveitem-move).
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

/** Something of one drive, or a folder of another. */
export interface Place {
  readonly drive: DriveContext;
  readonly target: Target;
}

/** How to copy between drives. */
export interface CopyAcrossOptions extends CopyOptions {
  /** Told when the service refuses, before bytes are read. */
  readonly onStream?: ((reason: unknown) => void) | undefined;
}

/** What the service says when it will not copy there by itself. */
const refusals: ReadonlySet<string> = new Set([
  'not-supported',
  'access-denied',
  'invalid-request',
  'not-found',
]);

/**
 * Copies an item into a folder of another drive.
 * @throws OneDriveError `conflict`, `quota`, `access-denied` … of the way that was taken in the end.
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

/** @internal {@link copyAcross} of an item into a folder, both of which were just read. */
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

/** Moves an item into a folder of another drive; it goes to the recycle bin of its own when the copy is whole. */
export async function moveAcross(
  from: Place,
  to: Place,
  options: CopyAcrossOptions = {},
): Promise<DriveItem> {
  const item = await stat(from.drive, from.target, options);
  if (shortcutTarget(item) !== undefined) throw shortcutStays(item);
  const source: Place = { drive: from.drive, target: refOf(item) };
  const copied = await copyAcross(source, to, options);
  // Not if somebody changed it meanwhile: what is in the copy is then not all there is. Folders change with all in them.
  const ifMatch = itemKind(item) === 'file' ? item.eTag : undefined;
  await remove(from.drive, source.target, { signal: options.signal, ifMatch });
  return copied;
}

/** Its copy would be all that is behind it, and what is behind it belongs to somebody else. */
function shortcutStays(item: DriveItem): OneDriveError {
  return new OneDriveError('not-supported', `${item.name} is a shortcut, which stays in its drive.`, {
    hint: 'Copy it, or move what is in it.',
  });
}

function packageStays(item: DriveItem): OneDriveError {
  return new OneDriveError(
    'not-supported',
    `${item.name} is a OneNote notebook, whose content the service gives out to OneNote only.`,
    { hint: 'Export it there.' },
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
    // As the service does: what a shortcut leads to is not in the folder.
    if (itemKind(child) !== 'remote') await stream(from, child, to, made, { ...options, name: child.name });
  }
  return made;
}
