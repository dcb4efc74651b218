/** The item table in memory, with the same indexes that the SQLite schema has. */
import { compareCursors, cursorOf } from '../child-order.ts';
import { compareCodePoints } from '../code-point-order.ts';
import type { ItemRecord } from '../records/item-record.ts';
import type { ChildQuery, ScanQuery } from '../storage.ts';
import { type SortedList, sortedList } from './sorted-list.ts';

export interface ItemTable {
  get(key: number): ItemRecord | undefined;
  byId(drive: number, id: string): ItemRecord | undefined;
  child(parent: number, folded: string): ItemRecord | undefined;
  children(parent: number, query: ChildQuery): readonly ItemRecord[];
  /** Children in any state. */
  below(parent: number): readonly ItemRecord[];
  changes(drive: number, after: number, limit: number): readonly ItemRecord[];
  scan(drive: number, query: ScanQuery): readonly ItemRecord[];
  binnedBytes(drive: number): number;
  lastSequence(drive: number): number;
  /** Puts a row in place of the one of that key; undefined takes it away. Returns what was there. */
  set(key: number, item: ItemRecord | undefined): ItemRecord | undefined;
}

const bySequence = (left: ItemRecord, right: ItemRecord): number => left.sequence - right.sequence;
const byWireOrder = (left: ItemRecord, right: ItemRecord): number =>
  compareCursors(cursorOf(left, 'wire'), cursorOf(right, 'wire'), 'wire');

/** An empty table. */
export function itemTable(): ItemTable {
  const rows = new Map<number, ItemRecord>();
  const ids = new Map<string, number>();
  const live = new Map<number, SortedList<ItemRecord>>();
  const names = new Map<string, number>();
  const all = new Map<number, Set<number>>();
  const logs = new Map<number, SortedList<ItemRecord>>();

  const unlink = (item: ItemRecord): void => {
    ids.delete(`${item.drive}/${item.id}`);
    logs.get(item.drive)?.delete(item);
    all.get(item.parent)?.delete(item.key);
    if (item.bin !== 0) return;
    live.get(item.parent)?.delete(item);
    if (names.get(`${item.parent}/${item.folded}`) === item.key)
      names.delete(`${item.parent}/${item.folded}`);
  };
  const link = (item: ItemRecord): void => {
    ids.set(`${item.drive}/${item.id}`, item.key);
    entry(logs, item.drive, () => sortedList(bySequence)).add(item);
    entry(all, item.parent, () => new Set<number>()).add(item.key);
    if (item.bin !== 0) return;
    entry(live, item.parent, () => sortedList(byWireOrder)).add(item);
    names.set(`${item.parent}/${item.folded}`, item.key);
  };
  const row = (key: number | undefined): ItemRecord | undefined =>
    key === undefined ? undefined : rows.get(key);

  return {
    get: (key) => rows.get(key),
    byId: (drive, id) => row(ids.get(`${drive}/${id}`)),
    child: (parent, folded) => row(names.get(`${parent}/${folded}`)),
    children: (parent, query) => page(live.get(parent), query),
    below: (parent) =>
      [...(all.get(parent) ?? [])].sort((left, right) => left - right).flatMap((key) => row(key) ?? []),
    changes(drive, after, limit) {
      const log = logs.get(drive);
      if (log === undefined) return [];
      const start = log.lowerBound((item) => (item.sequence <= after ? -1 : 1));
      return log.slice(start, start + limit);
    },
    scan: (drive, query) => scanRows(rows.values(), drive, query),
    binnedBytes(drive) {
      let total = 0;
      for (const item of rows.values()) if (item.drive === drive && item.bin === item.key) total += item.size;
      return total;
    },
    lastSequence(drive) {
      const log = logs.get(drive);
      return log?.at(log.size - 1)?.sequence ?? 0;
    },
    set(key, item) {
      const before = rows.get(key);
      if (before !== undefined) unlink(before);
      if (item === undefined) rows.delete(key);
      else {
        rows.set(key, item);
        link(item);
      }
      return before;
    },
  };
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

function page(list: SortedList<ItemRecord> | undefined, query: ChildQuery): readonly ItemRecord[] {
  if (list === undefined) return [];
  const { order, after, limit, descending = false } = query;
  if (order === 'wire' && !descending) {
    const start =
      after === undefined
        ? 0
        : list.lowerBound((item) => (compareCursors(cursorOf(item, order), after, order) <= 0 ? -1 : 1));
    return list.slice(start, start + limit);
  }
  const sign = descending ? -1 : 1;
  const sorted = list
    .slice(0, list.size)
    .sort((left, right) => sign * compareCursors(cursorOf(left, order), cursorOf(right, order), order));
  const rest =
    after === undefined
      ? sorted
      : sorted.filter((item) => sign * compareCursors(cursorOf(item, order), after, order) > 0);
  return rest.slice(0, limit);
}

function scanRows(rows: Iterable<ItemRecord>, drive: number, query: ScanQuery): readonly ItemRecord[] {
  const matches = (item: ItemRecord): boolean =>
    item.drive === drive &&
    (query.binned === true ? item.bin === item.key : item.bin === 0) &&
    (query.contains === undefined || item.folded.includes(query.contains)) &&
    (query.recentFiles !== true || item.rank === 1) &&
    (query.after === undefined || item.key > query.after);
  const found: ItemRecord[] = [];
  for (const item of rows) if (matches(item)) found.push(item);
  found.sort(
    query.recentFiles === true
      ? (left, right) => right.modified - left.modified || right.key - left.key
      : (left, right) => left.key - right.key,
  );
  return found.slice(0, query.limit);
}

/** Sorts keys as SQLite does. */
export function sortedKeys(keys: Iterable<string>): string[] {
  return [...keys].sort(compareCodePoints);
}
