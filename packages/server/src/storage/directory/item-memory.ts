/** What {@link itemCache} remembers: rows by their three names, and the beginnings of listings, all of bounded size. */
import type { ItemRecord } from '../../files/items/item-record.ts';

export interface ItemMemory {
  /** The last sequence of each drive. */
  readonly sequences: Map<number, number>;
  row(key: number): ItemRecord | undefined;
  withId(drive: number, id: string): ItemRecord | undefined;
  /** The live item of that name; `none` where it is known that there is none. */
  named(parent: number, folded: string): ItemRecord | 'none' | undefined;
  listing(parent: number, name: string): readonly ItemRecord[] | undefined;
  keep(item: ItemRecord): ItemRecord;
  /** Remembers that nothing has that name. */
  keepFree(parent: number, folded: string): void;
  /** Remembers a listing unless it is long. @returns its rows; those that were known are the same values as before. */
  keepListing(parent: number, name: string, rows: readonly ItemRecord[]): readonly ItemRecord[];
  /** Remembers `item` in the place of what it was, which is undefined where that is not known. */
  replace(before: ItemRecord | undefined, item: ItemRecord): ItemRecord;
  drop(item: ItemRecord | undefined): void;
  forget(): void;
}

/** Rows that are remembered, some ten megabytes of them; and those of one listing. */
const limits = { rows: 8192, listing: 1024 } as const;

/** Every row of a listing is remembered as a row too: that is how a change of one is known to concern the listing. */
interface Memory {
  readonly rows: Map<number, ItemRecord>;
  readonly ids: Nested<ItemRecord>;
  readonly names: Nested<ItemRecord | 'none'>;
  readonly listings: Nested<readonly ItemRecord[]>;
  readonly sequences: Map<number, number>;
  /** Names that are remembered as free. */
  free: number;
}

/** Values by number and text: to join the two into one key would cost more than to look twice. */
type Nested<T> = Map<number, Map<string, T>>;

/** A memory of nothing yet. */
export function itemMemory(): ItemMemory {
  const memory: Memory = {
    rows: new Map(),
    ids: new Map(),
    names: new Map(),
    listings: new Map(),
    sequences: new Map(),
    free: 0,
  };
  return {
    sequences: memory.sequences,
    row: (key) => memory.rows.get(key),
    withId: (drive, id) => memory.ids.get(drive)?.get(id),
    named: (parent, folded) => memory.names.get(parent)?.get(folded),
    listing: (parent, name) => memory.listings.get(parent)?.get(name),
    keep(item) {
      makeRoom(memory, 1);
      return add(memory, item);
    },
    keepFree(parent, folded) {
      makeRoom(memory, 1);
      memory.free += 1;
      put(memory.names, parent, folded, 'none');
    },
    keepListing: (parent, name, rows) => keepListing(memory, parent, name, rows),
    replace(before, item) {
      memory.listings.delete(item.parent);
      if (before !== undefined && isNamedAs(before, item)) return add(memory, item);
      drop(memory, before);
      makeRoom(memory, 1);
      return add(memory, item);
    },
    drop: (item) => drop(memory, item),
    forget: () => forget(memory),
  };
}

function keepListing(
  memory: Memory,
  parent: number,
  name: string,
  rows: readonly ItemRecord[],
): readonly ItemRecord[] {
  if (rows.length > limits.listing) return rows;
  makeRoom(memory, rows.length);
  const kept = rows.map((row) => memory.rows.get(row.key) ?? add(memory, row));
  put(memory.listings, parent, name, kept);
  return kept;
}

function add(memory: Memory, item: ItemRecord): ItemRecord {
  memory.rows.set(item.key, item);
  put(memory.ids, item.drive, item.id, item);
  if (item.bin === 0) put(memory.names, item.parent, item.folded, item);
  return item;
}

function drop({ rows, ids, names, listings }: Memory, item: ItemRecord | undefined): void {
  if (item === undefined) return;
  rows.delete(item.key);
  ids.get(item.drive)?.delete(item.id);
  const named = names.get(item.parent);
  if (named?.get(item.folded) === item) named.delete(item.folded);
  listings.delete(item.parent);
}

/** Is it found by the same names? */
function isNamedAs(left: ItemRecord, right: ItemRecord): boolean {
  return (
    left.drive === right.drive &&
    left.id === right.id &&
    left.parent === right.parent &&
    left.folded === right.folded &&
    left.bin === right.bin
  );
}

function put<T>(nested: Nested<T>, number: number, text: string, value: T): void {
  const inner = nested.get(number);
  if (inner === undefined) nested.set(number, new Map([[text, value]]));
  else inner.set(text, value);
}

function makeRoom(memory: Memory, rows: number): void {
  if (memory.rows.size + rows > limits.rows || memory.free > limits.rows) forget(memory);
}

function forget(memory: Memory): void {
  for (const map of [memory.rows, memory.ids, memory.names, memory.listings, memory.sequences]) map.clear();
  memory.free = 0;
}
