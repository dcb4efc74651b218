/**
 * Everything below a folder, parents before children, each folder in the order of its list. Folders ahead of the
 * reader are listed meanwhile, a few at a time and never more than a few dozen ahead, so that the order costs no
 * time and a large drive no memory.
 */
import { itemById } from '../graph/item-ref-forms.ts';
import type { DriveItem } from '../graph/types/index.ts';
import { itemKind } from './item-kind.ts';
import { type ListAhead, listAhead } from './list-ahead.ts';
import { statFolder } from './stat.ts';
import type { DriveOptions, Target } from './target.ts';
import type { DriveContext } from './world.ts';

/** How to walk. */
export interface WalkOptions extends DriveOptions {
  /** Folders listed at a time; 8 unless told. */
  readonly concurrency?: number | undefined;
  /** Levels to go down: 1 gives the folder's own children. Unlimited unless told. */
  readonly depth?: number | undefined;
  readonly orderBy?: string | undefined;
}

/** An item met on a walk. */
export interface WalkEntry {
  readonly item: DriveItem;
  /** Its name and those of the folders between the start and it, outermost first. */
  readonly path: readonly string[];
}

async function childrenOf(
  context: DriveContext,
  folder: DriveItem,
  options: WalkOptions,
): Promise<DriveItem[]> {
  const { signal, orderBy } = options;
  const found: DriveItem[] = [];
  for await (const page of context.provider.children(itemById(folder.id), { signal, orderBy }).pages())
    found.push(...page);
  return found;
}

const isWalkable = (item: DriveItem) => itemKind(item) === 'folder' && item.folder?.childCount !== 0;

async function* walkBelow(
  ahead: ListAhead,
  folder: DriveItem,
  above: readonly string[],
  depth: number,
): AsyncGenerator<WalkEntry, void, undefined> {
  const children = await ahead.take(folder);
  if (depth > 1) ahead.offer(children.filter(isWalkable));
  for (const item of children) {
    const path = [...above, item.name];
    yield { item, path };
    if (depth > 1 && isWalkable(item)) yield* walkBelow(ahead, item, path, depth - 1);
  }
}

/**
 * Walks a folder. Shortcuts to other drives and packages are given but not entered.
 * @throws OneDriveError `not-found`, `not-supported` when the start is no folder.
 */
export async function* walk(
  context: DriveContext,
  start: Target,
  options: WalkOptions = {},
): AsyncGenerator<WalkEntry, void, undefined> {
  yield* walkFolder(context, await statFolder(context, start, options), options);
}

/** @internal {@link walk} from a folder that was just read. */
export async function* walkFolder(
  context: DriveContext,
  folder: DriveItem,
  options: WalkOptions,
): AsyncGenerator<WalkEntry, void, undefined> {
  const { concurrency = 8, depth = Number.POSITIVE_INFINITY } = options;
  if (depth < 1 || !isWalkable(folder)) return;
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  const ahead = listAhead((one) => childrenOf(context, one, { ...options, signal }), { concurrency });
  try {
    yield* walkBelow(ahead, folder, [], depth);
  } finally {
    stop.abort(); // a reader that leaves early wants no more lists
  }
}
