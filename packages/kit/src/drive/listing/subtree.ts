/**
 * Everything below a folder, parents first, by whichever way costs less: {@link walk}, or delta in pages of a
 * thousand. What a delta tells is gathered before the first entry is given, unless it may be given as it comes: only
 * what is asked for is kept, to hold 100,000 items in a few dozen megabytes.
 */
import { getDelta } from '../../graph/endpoints/views.ts';
import { pagesAhead } from '../../graph/pages-ahead.ts';
import type { DeltaItem, DriveItem } from '../../graph/types/index.ts';
import type { Target } from '../address/target.ts';
import { holdsItems, itemKind } from '../item-kind.ts';
import { homeOf, refOf, withHome } from '../provider/item-home.ts';
import type { GraphPlace } from '../provider/provider.ts';
import { statFolder } from '../stat.ts';
import type { DriveContext } from '../world.ts';
import { asTheyCome, byName, type DeltaOrder } from './delta-order.ts';
import { type ListingPlan, listingPage, planListing } from './listing-plan.ts';
import { type WalkEntry, type WalkOptions, walkFolder } from './walk.ts';

/** How to list a subtree. */
export interface SubtreeOptions extends WalkOptions {
  /** Properties that are needed beside the ones that a tree is built of; all unless told. */
  readonly select?: readonly string[] | undefined;
  /**
   * What to remember of an item while a large list is gathered, or undefined to drop it; folders are never dropped.
   * Everything unless told.
   */
  readonly keep?: ((item: DriveItem) => DriveItem | undefined) | undefined;
  /**
   * Of siblings, where a delta is read: by `name`, after the last page; or by `arrival`, each entry as soon as the
   * folders above it are known, so that whole items of any number take little memory. What changes while it is listed
   * then stays as it was first told. `name` unless told.
   */
  readonly order?: 'name' | 'arrival' | undefined;
  /**
   * Called once, at the end, with items that were listed under no folder: in a delta of a whole drive, those whose parents
   * are unknown or form a circle; in a walk, folders inside themselves, which are given once and not entered.
   */
  readonly onUnplaced?: ((items: readonly DriveItem[]) => void) | undefined;
  /** Overrides the choice. */
  readonly by?: ListingPlan | undefined;
}

/** What the shape of a tree is read from, and what deletions and doubles need. */
const shape = ['id', 'name', 'parentReference', 'folder', 'package', 'remoteItem', 'root', 'deleted'];

/**
 * Everything below a folder. Entries are given parents first; by delta, in the `order` asked for.
 * @throws OneDriveError `not-found`, `not-supported` when the start is no folder.
 */
export async function* subtree(
  context: DriveContext,
  start: Target,
  options: SubtreeOptions = {},
): AsyncGenerator<WalkEntry, void, undefined> {
  const folder = await statFolder(context, start, options);
  const { graph } = context.provider;
  const plan =
    options.by ??
    planListing({
      hasDelta: graph !== undefined,
      // Delta of a shared folder is, on business drives, that of the whole drive that it is in.
      isRoot: folder.root !== undefined && homeOf(folder) === undefined,
      driveType: folder.parentReference?.driveType,
      depth: options.depth ?? Number.POSITIVE_INFINITY,
      childCount: folder.folder?.childCount,
    });
  if (plan === 'delta' && graph !== undefined) yield* byDelta(context, graph, folder, options);
  else yield* byWalk(context, folder, options);
}

async function* byWalk(
  context: DriveContext,
  folder: DriveItem,
  options: SubtreeOptions,
): AsyncGenerator<WalkEntry, void, undefined> {
  const circles: DriveItem[] = [];
  for await (const entry of walkFolder(context, folder, options)) {
    if (entry.circular === true && itemKind(entry.item) === 'folder') circles.push(entry.item);
    yield entry;
  }
  if (circles.length > 0) options.onUnplaced?.(circles);
}

async function* byDelta(
  context: DriveContext,
  { client, ref }: GraphPlace,
  folder: DriveItem,
  options: SubtreeOptions,
): AsyncGenerator<WalkEntry, void, undefined> {
  const { signal, select, depth = Number.POSITIVE_INFINITY } = options;
  const wanted = select === undefined ? undefined : [...new Set([...shape, ...select])].join(',');
  const at = refOf(folder);
  const keep = keeper(options, wanted !== undefined);
  const order = (options.order === 'arrival' ? asTheyCome : byName)(folder.id, depth);
  const pages = getDelta(client, ref, at, { signal, top: listingPage, select: wanted }).pages();
  for await (const { value } of pagesAhead(pages)) {
    for (const item of value) {
      const kept = keep(item);
      if (item.deleted !== undefined) order.remove(item.id);
      else if (kept === undefined) order.drop(item.id);
      else order.take(withHome(kept, at));
    }
    yield* withShortcuts(context, order, order.ready(), options);
  }
  yield* withShortcuts(context, order, order.rest(), options);
  // Below the root only: a delta of a shared folder may be that of the whole drive which it is in.
  const unplaced = options.onUnplaced === undefined || folder.root === undefined ? [] : order.unplaced();
  if (unplaced.length > 0) options.onUnplaced?.(unplaced);
}

/** Entries and, after each shortcut to a folder elsewhere, what is behind it. */
async function* withShortcuts(
  context: DriveContext,
  order: DeltaOrder,
  entries: Iterable<WalkEntry>,
  options: SubtreeOptions,
): AsyncGenerator<WalkEntry, void, undefined> {
  for (const entry of entries) {
    yield entry;
    const { item } = entry;
    if (itemKind(item) === 'remote' && holdsItems(item) && options.shortcuts !== false)
      yield* behind(context, order, entry, options);
  }
}

async function* behind(
  context: DriveContext,
  order: DeltaOrder,
  entry: WalkEntry,
  options: SubtreeOptions,
): AsyncGenerator<WalkEntry, void, undefined> {
  const { path, item } = entry;
  const inside = order.above(entry).map((id) => id.toLowerCase());
  const depth = (options.depth ?? Number.POSITIVE_INFINITY) - path.length;
  for await (const far of walkFolder(context, item, { ...options, depth, inside }))
    yield { item: far.item, path: [...path, ...far.path] };
}

/**
 * What stays of an item in memory. Of a selection, siblings share what is said of their folder: its path alone would
 * cost more than everything else, and is known from the folder.
 */
function keeper(
  { keep = (item) => item }: SubtreeOptions,
  selected: boolean,
): (item: DeltaItem) => DriveItem | undefined {
  const parents = new Map<string, DriveItem['parentReference']>();
  return (told) => {
    // Delta tells a few items without a name: the wire's own, which nobody sees.
    if (told.deleted !== undefined || told.name === undefined) return undefined;
    const item = told as DriveItem;
    const kept = holdsItems(item) ? item : keep(item);
    const { id, driveId } = item.parentReference ?? {};
    if (!selected || kept === undefined || id === undefined) return kept;
    const parentReference = parents.get(id) ?? { id, ...(driveId === undefined ? {} : { driveId }) };
    parents.set(id, parentReference);
    return { ...kept, parentReference };
  };
}
