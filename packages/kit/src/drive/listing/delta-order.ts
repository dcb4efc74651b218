/**
 * Converts the items of a delta to the entries of a subtree. Delta returns items in its own order and may
 * return one twice, of which the last is valid; parents usually come first, but that is not guaranteed.
 * Source: https://learn.microsoft.com/graph/api/driveitem-delta
 */
import type { DriveItem } from '../../graph/types/index.ts';
import { itemKind } from '../item-kind.ts';
import type { WalkEntry } from './walk.ts';

/** Collects the items of a delta and returns the entries of a subtree. */
export interface DeltaOrder {
  /** Adds an item of the delta. */
  take(item: DriveItem): void;
  /** An item that was filtered out. */
  drop(id: string): void;
  /** A deleted item: what is below it is deleted as well, and may not be reported as such. */
  remove(id: string): void;
  /** Returns the entries that are complete so far. */
  ready(): Iterable<WalkEntry>;
  /** Returns the rest after the last page. */
  rest(): Iterable<WalkEntry>;
  /** After `rest`: items whose parents do not lead to the start, because one is unknown or they form a circle. */
  unplaced(): readonly DriveItem[];
  /** The ids of the parent folders of an entry, from the start of the subtree on. */
  above(entry: WalkEntry): readonly string[];
}

const nothing: readonly WalkEntry[] = [];

/** Siblings sorted by name: nothing is returned before the last page. */
export function byName(start: string, depth: number): DeltaOrder {
  const items = new Map<string, DriveItem>();
  const removed = new Set<string>();
  let children: ReadonlyMap<string, readonly DriveItem[]> = new Map();
  return {
    take: (item) => void items.set(item.id, item),
    drop: (id) => void items.delete(id),
    remove(id) {
      items.delete(id);
      removed.add(id);
    },
    ready: () => nothing,
    rest() {
      items.delete(start);
      children = byParent(items.values());
      items.clear();
      return below(children, start, [], depth);
    },
    unplaced: () => notBelow([start, ...removed], children),
    above: ({ path }) => idsAlong(children, start, path),
  };
}

/** In place of the id of a folder, for items that have none. */
const noParent = '';

/** Items that are not below any of these folders. */
function notBelow(
  folders: readonly string[],
  children: ReadonlyMap<string, readonly DriveItem[]>,
): readonly DriveItem[] {
  const reached = new Set<string>();
  for (const pending = [...folders]; pending.length > 0; ) {
    const folder = pending.pop() ?? noParent;
    if (reached.has(folder)) continue;
    reached.add(folder);
    for (const { id } of children.get(folder) ?? []) if (children.has(id)) pending.push(id);
  }
  return [...children].flatMap(([folder, items]) => (reached.has(folder) ? [] : items));
}

/** Children by the id of their folder, each list sorted by name. */
function byParent(items: Iterable<DriveItem>): Map<string, DriveItem[]> {
  const children = new Map<string, DriveItem[]>();
  for (const item of items) {
    const parent = item.parentReference?.id ?? noParent;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [item]);
    else siblings.push(item);
  }
  for (const siblings of children.values())
    siblings.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return children;
}

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
  return ids;
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

/** A folder with known location: the names and the ids, both from the start on. */
interface Placed {
  readonly path: readonly string[];
  readonly ids: readonly string[];
}

/**
 * By arrival: an item is returned once, as soon as its parent folders are known; later occurrences are
 * ignored. Only folders and the ids of returned items are kept.
 */
export function asTheyCome(start: string, depth: number): DeltaOrder {
  const folders = new Map<string, Placed>([[start, { path: [], ids: [start] }]]);
  const given = new Set([start]);
  const removed = new Set<string>();
  const waiting = new Map<string, DriveItem[]>();
  let found: WalkEntry[] = [];
  const wait = (parent: string, item: DriveItem): void => {
    const siblings = waiting.get(parent);
    if (siblings === undefined) waiting.set(parent, [item]);
    else siblings.push(item);
  };
  const take = (item: DriveItem): void => {
    const parent = item.parentReference?.id ?? noParent;
    if (given.has(item.id)) return;
    const above = folders.get(parent);
    if (above === undefined) {
      wait(parent, item);
      return;
    }
    given.add(item.id);
    const path = [...above.path, item.name];
    if (path.length <= depth) found.push({ item, path });
    if (itemKind(item) !== 'folder') return;
    folders.set(item.id, { path, ids: [...above.ids, item.id] });
    const late = waiting.get(item.id) ?? [];
    waiting.delete(item.id);
    late.forEach(take);
  };
  return {
    take,
    drop: () => undefined,
    remove: (id) => void removed.add(id),
    ready() {
      const ready = found;
      found = [];
      return ready;
    },
    rest: () => nothing,
    // An item waits below a package that was given, and more than once if it was moved meanwhile.
    unplaced: () => notBelow([...given, ...removed], waiting).filter(({ id }) => !given.has(id)),
    above: ({ item }) => folders.get(item.parentReference?.id ?? '')?.ids ?? [start],
  };
}
