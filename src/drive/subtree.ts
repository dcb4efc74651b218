/**
 * Everything below a folder, parents first, by whichever way costs less: {@link walk}, or delta in pages of a
 * thousand. Delta gives items in an order of its own and some of them twice, so it is gathered before the first entry
 * is given: only what is asked for is kept, to hold 100,000 items in a few dozen megabytes.
 */
import { getDelta } from '../graph/endpoints/views.ts';
import { itemById } from '../graph/item-ref-forms.ts';
import type { DeltaItem, DriveItem } from '../graph/types/index.ts';
import { itemKind } from './item-kind.ts';
import { type ListingPlan, listingPage, planListing } from './listing-plan.ts';
import type { GraphPlace } from './provider.ts';
import { statFolder } from './stat.ts';
import type { Target } from './target.ts';
import { type WalkEntry, type WalkOptions, walkFolder } from './walk.ts';
import type { DriveContext } from './world.ts';

/** How to list a subtree. */
export interface SubtreeOptions extends WalkOptions {
  /** Properties that are needed beside the ones that a tree is built of; all unless told. */
  readonly select?: readonly string[] | undefined;
  /** Overrides the choice. */
  readonly by?: ListingPlan | undefined;
}

/** What the shape of a tree is read from, and what deletions and doubles need. */
const shape = ['id', 'name', 'parentReference', 'folder', 'file', 'package', 'remoteItem', 'root', 'deleted'];

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
      isRoot: folder.root !== undefined,
      driveType: folder.parentReference?.driveType,
      depth: options.depth ?? Number.POSITIVE_INFINITY,
      childCount: folder.folder?.childCount,
    });
  if (plan === 'delta' && graph !== undefined) yield* byDelta(graph, folder, options);
  else yield* walkFolder(context, folder, options);
}

async function* byDelta(
  { client, ref }: GraphPlace,
  folder: DriveItem,
  { signal, select, depth = Number.POSITIVE_INFINITY }: SubtreeOptions,
): AsyncGenerator<WalkEntry, void, undefined> {
  const wanted = select === undefined ? undefined : [...new Set([...shape, ...select])].join(',');
  const items = new Map<string, DeltaItem>();
  const from = { signal, top: listingPage, select: wanted };
  for await (const item of getDelta(client, ref, itemById(folder.id), from)) {
    if (item.deleted !== undefined) items.delete(item.id);
    else items.set(item.id, item);
  }
  items.delete(folder.id);
  const children = byParent(items.values());
  items.clear();
  yield* below(children, folder.id, [], depth);
}

/** Children by the id of their folder, each list in the order of names. */
function byParent(items: Iterable<DeltaItem>): Map<string, DriveItem[]> {
  const children = new Map<string, DriveItem[]>();
  for (const item of items) {
    const { name } = item;
    const parent = item.parentReference?.id;
    if (name === undefined || parent === undefined) continue;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [item as DriveItem]);
    else siblings.push(item as DriveItem);
  }
  for (const siblings of children.values())
    siblings.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return children;
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
