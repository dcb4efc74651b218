/**
 * Downloads a folder of the drive: the list contains the download URLs, so each file is one request; files that exist
 * locally are skipped. A folder that cannot be listed or created is reported as failed.
 */
import { OneDriveError } from '../../../errors/index.ts';
import type { DriveItem } from '../../../graph/types/index.ts';
import type { FileStat } from '../../../platform/file-system.ts';
import { unmapName } from '../../address/mapped-names.ts';
import type { Target } from '../../address/target.ts';
import { holdsItems } from '../../item-kind.ts';
import { type WalkEntry, walkFolder } from '../../listing/walk.ts';
import { refOf } from '../../provider/item-home.ts';
import { behind, statFolder } from '../../stat.ts';
import type { DriveContext } from '../../world.ts';
import { download } from '../download.ts';
import { localError } from '../local-error.ts';
import { pathSink, statIfThere } from '../path-sink.ts';
import { pathSource } from '../path-source.ts';
import type { TransferEvent } from './events.ts';
import type { LinkPolicy } from './link-policy.ts';
import { type LocalFolders, localFolders, parentPath, reportObstacle } from './local-folders.ts';
import { refusedName, sameLocalName, sameNameError, type UsedNames, usedNames } from './local-names.ts';
import { type MatchTracker, matchTracker } from './match-tracker.ts';
import { filtered, type Omission, omissionOf, vault } from './omission.ts';
import { sameContent } from './same-content.ts';
import { everything, type Selection } from './selection.ts';
import type { LocalTree, TreeOptions } from './tree-options.ts';
import { type WorkerPool, withWorkerPool } from './worker-pool.ts';

interface Task {
  readonly context: DriveContext;
  readonly local: LocalTree;
  readonly options: TreeOptions;
  readonly selection: Selection;
  readonly links: LinkPolicy;
  readonly pool: WorkerPool;
  readonly folders: LocalFolders;
  readonly names: UsedNames;
  readonly matches: MatchTracker;
  /** Folders of the drive that are not entered. */
  readonly notEntered: Set<string>;
  /** Personal Vaults, which are locked if they cannot be listed. */
  readonly vaults: Set<string>;
}

/**
 * Downloads the content of a folder of the drive into a local folder, which is created if it is missing.
 * @throws OneDriveError if the folder cannot be found; errors of anything in it are events.
 */
export function getTree(
  context: DriveContext,
  from: Target,
  local: LocalTree,
  options: TreeOptions = {},
): AsyncGenerator<TransferEvent, void, undefined> {
  const { transfers = 8, signal } = options;
  const produce = async (pool: WorkerPool) => {
    const task = taskOf(context, local, options, pool);
    const top = await statFolder(context, from, { as: options.as, signal: pool.signal });
    if (task.selection === everything && (await task.folders.create('')) !== undefined) return;
    for await (const entry of walkFolder(context, top, walkOptions(task))) await visit(task, entry);
    await task.matches.reportUnmatched(pool);
    await pool.emit({ type: 'listed' });
  };
  return withWorkerPool({ clock: context.world.clock, signal, transfers }, produce, async () => {});
}

function taskOf(context: DriveContext, local: LocalTree, options: TreeOptions, pool: WorkerPool): Task {
  const { selection = everything, links = 'skip', dryRun = false } = options;
  return {
    ...{ context, local, options, selection, links, pool },
    folders: localFolders({ local, links, dryRun, pool }),
    names: usedNames(),
    matches: matchTracker(selection),
    notEntered: new Set(),
    vaults: new Set(),
  };
}

/** The local name of an item. */
function localName({ options }: Pick<Task, 'options'>, name: string): string {
  return options.mapNames === true ? unmapName(name) : name;
}

function localPath(task: Pick<Task, 'options'>, names: readonly string[]): string {
  return names.map((name) => localName(task, name)).join('/');
}

function refusal(task: Pick<Task, 'options' | 'local'>, name: string): Omission | undefined {
  return refusedName(localName(task, name), task.local.folder, task.options.mapNames);
}

function walkOptions(task: Task) {
  const { pool, notEntered, vaults, selection } = task;
  const { signal } = pool;
  return {
    signal,
    enter: (names: readonly string[]) => {
      const path = localPath(task, names);
      if (refusal(task, names.at(-1) ?? '') !== undefined) return false;
      return !notEntered.has(path) && selection.folder(path);
    },
    onFailed: async (names: readonly string[], error: unknown) => {
      const path = localPath(task, names);
      await pool.emit(
        vaults.has(path) ? { type: 'omitted', path, ...vault } : { type: 'failed', path, error },
      );
    },
  };
}

async function visit(task: Task, { item, path: names, circular }: WalkEntry): Promise<void> {
  const { selection, pool, matches, notEntered, vaults } = task;
  const path = localPath(task, names);
  const isFolder = holdsItems(item);
  if (!(isFolder ? selection.folder(path) : selection.file(path))) {
    if (isChosenByRules(selection)) await pool.emit({ type: 'omitted', path, ...filtered });
    return;
  }
  if (!isFolder) matches.add(path);
  if (isFolder && item.specialFolder?.name === 'vault') vaults.add(path);
  const omission = refusal(task, item.name) ?? omissionOf(item, circular === true);
  if (omission !== undefined) await omit(task, path, omission);
  else if (await hasCollision(task, path)) notEntered.add(path);
  else if (!isFolder) await submitFile(task, path, item);
  else if (selection === everything && (await task.folders.create(path)) !== undefined) notEntered.add(path);
}

