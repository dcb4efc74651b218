/**
 * Items that were written in this turn and are not yet in the database. An upload inserts one and counts it in each
 * folder above: the items of a turn are inserted together, and each folder is written once. Other changes, and all
 * questions but those for one item, make them go into the database first.
 */
import type { ItemRecord, NewItem } from '../../files/items/item-record.ts';
import { type ItemQueries, onlyCountsDiffer, type PuttingItems } from './item-queries.ts';
import type { UndoLog } from './undo-log.ts';

export interface ItemBuffer {
  readonly queries: PuttingItems;
  /** Puts what waits into the database. */
  write(): void;
  /** The transaction was lost, and what waits with it. */
  lose(): void;
  /** Another process may have written: keys that seemed free need not be. */
  forget(): void;
}

export interface ItemBufferOptions {
  /** Says before it changes a row that it does. */
  readonly change: ItemQueries;
  /** The same, which does not say so. */
  readonly rows: ItemQueries;
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

/** A buffer in front of rows. */
export function itemBuffer(options: ItemBufferOptions): ItemBuffer {
  const waiting: Waiting = {
    items: new Map(),
    fresh: new Set(),
    names: new Map(),
    nextKey: undefined,
  };
  const write = (): void => writeRows(waiting, options.rows);
  return {
    queries: { ...reading(waiting, options.rows, write), ...writing(waiting, options, write) },
    write,
    lose: () => clear(waiting),
    forget() {
      waiting.nextKey = undefined;
    },
  };
}

function reading(
  { items, names }: Waiting,
  rows: ItemQueries,
  write: () => void,
): Omit<PuttingItems, 'putItem' | 'removeItem' | 'moveTreeToBin'> {
  const afterWriting =
    <A extends readonly unknown[], T>(ask: (...args: A) => T) =>
    (...args: A): T => {
      write();
      return ask(...args);
    };
  return {
    item: (key) => items.get(key) ?? rows.item(key),
    child(parent, folded) {
      const fresh = names.get(parent)?.get(folded);
      const child = fresh === undefined ? rows.child(parent, folded) : items.get(fresh);
      return child && (items.get(child.key) ?? child);
    },
    itemById: afterWriting(rows.itemById),
    children: afterWriting(rows.children),
    changes: afterWriting(rows.changes),
    scan: afterWriting(rows.scan),
    binnedBytes: afterWriting(rows.binnedBytes),
    lastSequence: afterWriting(rows.lastSequence),
  };
}

function writing(
  waiting: Waiting,
  { change, rows, undo }: ItemBufferOptions,
  write: () => void,
): Pick<PuttingItems, 'putItem' | 'removeItem' | 'moveTreeToBin'> {
  const makeRoom = (): void => {
    if (waiting.items.size >= limit) write();
  };
  const freeKey = (): number => {
    write();
    return rows.highestKey() + 1;
  };
  const insert = (item: NewItem): ItemRecord => {
    makeRoom();
    waiting.nextKey ??= freeKey();
    const record: ItemRecord = Object.assign({}, item, { key: waiting.nextKey++ });
    hold(waiting, record);
    undo.push((lost) => {
      if (!lost && !drop(waiting, record)) rows.removeItem(record.key);
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
      change.replace(item);
      return item;
    },
    removeItem(key) {
      write();
      change.removeItem(key);
    },
    moveTreeToBin(top, from, to, sequence) {
      write();
      return change.moveTreeToBin(top, from, to, sequence);
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

function writeRows(waiting: Waiting, rows: ItemQueries): void {
  for (const item of waiting.items.values()) {
    if (waiting.fresh.has(item.key)) rows.insert(item);
    else rows.count(item);
  }
  clear(waiting);
}
