/**
 * A folder of the drive onto the disk: the listing brings the addresses of the contents along, so each file is one
 * request; files that are there already are skipped.
 */
import { OneDriveError } from '../../../errors/index.ts';
import type { DriveItem } from '../../../graph/types/index.ts';
import type { Target } from '../../address/target.ts';
import { holdsItems } from '../../item-kind.ts';
import { walk } from '../../listing/walk.ts';
import { refOf } from '../../provider/item-home.ts';
import type { DriveContext } from '../../world.ts';
import { download } from '../download.ts';
import { localError } from '../local-error.ts';
import { pathSink, statIfThere } from '../path-sink.ts';
import { pathSource } from '../path-source.ts';
import { type Crew, withCrew } from './crew.ts';
import type { TransferEvent } from './events.ts';
import { metFiles } from './met-files.ts';
import { omissionOf } from './omission.ts';
import type { LocalTree, TreeOptions } from './put-tree.ts';
import { sameContent } from './same-content.ts';
import { everything } from './selection.ts';

interface Task {
  readonly context: DriveContext;
  readonly local: LocalTree;
  readonly options: TreeOptions;
  readonly crew: Crew;
  /** Local folders that are there, or being made. */
  readonly folders: Map<string, Promise<void>>;
}

/**
 * Gets what is in a folder of the drive into a local folder, which is made where it is missing.
 * @throws OneDriveError when the folder cannot be listed; what is wrong with a file is an event.
 */
export function getTree(
  context: DriveContext,
  from: Target,
  local: LocalTree,
  options: TreeOptions = {},
): AsyncGenerator<TransferEvent, void, undefined> {
  const { transfers = 8, selection = everything, signal } = options;
  const scout = async (crew: Crew) => {
    const task: Task = { context, local, options, crew, folders: new Map() };
    const met = metFiles(selection);
    const enter = (names: readonly string[]) => !names.some(isUnsafe) && selection.folder(names.join('/'));
    const how = { as: options.as, signal: crew.signal, enter };
    for await (const { item, path: names } of walk(context, from, how)) {
      const path = names.join('/');
      if (holdsItems(item)) {
        if (selection === everything && options.dryRun !== true && enter(names)) await makeLocal(task, path);
      } else if (selection.file(path)) {
        met.add(path);
        await getOne(task, path, item, names.find(isUnsafe));
      }
    }
    await met.tellMissing(crew);
  };
  return withCrew({ clock: context.world.clock, signal, transfers }, scout, async () => {});
}

/** What comes over the wire must not choose a place outside the folder. */
const isUnsafe = (name: string) => /^\.{0,2}$|[/\\\0]/.test(name);

/** Made once; whoever needs it meanwhile waits for it. */
function makeLocal(task: Task, path: string): Promise<void> {
  const making = task.folders.get(path) ?? makeLocalOnce(task, path);
  task.folders.set(path, making);
  return making;
}

async function makeLocalOnce({ local, crew }: Task, path: string): Promise<void> {
  const where = path === '' ? local.folder : `${local.folder}/${path}`;
  const made = await local.fileSystem.mkdir(where, { recursive: true }).catch((error: unknown) => {
    throw localError(error, 'make', where);
  });
  if (made !== undefined && path !== '') await crew.tell({ type: 'folder', path });
}

async function getOne(task: Task, path: string, item: DriveItem, problem: string | undefined): Promise<void> {
  const { crew, options, local } = task;
  const size = item.size ?? 0;
  const omission = omissionOf(item);
  if (omission !== undefined) {
    await crew.tell({ type: 'omitted', path, ...omission });
    return;
  }
  await crew.work(path, async (signal) => {
    if (problem !== undefined) throw notLocal(problem);
    const where = `${local.folder}/${path}`;
    const there = await statIfThere(local.fileSystem, where).catch((error: unknown) => {
      throw localError(error, 'read', where);
    });
    if (there !== undefined && options.existing === 'skip') {
      await crew.tell({ type: 'skipped', path, size, reason: 'exists' });
      return;
    }
    const { size: hasSize, mtimeMs: modifiedMs } = there ?? { size: -1, mtimeMs: 0 };
    const open = () => pathSource(local.fileSystem, where);
    if (options.force !== true && (await sameContent({ size: hasSize, modifiedMs }, item, open))) {
      await crew.tell({ type: 'skipped', path, size, reason: 'same' });
      return;
    }
    await crew.tell({ type: 'planned', path, size });
    const vacant = there === undefined;
    if (options.dryRun !== true) await fetchOne(task, { path, where, vacant, item, signal });
  });
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
  const { context, crew, local, options } = task;
  await makeLocal(task, path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '');
  await crew.tell({ type: 'started', path, size: item.size ?? 0 });
  const how = { random: context.world.random, durable: local.durable, vacant };
  const sink = pathSink(local.fileSystem, where, how);
  const result = await download(context, refOf(item), sink, {
    item,
    tree: options.tree,
    signal,
    onProgress: ({ loaded, total }) => crew.progress(path, loaded, total ?? item.size ?? 0),
  });
  const { size, verdict, hash } = result;
  await crew.tell({ type: 'done', path, size, verdict, hash, item: result.item });
}

function notLocal(name: string): OneDriveError {
  return new OneDriveError(
    'invalid-name',
    `The name ${JSON.stringify(name)} cannot be that of a local file.`,
    { hint: 'Rename it in the drive.' },
  );
}
