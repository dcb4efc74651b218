/** The item table in memory, with the same indexes that the SQLite schema has. */

import type { ItemRecord } from '../../files/items/item-record.ts';
import { compareCursors, cursorOf } from '../child-order.ts';
import type { ChildQuery, ScanQuery } from '../storage.ts';
import { type SortedList, sortedList } from './sorted-list.ts';

export interface ItemTable {
  readonly get: (key: number) => ItemRecord | undefined;
  readonly byId: (drive: number, id: string) => ItemRecord | undefined;
  readonly child: (parent: number, folded: string) => ItemRecord | undefined;
  readonly children: (parent: number, query: ChildQuery) => readonly ItemRecord[];
  /** Children in any state. */
  readonly below: (parent: number) => readonly ItemRecord[];
  readonly changes: (drive: number, after: number, limit: number) => readonly ItemRecord[];
  readonly scan: (drive: number, query: ScanQuery) => readonly ItemRecord[];
  readonly binnedBytes: (drive: number) => number;
  readonly lastSequence: (drive: number) => number;
  /** Puts a row in place of the one of that key; undefined takes it away. Returns what was there. */
  readonly set: (key: number, item: ItemRecord | undefined) => ItemRecord | undefined;
}

const bySequence = (left: ItemRecord, right: ItemRecord): number => left.sequence - right.sequence;
const byWireOrder = (left: ItemRecord, right: ItemRecord): number =>
  compareCursors(cursorOf(left, 'wire'), cursorOf(right, 'wire'), 'wire');

/** An empty table. */
export function itemTable(): ItemTable {
  const rows = new Map<number, ItemRecord>();
  const indexes = itemIndexes();
  const row = (key: number | undefined): ItemRecord | undefined =>
    key === undefined ? undefined : rows.get(key);
  return {
    get: row,
    byId: (drive, id) => row(indexes.ids.get(`${drive}/${id}`)),
    child: (parent, folded) => row(indexes.names.get(`${parent}/${folded}`)),
    children: (parent, query) => page(indexes.live.get(parent), query),
    below: (parent) =>
      [...(indexes.all.get(parent) ?? [])]
        .sort((left, right) => left - right)
        .flatMap((key) => row(key) ?? []),
    changes: (drive, after, limit) => changesAfter(indexes.logs.get(drive), after, limit),
    scan: (drive, query) => scanRows(rowsOfDrive(indexes, row, drive, query), query),
    binnedBytes: (drive) => indexes.bins.get(drive)?.bytes ?? 0,
    lastSequence(drive) {
      const log = indexes.logs.get(drive);
      return log?.at(log.size - 1)?.sequence ?? 0;
    },
    set(key, item) {
      const before = rows.get(key);
      if (before !== undefined && item !== undefined && samePlace(before, item)) {
        rows.set(key, item);
        relink(indexes, item, before);
        return before;
      }
      if (before !== undefined) unlink(indexes, before);
      if (item === undefined) rows.delete(key);
      else {
        rows.set(key, item);
        link(indexes, item);
      }
      return before;
    },
  };
}

interface ItemIndexes {
  readonly ids: Map<string, number>;
  readonly names: Map<string, number>;
  readonly live: Map<number, SortedList<ItemRecord>>;
  readonly all: Map<number, Set<number>>;
  readonly logs: Map<number, SortedList<ItemRecord>>;
  readonly bins: Map<number, Bin>;
}

/** The recycle bin of a drive. */
interface Bin {
  /** Keys of the top items of deletions. */
  readonly tops: Set<number>;
  /** Their sizes. */
  bytes: number;
}

function itemIndexes(): ItemIndexes {
  return {
    ids: new Map(),
    names: new Map(),
    live: new Map(),
    all: new Map(),
    logs: new Map(),
    bins: new Map(),
  };
}

function link(indexes: ItemIndexes, item: ItemRecord): void {
  indexes.ids.set(`${item.drive}/${item.id}`, item.key);
  entry(indexes.logs, item.drive, () => sortedList(bySequence)).add(item);
  entry(indexes.all, item.parent, () => new Set<number>()).add(item.key);
  if (isTopOfBin(item)) addToBin(indexes, item);
  if (item.bin !== 0) return;
  entry(indexes.live, item.parent, () => sortedList(byWireOrder)).add(item);
  indexes.names.set(`${item.parent}/${item.folded}`, item.key);
}

/** Does a row stand in every index where it stood? That of a folder above a write does. */
function samePlace(before: ItemRecord, item: ItemRecord): boolean {
  return (['drive', 'id', 'parent', 'folded', 'rank', 'sequence', 'bin'] as const).every(
    (name) => before[name] === item[name],
  );
}

function relink(indexes: ItemIndexes, item: ItemRecord, before: ItemRecord): void {
  indexes.logs.get(item.drive)?.replace(item);
  if (isTopOfBin(item)) {
    removeFromBin(indexes, before);
    addToBin(indexes, item);
  }
  if (item.bin === 0) indexes.live.get(item.parent)?.replace(item);
}

function unlink(indexes: ItemIndexes, item: ItemRecord): void {
  indexes.ids.delete(`${item.drive}/${item.id}`);
  indexes.logs.get(item.drive)?.delete(item);
  indexes.all.get(item.parent)?.delete(item.key);
  if (isTopOfBin(item)) removeFromBin(indexes, item);
  if (item.bin !== 0) return;
  indexes.live.get(item.parent)?.delete(item);
  const name = `${item.parent}/${item.folded}`;
  if (indexes.names.get(name) === item.key) indexes.names.delete(name);
}

function changesAfter(
  log: SortedList<ItemRecord> | undefined,
  after: number,
  limit: number,
): readonly ItemRecord[] {
  if (log === undefined) return [];
  const start = log.lowerBound((item) => (item.sequence <= after ? -1 : 1));
  return log.slice(start, start + limit);
}

const isTopOfBin = (item: ItemRecord): boolean => item.bin === item.key;

function addToBin(indexes: ItemIndexes, item: ItemRecord): void {
  const bin = entry(indexes.bins, item.drive, () => ({ tops: new Set<number>(), bytes: 0 }));
  bin.tops.add(item.key);
  bin.bytes += item.size;
}

function removeFromBin(indexes: ItemIndexes, item: ItemRecord): void {
  const bin = indexes.bins.get(item.drive);
  if (bin?.tops.delete(item.key)) bin.bytes -= item.size;
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

/** The rows that a scan has to look at. */
function rowsOfDrive(
  indexes: ItemIndexes,
  row: (key: number) => ItemRecord | undefined,
  drive: number,
  query: ScanQuery,
): readonly ItemRecord[] {
  if (query.binned === true)
    return [...(indexes.bins.get(drive)?.tops ?? [])].flatMap((key) => row(key) ?? []);
  const log = indexes.logs.get(drive);
  return log?.slice(0, log.size) ?? [];
}

function scanRows(rows: readonly ItemRecord[], query: ScanQuery): readonly ItemRecord[] {
  const matches = (item: ItemRecord): boolean =>
    (query.binned === true || item.bin === 0) &&
    (query.contains ?? []).every((part) => item.folded.includes(part)) &&
    (query.recentFiles !== true || item.rank === 1) &&
    (query.after === undefined || item.key > query.after);
  return rows
    .filter(matches)
    .sort(
      query.recentFiles === true
        ? (left, right) => right.modified - left.modified || right.key - left.key
        : (left, right) => left.key - right.key,
    )
    .slice(0, query.limit);
}
