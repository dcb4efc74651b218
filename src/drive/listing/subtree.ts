/**
 * Everything below a folder, parents first, by whichever way costs less: {@link walk}, or delta in pages of a
 * thousand. Delta gives items in an order of its own and some of them twice, so it is gathered before the first entry
 * is given: only what is asked for is kept, to hold 100,000 items in a few dozen megabytes.
 */
import { getDelta } from '../../graph/endpoints/views.ts';
import type { DriveItem } from '../../graph/types/index.ts';
import type { Target } from '../address/target.ts';
import { holdsItems, itemKind } from '../item-kind.ts';
import { homeOf, refOf, withHome } from '../provider/item-home.ts';
import type { GraphPlace } from '../provider/provider.ts';
import { statFolder } from '../stat.ts';
import type { DriveContext } from '../world.ts';
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
  /** Overrides the choice. */
  readonly by?: ListingPlan | undefined;
}

/** What the shape of a tree is read from, and what deletions and doubles need. */
const shape = ['id', 'name', 'parentReference', 'folder', 'package', 'remoteItem', 'root', 'deleted'];

/**
 * Everything below a folder. Entries are given parents first; by delta, in the order of names.
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
  else yield* walkFolder(context, folder, options);
}

async function* byDelta(
  context: DriveContext,
  { client, ref }: GraphPlace,
  folder: DriveItem,
  options: SubtreeOptions,
): AsyncGenerator<WalkEntry, void, undefined> {
  const { signal, select, depth = Number.POSITIVE_INFINITY } = options;
  const wanted = select === undefined ? undefined : [...new Set([...shape, ...select])].join(',');
  const items = new Map<string, DriveItem>();
  const from = { signal, top: listingPage, select: wanted };
  const at = refOf(folder);
  const keep = keeper(options, wanted !== undefined);
  for await (const item of getDelta(client, ref, at, from)) {
    if (item.deleted !== undefined) items.delete(item.id);
    else {
      const kept = keep(item as DriveItem);
      if (kept === undefined) items.delete(item.id);
      else items.set(item.id, withHome(kept, at));
    }
  }
  items.delete(folder.id);
  const children = byParent(items.values());
  items.clear();
  for (const entry of below(children, folder.id, [], depth)) {
    yield entry;
    const { path, item } = entry;
    if (itemKind(item) !== 'remote' || !holdsItems(item) || options.shortcuts === false) continue;
    const inside = idsAlong(children, folder.id, path);
    for await (const far of walkFolder(context, item, { ...options, depth: depth - path.length, inside }))
      yield { item: far.item, path: [...path, ...far.path] };
  }
}

/**
 * What stays of an item in memory. Of a selection, siblings share what is said of their folder: its path alone would
 * cost more than everything else, and is known from the folder.
 */
function keeper(
  { keep = (item) => item }: SubtreeOptions,
  selected: boolean,
): (item: DriveItem) => DriveItem | undefined {
  const parents = new Map<string, DriveItem['parentReference']>();
  return (item) => {
    const kept = holdsItems(item) ? item : keep(item);
    const { id, driveId } = item.parentReference ?? {};
    if (!selected || kept === undefined || id === undefined) return kept;
    const parentReference = parents.get(id) ?? { id, ...(driveId === undefined ? {} : { driveId }) };
    parents.set(id, parentReference);
    return { ...kept, parentReference };
  };
}

/** Children by the id of their folder, each list in the order of names. */
function byParent(items: Iterable<DriveItem>): Map<string, DriveItem[]> {
  const children = new Map<string, DriveItem[]>();
  for (const item of items) {
    const parent = item.parentReference?.id;
    // Delta tells a few items without a name: the wire's own, which nobody sees.
    if ((item as Partial<DriveItem>).name === undefined || parent === undefined) continue;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [item]);
    else siblings.push(item);
  }
  for (const siblings of children.values())
    siblings.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return children;
}

/** The ids of the folders that a path leads through, from the start on. */
function idsAlong(
  children: ReadonlyMap<string, readonly DriveItem[]>,
  start: string,
  path: readonly string[],
): string[] {
  const ids = [start];
  for (const name of path.slice(0, -1)) {
    const next = children.get(ids.at(-1) ?? '')?.find((item) => item.name === name);
    if (next !== undefined) ids.push(next.id);
  }
  return ids.map((id) => id.toLowerCase());
}

function* below(
  children: ReadonlyMap<string, readonly DriveItem[]>,
  folder: string,
  above: readonly string[],
  depth: number,
): Generator<WalkEntry, void, undefined> {
  if (depth < 1) return;
  for (const item of children.get(folder) ?? []) {
    const path = [...above, item.name];
    yield { item, path };
    if (itemKind(item) === 'folder') yield* below(children, item.id, path, depth - 1);
  }
}
