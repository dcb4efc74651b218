/**
 * A local folder into the drive: each folder of the drive listed at most once or made once, files that are there
 * already skipped, times set in company.
 */
import { isOneDriveError, OneDriveError } from '../../../errors/index.ts';
import type { ItemRef } from '../../../graph/item-ref.ts';
import { below } from '../../../graph/item-ref-forms.ts';
import type { DriveItem } from '../../../graph/types/index.ts';
import type { FileStat, FileSystem } from '../../../platform/file-system.ts';
import { checkName } from '../../address/item-names.ts';
import { type DriveOptions, resolve, type Target } from '../../address/target.ts';
import { makeFolder } from '../../changing/make-folder.ts';
import { saysMissing } from '../../explain-missing.ts';
import { folderBehind, statFolder } from '../../stat.ts';
import type { DriveContext } from '../../world.ts';
import { localError } from '../local-error.ts';
import { pathSource } from '../path-source.ts';
import { type Crew, withCrew } from './crew.ts';
import type { TransferEvent } from './events.ts';
import { type FileSender, fileSender } from './file-sender.ts';
import { type MetFiles, metFiles } from './met-files.ts';
import { type Pair, pairs } from './pairs.ts';
import { knownFolder, newFolder, type RemoteFolder } from './remote-folder.ts';
import { alreadyUploaded } from './same-content.ts';
import { everything, type Selection } from './selection.ts';

/** How trees are moved, in both directions. */
export interface TreeOptions extends DriveOptions {
  /** Which files; all unless told. */
  readonly selection?: Selection | undefined;
  /** Files at a time; 8 unless told. */
  readonly transfers?: number | undefined;
  /** Only say what would be done. */
  readonly dryRun?: boolean | undefined;
  /** Move files also when they are there already. */
  readonly force?: boolean | undefined;
  /** When another file has the name: `replace` unless told; `skip` leaves it alone. */
  readonly existing?: 'replace' | 'skip' | 'rename' | undefined;
  /** What to do with symbolic links on the local side. Default: `skip`. */
  readonly links?: LinkPolicy | undefined;
  /** Downloads only: as in `DownloadOptions`. Default: false. */
  readonly keepMismatch?: boolean | undefined;
  /** @internal Id of the record that covers the small files of the tree. */
  readonly tree?: string | undefined;
  /** @internal The part of the names of part files that nobody can predict. Default: random for each file. */
  readonly partTag?: string | undefined;
}

/**
 * Symbolic links on the local side, below the folder that the caller named: `skip` reports each as omitted, `fail` as
 * failed, `follow` uses what it points to.
 */
export type LinkPolicy = 'skip' | 'follow' | 'fail';

/** Where the local side is. */
export interface LocalTree {
  readonly fileSystem: FileSystem;
  /** Absolute path of the folder. */
  readonly folder: string;
  /**
   * The folder that the caller named, where `folder` is below it: a download treats links below this folder by
   * {@link TreeOptions.links}. Default: `folder`.
   */
  readonly target?: string | undefined;
  /** Forces downloaded files to the disk before they take their names. */
  readonly durable?: boolean | undefined;
}

interface Task {
  readonly context: DriveContext;
  readonly local: LocalTree;
  readonly options: TreeOptions;
  readonly selection: Selection;
  readonly sender: FileSender;
  readonly crew: Crew;
  readonly met: MetFiles;
}

/**
 * Puts what is in a local folder into a folder of the drive, which is made where it is missing.
 * @throws OneDriveError when the folders themselves cannot be used; what is wrong with a file is an event.
 */
export function putTree(
  context: DriveContext,
  local: LocalTree,
  into: Target,
  options: TreeOptions = {},
): AsyncGenerator<TransferEvent, void, undefined> {
  const { clock } = context.world;
  const { transfers = 8, selection = everything, signal } = options;
  let sender: FileSender | undefined;
  const scout = async (crew: Crew) => {
    const conflict = options.existing === 'rename' ? 'rename' : 'replace';
    sender = fileSender({ context, fileSystem: local.fileSystem, crew, conflict, tree: options.tree });
    const met = metFiles(selection);
    const task = {
      context,
      local,
      options: { ...options, signal: crew.signal },
      selection,
      sender,
      crew,
      met,
    };
    await putFolder(task, local.folder, '', await topFolder(task, into));
    await met.tellMissing(crew);
  };
  return withCrew({ clock, signal, transfers }, scout, async () => sender?.flush());
}

