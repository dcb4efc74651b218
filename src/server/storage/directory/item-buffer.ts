/**
 * Items that were written in this turn and are not yet in the database. An upload inserts one and counts it in each
 * folder above: the items of a turn are inserted together, and each folder is written once. Other changes, and all
 * questions but those for one item, make them go into the database first.
 */
import type { ItemRecord, NewItem } from '../records/item-record.ts';
import { insertRows } from './insert-rows.ts';
import type { ItemQueries } from './item-queries.ts';
import { onlyCountsDiffer } from './item-queries.ts';
import { itemColumns, itemValues } from './item-rows.ts';
import type { SqlStatement } from './sql-database.ts';
import type { UndoLog } from './undo-log.ts';

export interface ItemBuffer {
  readonly queries: ItemQueries;
  /** Puts what waits into the database. */
  write(): void;
  /** The transaction was lost, and what waits with it. */
  lose(): void;
  /** Another process may have written: keys that seemed free need not be. */
  forget(): void;
}

export interface ItemBufferOptions {
  /** Changes rows at once, and says before that it does. */
  readonly inner: ItemQueries;
  /** Statements that do not say so. */
  readonly sql: (text: string) => SqlStatement;
  readonly undo: UndoLog;
}

/** Items that wait, at most: a seed is one long turn. */
const limit = 512;

interface Waiting {
  /** What the rows are to be, by key. */
  readonly items: Map<number, ItemRecord>;
  /** Keys of which there are no rows yet. */
  readonly fresh: Set<number>;
  /** These by the key of their folder and their name. */
  readonly names: Map<number, Map<string, number>>;
  nextKey: number | undefined;
}

/** A buffer in front of `inner`. */
export function itemBuffer({ inner, sql, undo }: ItemBufferOptions): ItemBuffer {
  const waiting: Waiting = {
    items: new Map(),
    fresh: new Set(),
    names: new Map(),
    nextKey: undefined,
  };
  const write = (): void => writeRows(waiting, sql);
  return {
    queries: { ...reading(waiting, inner, write), ...writing(waiting, { inner, sql, undo }, write) },
    write,
    lose: () => clear(waiting),
    forget() {
      waiting.nextKey = undefined;
    },
  };
}

function reading(
  { items, names }: Waiting,
  inner: ItemQueries,
  write: () => void,
): Omit<ItemQueries, 'putItem' | 'removeItem' | 'moveTreeToBin'> {
  const afterWriting =
    <A extends readonly unknown[], T>(ask: (...args: A) => T) =>
    (...args: A): T => {
      write();
      return ask(...args);
    };
  return {
    item: (key) => items.get(key) ?? inner.item(key),
    child(parent, folded) {
      const fresh = names.get(parent)?.get(folded);
      const child = fresh === undefined ? inner.child(parent, folded) : items.get(fresh);
      return child && (items.get(child.key) ?? child);
    },
    itemById: afterWriting(inner.itemById),
    children: afterWriting(inner.children),
    changes: afterWriting(inner.changes),
    scan: afterWriting(inner.scan),
    binnedBytes: afterWriting(inner.binnedBytes),
    lastSequence: afterWriting(inner.lastSequence),
  };
}

function writing(
  waiting: Waiting,
  { inner, sql, undo }: ItemBufferOptions,
  write: () => void,
): Pick<ItemQueries, 'putItem' | 'removeItem' | 'moveTreeToBin'> {
  const makeRoom = (): void => {
    if (waiting.items.size >= limit) write();
  };
  const freeKey = (): number => {
    write();
    return Number(sql('SELECT max(key) AS n FROM items').get()?.['n'] ?? 0) + 1;
  };
  const insert = (item: NewItem): ItemRecord => {
    makeRoom();
    waiting.nextKey ??= freeKey();
    const record: ItemRecord = { ...item, key: waiting.nextKey++ };
    hold(waiting, record);
    undo.push((lost) => {
      if (!lost && !drop(waiting, record)) sql('DELETE FROM items WHERE key = ?').run(record.key);
    });
    return record;
  };
  return {
    putItem(item, before) {
      if (item.key === undefined) return insert(item);
      if (before !== undefined && onlyCountsDiffer(item, before)) {
        makeRoom();
        waiting.items.set(item.key, item);
        undo.push((lost) => {
          if (!lost) waiting.items.set(item.key, before);
        });
        return item;
      }
      write();
      waiting.nextKey = undefined;
      return inner.putItem(item, before);
    },
    removeItem(key) {
      write();
      inner.removeItem(key);
    },
    moveTreeToBin(top, from, to, sequence) {
      write();
      return inner.moveTreeToBin(top, from, to, sequence);
    },
  };
}

function hold({ items, fresh, names }: Waiting, item: ItemRecord): void {
  items.set(item.key, item);
  fresh.add(item.key);
  const siblings = names.get(item.parent);
  if (siblings === undefined) names.set(item.parent, new Map([[item.folded, item.key]]));
  else siblings.set(item.folded, item.key);
}

/** @returns whether it still waited to be inserted. */
function drop({ items, fresh, names }: Waiting, item: ItemRecord): boolean {
  items.delete(item.key);
  names.get(item.parent)?.delete(item.folded);
  return fresh.delete(item.key);
}

function clear({ items, fresh, names }: Waiting): void {
  items.clear();
  fresh.clear();
  names.clear();
}

/** A folder that only counts its contents: its index entries stay as they are. */
const updateCounts = 'UPDATE items SET size = ?, children = ?, content = ? WHERE key = ?';

function writeRows(waiting: Waiting, sql: (text: string) => SqlStatement): void {
  const { items, fresh } = waiting;
  if (items.size === 0) return;
  const inserted = [...items.values()].filter(({ key }) => fresh.has(key));
  const counted = [...items.values()].filter(({ key }) => !fresh.has(key));
  insertRows(
    sql,
    'items',
    ['key', ...itemColumns],
    inserted.map((item) => [item.key, ...itemValues(item)]),
  );
  for (const { size, children, contentVersion, key } of counted)
    sql(updateCounts).run(size, children, contentVersion, key);
  clear(waiting);
}
