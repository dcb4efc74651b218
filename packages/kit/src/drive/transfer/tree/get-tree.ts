/**
 * A folder of the drive onto the disk: the listing brings the addresses of the contents along, so each file is one
 * request; files that are there already are skipped. A folder that cannot be listed or made is a failure of its own.
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
import { type Crew, withCrew } from './crew.ts';
import type { TransferEvent } from './events.ts';
import type { LinkPolicy } from './link-policy.ts';
import { type LocalFolders, localFolders, parentPath, reportObstacle } from './local-folders.ts';
import { refusedName, sameLocalName, sameNameError, type UsedNames, usedNames } from './local-names.ts';
import { type MetFiles, metFiles } from './met-files.ts';
import { filtered, type Omission, omissionOf, vault } from './omission.ts';
import { sameContent } from './same-content.ts';
import { everything, type Selection } from './selection.ts';
import type { LocalTree, TreeOptions } from './tree-options.ts';

interface Task {
  readonly context: DriveContext;
  readonly local: LocalTree;
  readonly options: TreeOptions;
  readonly selection: Selection;
  readonly links: LinkPolicy;
  readonly crew: Crew;
  readonly folders: LocalFolders;
  readonly names: UsedNames;
  readonly met: MetFiles;
  /** Folders of the drive that are not entered. */
  readonly closed: Set<string>;
  /** Vaults, which are locked where they cannot be listed. */
  readonly vaults: Set<string>;
}

/**
 * Gets what is in a folder of the drive into a local folder, which is made where it is missing.
 * @throws OneDriveError when the folder cannot be found; what is wrong with anything in it is an event.
 */
export function getTree(
  context: DriveContext,
  from: Target,
  local: LocalTree,
  options: TreeOptions = {},
): AsyncGenerator<TransferEvent, void, undefined> {
  const { transfers = 8, signal } = options;
  const scout = async (crew: Crew) => {
    const task = taskOf(context, local, options, crew);
    const top = await statFolder(context, from, { as: options.as, signal: crew.signal });
    if (task.selection === everything && (await task.folders.make('')) !== undefined) return;
    for await (const entry of walkFolder(context, top, waysOf(task))) await visit(task, entry);
    await task.met.tellMissing(crew);
  };
  return withCrew({ clock: context.world.clock, signal, transfers }, scout, async () => {});
}

