/**
 * Everything below a folder, parents first, in the way that needs fewer requests: {@link walk}, or delta in
 * pages of a thousand. The items of a delta are collected before the first entry is returned, unless the
 * order is `arrival`: only the required properties are kept, so that 100,000 items fit in a few dozen
 * megabytes.
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

/** Options for listing a subtree. */
export interface SubtreeOptions extends WalkOptions {
  /** Required properties in addition to those from which the tree is built. Default: all. */
  readonly select?: readonly string[] | undefined;
  /**
   * Returns the part of an item to keep while a large list is collected, or undefined to drop it; folders are
   * never dropped. Default: everything.
   */
  readonly keep?: ((item: DriveItem) => DriveItem | undefined) | undefined;
  /**
   * The order of siblings if delta is used: `name`, after the last page; or `arrival`, each entry as soon as
   * its parent folders are known, so that any number of whole items takes little memory. Items that change
   * while they are listed are then returned in their first state. Default: `name`.
   */
  readonly order?: 'name' | 'arrival' | undefined;
  /**
   * Called once, at the end, with items that were listed under no folder: in a delta of a whole drive, those whose parents
   * are unknown or form a circle; in a walk, folders inside themselves, which are given once and not entered.
   */
  readonly onUnplaced?: ((items: readonly DriveItem[]) => void) | undefined;
  /** Overrides the automatic choice. */
  readonly by?: ListingPlan | undefined;
}

/** The properties from which the tree is built, and those for deletions and duplicates. */
const shape = ['id', 'name', 'parentReference', 'folder', 'package', 'remoteItem', 'root', 'deleted'];

/**
 * Everything below a folder. Entries are returned parents first; with delta, in the given `order`.
 * @throws OneDriveError `not-found`, `not-supported` if the start is not a folder.
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
      // On business drives, the delta of a shared folder is that of its whole drive.
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

/** Entries and, after each shortcut to a folder of another drive, the entries below its target. */
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
 * The part of an item that is kept in memory. With `select`, siblings share the reference to their folder:
 * its path alone would take more memory than everything else, and can be derived from the folder.
 */
function keeper(
  { keep = (item) => item }: SubtreeOptions,
  selected: boolean,
): (item: DeltaItem) => DriveItem | undefined {
  const parents = new Map<string, DriveItem['parentReference']>();
  return (told) => {
    // Delta returns a few items without a name: internal items of the service, which are not visible.
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
