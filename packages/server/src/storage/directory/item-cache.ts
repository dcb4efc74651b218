/**
 * Items as this process last read or wrote them. An upload asks for the same few folders ten times, and each question
 * to SQLite costs more than everything else that is done about it. Whoever knows that rows changed behind its back
 * (another process wrote, a write was undone) has to say so with `forget`.
 */
import type { ItemRecord } from '../../files/items/item-record.ts';
import type { ChildQuery } from '../storage.ts';
import { type ItemMemory, itemMemory } from './item-memory.ts';
import type { PuttingItems } from './item-queries.ts';

export interface ItemCache {
  readonly queries: PuttingItems;
  /** Forgets everything. */
  forget(): void;
}

/** `inner`, remembering. Rows are handed to several: nobody may change one. */
export function itemCache(inner: PuttingItems): ItemCache {
  const memory = itemMemory();
  return {
    forget: () => memory.forget(),
    queries: { ...inner, ...reading(inner, memory), ...writing(inner, memory) },
  };
}

function reading(
  inner: PuttingItems,
  memory: ItemMemory,
): Pick<PuttingItems, 'item' | 'itemById' | 'child' | 'children' | 'lastSequence'> {
  const kept = (read: ItemRecord | undefined): ItemRecord | undefined => read && memory.keep(read);
  return {
    item: (key) => memory.row(key) ?? kept(inner.item(key)),
    itemById: (drive, id) => memory.withId(drive, id) ?? kept(inner.itemById(drive, id)),
    child(parent, folded) {
      const known = memory.named(parent, folded);
      if (known !== undefined) return known === 'none' ? undefined : known;
      const child = inner.child(parent, folded);
      if (child === undefined) memory.keepFree(parent, folded);
      return kept(child);
    },
    children(parent, query) {
      // Only the beginning: who turns pages does not come back to them.
      if (query.after !== undefined) return inner.children(parent, query);
      const name = listingName(query);
      return memory.listing(parent, name) ?? memory.keepListing(parent, name, inner.children(parent, query));
    },
    lastSequence(drive) {
      const last = memory.sequences.get(drive) ?? inner.lastSequence(drive);
      memory.sequences.set(drive, last);
      return last;
    },
  };
}

const listingName = ({ order, descending = false, limit }: ChildQuery): string =>
  `${order} ${descending} ${limit}`;

function writing(
  inner: PuttingItems,
  memory: ItemMemory,
): Pick<PuttingItems, 'putItem' | 'removeItem' | 'moveTreeToBin'> {
  const { sequences } = memory;
  return {
    putItem(item) {
      const before = item.key === undefined ? undefined : memory.row(item.key);
      const put = memory.replace(before, inner.putItem(item, before));
      const last = sequences.get(put.drive);
      if (last !== undefined && put.sequence >= last) sequences.set(put.drive, put.sequence);
      else if (before?.sequence !== put.sequence) sequences.delete(put.drive);
      return put;
    },
    removeItem(key) {
      memory.drop(memory.row(key));
      sequences.clear();
      inner.removeItem(key);
    },
    moveTreeToBin(top, from, to, sequence) {
      memory.forget();
      return inner.moveTreeToBin(top, from, to, sequence);
    },
  };
}