/** Lists and patterns name what is selected, and the rest is not reported; exclusion rules do report what they leave out. */
function isChosenByRules({ rules }: Selection): boolean {
  return rules?.glob === undefined && rules?.only === undefined;
}

async function omit({ pool, notEntered }: Task, path: string, omission: Omission): Promise<void> {
  notEntered.add(path);
  await pool.emit({ type: 'omitted', path, ...omission });
}

/** Reports two names of one folder that the local file system considers equal. */
async function hasCollision(task: Task, path: string): Promise<boolean> {
  const other = task.names.use(path);
  if (other === undefined) return false;
  const { folders, local, pool, context, options } = task;
  const parent = parentPath(path);
  const [name, otherName] = [path, other].map((one) => one.slice(one.lastIndexOf('/') + 1));
  if (options.dryRun !== true && (await folders.create(parent)) !== undefined) return false;
  const trial = {
    fileSystem: local.fileSystem,
    folder: folders.localPath(parent),
    random: context.world.random,
  };
  const isSame =
    options.dryRun === true
      ? await isOneFile(task, path, other)
      : await sameLocalName(trial, name ?? '', otherName ?? '');
  if (isSame) await pool.emit({ type: 'failed', path, error: sameNameError(path, other) });
  return isSame;
}

/** A dry run creates no file to try names with: it compares the existing files. */
async function isOneFile({ local, folders }: Task, path: string, other: string): Promise<boolean> {
  const stats = [path, other].map((one) =>
    statIfThere(local.fileSystem, folders.localPath(one), false).catch(() => undefined),
  );
  const [left, right] = await Promise.all(stats);
  return left !== undefined && left.ino === right?.ino;
}

async function submitFile(task: Task, path: string, listedItem: DriveItem): Promise<void> {
  const { pool, options, folders, context } = task;
  await pool.submit(path, async (signal) => {
    const obstacle = await folders.create(parentPath(path));
    if (obstacle !== undefined) {
      await reportObstacle(pool, path, obstacle, task.links);
      return;
    }
    const item = await behind(context, listedItem, { signal });
    const size = item.size ?? 0;
    const localPath = folders.localPath(path);
    const stat = await statTarget(task, localPath);
    if (stat === 'link') {
      await reportObstacle(pool, path, { kind: 'link', localPath }, task.links);
      return;
    }
    const reason = await skipReason(task, { item, localPath, stat });
    if (reason !== undefined) {
      await pool.emit({ type: 'skipped', path, size, reason });
      return;
    }
    await pool.emit({ type: 'planned', path, size });
    const isVacant = stat === undefined;
    if (options.dryRun !== true) await downloadFile(task, { path, localPath, isVacant, item, signal });
  });
}

/** The file at a target path. @throws OneDriveError `local-file` if a file cannot be there. */
async function statTarget({ local, links }: Task, localPath: string): Promise<FileStat | 'link' | undefined> {
  try {
    const stat = await statIfThere(local.fileSystem, localPath, false);
    if (stat?.isSymbolicLink() !== true) return stat === undefined ? undefined : requireFile(stat, localPath);
    if (links !== 'follow') return 'link';
    return requireFile(await local.fileSystem.stat(localPath), localPath);
  } catch (error) {
    throw localError(error, 'write', localPath);
  }
}

function requireFile(stat: FileStat, localPath: string): FileStat {
  if (stat.isFile()) return stat;
  const problem = stat.isDirectory() ? 'it is a folder' : 'it is not a regular file';
  throw new OneDriveError('local-file', `Could not write ${localPath}: ${problem}.`, {
    hint: 'Rename or remove it.',
  });
}

interface DownloadTarget {
  readonly item: DriveItem;
  readonly localPath: string;
  readonly stat: FileStat | undefined;
}

async function skipReason(
  { options, local }: Task,
  { item, localPath, stat }: DownloadTarget,
): Promise<'exists' | 'same' | undefined> {
  if (stat === undefined) return undefined;
  if (options.existing === 'skip') return 'exists';
  if (options.force === true) return undefined;
  const { size, mtimeMs: modifiedMs } = stat;
  const open = () => pathSource(local.fileSystem, localPath);
  return (await sameContent({ size, modifiedMs }, item, open)) ? 'same' : undefined;
}

interface FileToDownload {
  readonly path: string;
  readonly localPath: string;
  /** No file exists at the path. */
  readonly isVacant: boolean;
  readonly item: DriveItem;
  readonly signal: AbortSignal;
}

async function downloadFile(
  task: Task,
  { path, localPath, isVacant, item, signal }: FileToDownload,
): Promise<void> {
  const { context, pool, local, options, links } = task;
  await pool.emit({ type: 'started', path, size: item.size ?? 0 });
  const followLinks = links === 'follow';
  const sinkOptions = { random: context.world.random, durable: local.durable, vacant: isVacant, followLinks };
  const { tree, partTag, keepMismatch } = options;
  const result = await download(context, refOf(item), pathSink(local.fileSystem, localPath, sinkOptions), {
    ...{ item, tree, partTag, keepMismatch, signal },
    onProgress: ({ loaded, total }) => pool.progress(path, loaded, total ?? item.size ?? 0),
  });
  const { size, verdict, hash } = result;
  await pool.emit({ type: 'done', path, size, verdict, hash, item: result.item });
}
