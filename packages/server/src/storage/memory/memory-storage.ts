/** Storage in memory: for tests, for trying things out and for runtimes without a disk. Nothing survives the process. */

import type { ItemRecord } from '../../files/items/item-record.ts';
import type { Sha1 } from '../content-hasher.ts';
import type { Records, Storage } from '../storage.ts';
import { storedValue } from '../stored-value.ts';
import { type DocumentTable, documentTable } from './document-table.ts';
import { type ItemTable, itemTable } from './item-table.ts';
import { memoryBlobs } from './memory-blobs.ts';

interface Tables {
  items: ItemTable;
  documents: Map<string, DocumentTable>;
  references: Map<string, number>;
  nextKey: number;
}

const emptyTables = (): Tables => ({
  items: itemTable(),
  documents: new Map(),
  references: new Map(),
  nextKey: 1,
});

/**
 * A storage with nothing in it.
 * @param options.sha1 makes a running SHA-1; without it blobs report an empty one.
 */
export function memoryStorage(options: { readonly sha1?: Sha1 } = {}): Storage {
  let tables = emptyTables();
  const blobs = memoryBlobs(options.sha1);
  return {
    onDisk: false,
    blobs,
    read: (fn) => fn(recordsOver(tables, () => {})),
    write(fn) {
      const undo: (() => void)[] = [];
      const released: string[] = [];
      try {
        const result = fn(recordsOver(tables, (step) => undo.push(step), released));
        for (const id of released) if (!tables.references.has(id)) void blobs.discard(id);
        return result;
      } catch (error) {
        while (undo.length > 0) undo.pop()?.();
        throw error;
      }
    },
    settled: () => undefined,
    async reset() {
      tables = emptyTables();
      blobs.clear();
    },
    async close() {},
  };
}

type Undo = (step: () => void) => void;

function recordsOver(tables: Tables, undo: Undo, released: string[] = []): Records {
  const { items } = tables;
  const set = (item: ItemRecord): ItemRecord => {
    const before = items.set(item.key, item);
    undo(() => void items.set(item.key, before));
    return item;
  };
  return {
    item: items.get,
    itemById: items.byId,
    child: items.child,
    children: items.children,
    changes: items.changes,
    scan: items.scan,
    binnedBytes: items.binnedBytes,
    lastSequence: items.lastSequence,
    putItem: (item) => set(item.key === undefined ? { ...item, key: tables.nextKey++ } : item),
    removeItem(key) {
      const before = items.set(key, undefined);
      undo(() => void items.set(key, before));
    },
    documentKinds: () => [...tables.documents].flatMap(([kind, all]) => (all.size > 0 ? [kind] : [])),
    moveTreeToBin: (top, from, to, sequence) => moveTree(items, set, top, { from, to, sequence }),
    document: (kind, key) => tables.documents.get(kind)?.get(key),
    documents: (kind, query) => tables.documents.get(kind)?.list(query) ?? [],
    putDocument: (kind, key, value) => putDocument(tables, undo, kind, key, value),
    retainBlob: (id) => count(tables, undo, id, 1),
    releaseBlob(id) {
      count(tables, undo, id, -1);
      released.push(id);
    },
  };
}

function moveTree(
  items: ItemTable,
  set: (item: ItemRecord) => ItemRecord,
  top: number,
  move: { readonly from: number; readonly to: number; readonly sequence: number },
): number {
  const queue = [top];
  let moved = 0;
  for (const key of queue) {
    const item = items.get(key);
    if (item === undefined || item.bin !== move.from) continue;
    set({ ...item, bin: move.to, sequence: move.sequence + moved });
    moved++;
    for (const child of items.below(key)) queue.push(child.key);
  }
  return moved;
}

function putDocument(tables: Tables, undo: Undo, kind: string, key: string, value: unknown): void {
  const documents = tables.documents.get(kind) ?? documentTable();
  tables.documents.set(kind, documents);
  const before = documents.get(key);
  undo(() => documents.set(key, before));
  documents.set(key, value === undefined ? undefined : storedValue(value));
}

function count(tables: Tables, undo: Undo, id: string, change: number): void {
  const before = tables.references.get(id);
  undo(() => {
    if (before === undefined) tables.references.delete(id);
    else tables.references.set(id, before);
  });
  const after = (before ?? 0) + change;
  if (after > 0) tables.references.set(id, after);
  else tables.references.delete(id);
}