async function topFolder(task: Task, into: Target): Promise<RemoteFolder> {
  const { context, options } = task;
  const ref = resolve(into, options.as);
  const { signal } = options;
  try {
    return knownFolder(context, await statFolder(context, ref, { signal }), { signal });
  } catch (error) {
    if (!saysMissing(error) || ref.path.length === 0) throw error;
    const above = { anchor: ref.anchor, path: [] };
    return newFolder(async () => {
      const made = await makeFolder(context, above, ref.path.join('/'), { parents: true, signal });
      await task.crew.tell({ type: 'folder', path: '' });
      return made;
    });
  }
}

async function putFolder(task: Task, folder: string, above: string, remote: RemoteFolder): Promise<void> {
  for await (const pair of pairs(await namesIn(task, folder), remote.children())) {
    const path = above === '' ? pair.name : `${above}/${pair.name}`;
    const entry = { ...pair, path, where: `${folder}/${pair.name}` };
    try {
      await putEntry(task, entry, remote);
    } catch (error) {
      task.crew.signal.throwIfAborted();
      await task.crew.tell({ type: 'failed', path, error: localError(error, 'read', entry.where) });
    }
  }
}

async function namesIn({ local }: Task, folder: string): Promise<string[]> {
  return await local.fileSystem.readdir(folder).catch((error: unknown) => {
    throw localError(error, 'read', folder);
  });
}

/** Something in a local folder, and what has its name in the drive. */
interface LocalEntry extends Pair {
  /** Below the top of the tree. */
  readonly path: string;
  /** On the disk. */
  readonly where: string;
}

async function putEntry(task: Task, entry: LocalEntry, remote: RemoteFolder): Promise<void> {
  const { local, crew, selection } = task;
  const { path, where } = entry;
  const stat = await local.fileSystem.stat(where);
  if (stat.isDirectory()) {
    if (selection.folder(path)) await putFolder(task, where, path, await subFolder(task, entry, remote));
  } else if (stat.isFile()) {
    if (!selection.file(path)) return;
    task.met.add(path);
    await putOne(task, { ...entry, stat }, remote);
  } else
    await crew.tell({ type: 'omitted', path, reason: 'special-file', message: 'it is not a regular file' });
}

async function subFolder(
  task: Task,
  { path, name, there }: LocalEntry,
  above: RemoteFolder,
): Promise<RemoteFolder> {
  checkName(name);
  const call = { signal: task.crew.signal };
  const known = there && (await folderBehind(task.context, there, call));
  if (known !== undefined) return knownFolder(task.context, known, call);
  if (there !== undefined) {
    throw new OneDriveError('conflict', `${path} is a folder here and a file in the drive.`, {
      hint: 'Rename one of them.',
    });
  }
  const { context, crew, options } = task;
  const folder = newFolder(async () => {
    const made = await createFolder(context, await above.ref(), name, crew.signal);
    await crew.tell({ type: 'folder', path });
    return made;
  });
  // An empty folder is part of the tree too, unless only some files are wanted.
  if (task.selection === everything && options.dryRun !== true) await folder.ref();
  return folder;
}

/** One request, unless somebody else has made it meanwhile. */
async function createFolder(
  { provider }: DriveContext,
  parent: ItemRef,
  name: string,
  signal: AbortSignal,
): Promise<DriveItem> {
  try {
    return await provider.createFolder(parent, name, { conflict: 'fail', signal });
  } catch (error) {
    if (!isOneDriveError(error) || error.code !== 'conflict') throw error;
    return await provider.item(below(parent, name), { signal });
  }
}

interface LocalFile extends LocalEntry {
  readonly stat: FileStat;
}

async function putOne(task: Task, file: LocalFile, remote: RemoteFolder): Promise<void> {
  const { crew, options, local, sender } = task;
  const { path, name, stat, where, there } = file;
  checkName(name);
  const open = () => pathSource(local.fileSystem, where);
  await crew.work(path, async (signal) => {
    const { size, mtimeMs: modifiedMs } = stat;
    if (there !== undefined && options.existing === 'skip') {
      await crew.tell({ type: 'skipped', path, size, reason: 'exists' });
      return;
    }
    const same =
      there !== undefined &&
      options.force !== true &&
      (await alreadyUploaded({ size, modifiedMs }, there, open));
    if (same) {
      await crew.tell({ type: 'skipped', path, size, reason: 'same' });
      return;
    }
    await crew.tell({ type: 'planned', path, size });
    if (options.dryRun !== true) await sender.send({ path, where, name, size, signal }, await remote.ref());
  });
}