function taskOf(context: DriveContext, local: LocalTree, options: TreeOptions, crew: Crew): Task {
  const { selection = everything, links = 'skip', dryRun = false } = options;
  return {
    ...{ context, local, options, selection, links, crew },
    folders: localFolders({ local, links, dryRun, crew }),
    names: usedNames(),
    met: metFiles(selection),
    closed: new Set(),
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

function waysOf(task: Task) {
  const { crew, closed, vaults, selection } = task;
  const { signal } = crew;
  return {
    signal,
    enter: (names: readonly string[]) => {
      const path = localPath(task, names);
      if (refusal(task, names.at(-1) ?? '') !== undefined) return false;
      return !closed.has(path) && selection.folder(path);
    },
    onFailed: async (names: readonly string[], error: unknown) => {
      const path = localPath(task, names);
      await crew.tell(
        vaults.has(path) ? { type: 'omitted', path, ...vault } : { type: 'failed', path, error },
      );
    },
  };
}

async function visit(task: Task, { item, path: names, circular }: WalkEntry): Promise<void> {
  const { selection, crew, met, closed, vaults } = task;
  const path = localPath(task, names);
  const isFolder = holdsItems(item);
  if (!(isFolder ? selection.folder(path) : selection.file(path))) {
    if (isChosenByRules(selection)) await crew.tell({ type: 'omitted', path, ...filtered });
    return;
  }
  if (!isFolder) met.add(path);
  if (isFolder && item.specialFolder?.name === 'vault') vaults.add(path);
  const omission = refusal(task, item.name) ?? omissionOf(item, circular === true);
  if (omission !== undefined) await omit(task, path, omission);
  else if (await hasCollision(task, path)) closed.add(path);
  else if (!isFolder) await getOne(task, path, item);
  else if (selection === everything && (await task.folders.make(path)) !== undefined) closed.add(path);
}

/** A list of files or wildcards name what is wanted, and all else is of no interest; rules leave something out. */
function isChosenByRules({ rules }: Selection): boolean {
  return rules?.glob === undefined && rules?.only === undefined;
}

async function omit({ crew, closed }: Task, path: string, omission: Omission): Promise<void> {
  closed.add(path);
  await crew.tell({ type: 'omitted', path, ...omission });
}

/** Reports two names of one folder that the local file system takes for the same. */
async function hasCollision(task: Task, path: string): Promise<boolean> {
  const other = task.names.use(path);
  if (other === undefined) return false;
  const { folders, local, crew, context, options } = task;
  const parent = parentPath(path);
  const [name, otherName] = [path, other].map((one) => one.slice(one.lastIndexOf('/') + 1));
  if (options.dryRun !== true && (await folders.make(parent)) !== undefined) return false;
  const place = {
    fileSystem: local.fileSystem,
    folder: folders.where(parent),
    random: context.world.random,
  };
  const same =
    options.dryRun === true
      ? await isOneFile(task, path, other)
      : await sameLocalName(place, name ?? '', otherName ?? '');
  if (same) await crew.tell({ type: 'failed', path, error: sameNameError(path, other) });
  return same;
}

/** A dry run makes no file to try names with: it looks at what is there. */
async function isOneFile({ local, folders }: Task, path: string, other: string): Promise<boolean> {
  const stats = [path, other].map((one) =>
    statIfThere(local.fileSystem, folders.where(one), false).catch(() => undefined),
  );
  const [left, right] = await Promise.all(stats);
  return left !== undefined && left.ino === right?.ino;
}

async function getOne(task: Task, path: string, listed: DriveItem): Promise<void> {
  const { crew, options, folders, context } = task;
  await crew.work(path, async (signal) => {
    const obstacle = await folders.make(parentPath(path));
    if (obstacle !== undefined) {
      await reportObstacle(crew, path, obstacle, task.links);
      return;
    }
    const item = await behind(context, listed, { signal });
    const size = item.size ?? 0;
    const where = folders.where(path);
    const there = await lookAt(task, where);
    if (there === 'link') {
      await reportObstacle(crew, path, { kind: 'link', where }, task.links);
      return;
    }
    const reason = await skipReason(task, { item, where, there });
    if (reason !== undefined) {
      await crew.tell({ type: 'skipped', path, size, reason });
      return;
    }
    await crew.tell({ type: 'planned', path, size });
    const vacant = there === undefined;
    if (options.dryRun !== true) await fetchOne(task, { path, where, vacant, item, signal });
  });
}

/** What is where a file shall be. @throws OneDriveError `local-file` where no file can be. */
async function lookAt({ local, links }: Task, where: string): Promise<FileStat | 'link' | undefined> {
  try {
    const there = await statIfThere(local.fileSystem, where, false);
    if (there?.isSymbolicLink() !== true) return there === undefined ? undefined : ordinary(there, where);
    if (links !== 'follow') return 'link';
    return ordinary(await local.fileSystem.stat(where), where);
  } catch (error) {
    throw localError(error, 'write', where);
  }
}

function ordinary(there: FileStat, where: string): FileStat {
  if (there.isFile()) return there;
  const what = there.isDirectory() ? 'it is a folder' : 'it is not a regular file';
  throw new OneDriveError('local-file', `Could not write ${where}: ${what}.`, {
    hint: 'Rename or remove it.',
  });
}

interface Found {
  readonly item: DriveItem;
  readonly where: string;
  readonly there: FileStat | undefined;
}

async function skipReason(
  { options, local }: Task,
  { item, where, there }: Found,
): Promise<'exists' | 'same' | undefined> {
  if (there === undefined) return undefined;
  if (options.existing === 'skip') return 'exists';
  if (options.force === true) return undefined;
  const { size, mtimeMs: modifiedMs } = there;
  const open = () => pathSource(local.fileSystem, where);
  return (await sameContent({ size, modifiedMs }, item, open)) ? 'same' : undefined;
}

interface Wanted {
  readonly path: string;
  readonly where: string;
  /** Nothing is there. */
  readonly vacant: boolean;
  readonly item: DriveItem;
  readonly signal: AbortSignal;
}

async function fetchOne(task: Task, { path, where, vacant, item, signal }: Wanted): Promise<void> {
  const { context, crew, local, options, links } = task;
  await crew.tell({ type: 'started', path, size: item.size ?? 0 });
  const followLinks = links === 'follow';
  const how = { random: context.world.random, durable: local.durable, vacant, followLinks };
  const { tree, partTag, keepMismatch } = options;
  const result = await download(context, refOf(item), pathSink(local.fileSystem, where, how), {
    ...{ item, tree, partTag, keepMismatch, signal },
    onProgress: ({ loaded, total }) => crew.progress(path, loaded, total ?? item.size ?? 0),
  });
  const { size, verdict, hash } = result;
  await crew.tell({ type: 'done', path, size, verdict, hash, item: result.item });
}
