/**
 * Items as this process last read or wrote them. An upload asks for the same few folders ten times, and each question
 * to SQLite costs more than everything else that is done about it. Whoever knows that rows changed behind its back
 * (another process wrote, a write was undone) has to say so with `forget`.
 */
import type { ItemRecord } from '../records/item-record.ts';
import type { ItemQueries } from './item-queries.ts';

export interface ItemCache {
  readonly queries: ItemQueries;
  /** Forgets everything. */
  forget(): void;
}

/** Rows that are remembered: some ten megabytes of them. */
const limit = 8192;

interface Memory {
  readonly rows: Map<number, ItemRecord>;
  /** Keys by drive and id. */
  readonly ids: Map<string, number>;
  /** Keys of live items by folder and folded name; undefined where there is none. */
  readonly names: Map<string, number | undefined>;
  /** The last sequence of each drive. */
  readonly sequences: Map<number, number>;
}

/** `inner`, remembering. Rows are handed to several: nobody may change one. */
export function itemCache(inner: ItemQueries): ItemCache {
  const memory: Memory = { rows: new Map(), ids: new Map(), names: new Map(), sequences: new Map() };
  return {
    forget: () => forget(memory),
    queries: { ...inner, ...reading(inner, memory), ...writing(inner, memory) },
  };
}

function reading(
  inner: ItemQueries,
  memory: Memory,
): Pick<ItemQueries, 'item' | 'itemById' | 'child' | 'lastSequence'> {
  const { rows, ids, names, sequences } = memory;
  const found = (key: number | undefined, ask: () => ItemRecord | undefined): ItemRecord | undefined => {
    const known = key === undefined ? undefined : rows.get(key);
    if (known !== undefined) return known;
    const read = ask();
    return read === undefined ? undefined : keep(memory, read);
  };
  return {
    item: (key) => found(key, () => inner.item(key)),
    itemById: (drive, id) => found(ids.get(`${drive}/${id}`), () => inner.itemById(drive, id)),
    child(parent, folded) {
      const name = `${parent}/${folded}`;
      if (names.has(name) && names.get(name) === undefined) return undefined;
      const child = found(names.get(name), () => inner.child(parent, folded));
      if (child === undefined) {
        makeRoom(memory);
        names.set(name, undefined);
      }
      return child;
    },
    lastSequence(drive) {
      const last = sequences.get(drive) ?? inner.lastSequence(drive);
      sequences.set(drive, last);
      return last;
    },
  };
}

function writing(
  inner: ItemQueries,
  memory: Memory,
): Pick<ItemQueries, 'putItem' | 'removeItem' | 'moveTreeToBin'> {
  const { sequences } = memory;
  return {
    putItem(item) {
      const before = item.key === undefined ? undefined : drop(memory, item.key);
      const put = keep(memory, inner.putItem(item, before));
      const last = sequences.get(put.drive);
      if (last !== undefined && put.sequence >= last) sequences.set(put.drive, put.sequence);
      else if (before?.sequence !== put.sequence) sequences.delete(put.drive);
      return put;
    },
    removeItem(key) {
      drop(memory, key);
      sequences.clear();
      inner.removeItem(key);
    },
    moveTreeToBin(top, from, to, sequence) {
      forget(memory);
      return inner.moveTreeToBin(top, from, to, sequence);
    },
  };
}

function keep(memory: Memory, item: ItemRecord): ItemRecord {
  makeRoom(memory);
  memory.rows.set(item.key, item);
  memory.ids.set(idOf(item), item.key);
  if (item.bin === 0) memory.names.set(nameOf(item), item.key);
  return item;
}

function drop({ rows, ids, names }: Memory, key: number): ItemRecord | undefined {
  const known = rows.get(key);
  if (known === undefined) return undefined;
  rows.delete(key);
  ids.delete(idOf(known));
  if (names.get(nameOf(known)) === key) names.delete(nameOf(known));
  return known;
}

function makeRoom(memory: Memory): void {
  if (memory.rows.size >= limit || memory.names.size >= 2 * limit) forget(memory);
}

function forget({ rows, ids, names, sequences }: Memory): void {
  for (const map of [rows, ids, names, sequences]) map.clear();
}

const idOf = ({ drive, id }: ItemRecord): string => `${drive}/${id}`;
const nameOf = ({ parent, folded }: ItemRecord): string => `${parent}/${folded}`;
