/**
 * Writes that wait for the end of a turn, against the storage that lets none wait: whatever is written, asked, undone and
 * committed in whatever order, both say the same.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ItemRecord, NewItem } from '../../packages/server/src/files/items/item-record.ts';
import { directoryStorage } from '../../packages/server/src/storage/directory/directory-storage.ts';
import { nodeSha1 } from '../../packages/server/src/storage/directory/node-sha1.ts';
import { openDatabase } from '../../packages/server/src/storage/directory/sql-database.ts';
import { memoryStorage } from '../../packages/server/src/storage/memory/memory-storage.ts';
import type { Records, Storage } from '../../packages/server/src/storage/storage.ts';
import { draft as draftOf } from './storages.ts';

/** One step of a write. Numbers choose among the items that there are. */
type Step =
  | { readonly do: 'add'; readonly parent: number; readonly name: number; readonly count?: number }
  | { readonly do: 'grow' | 'rename' | 'remove' | 'bin'; readonly item: number }
  | { readonly do: 'document' | 'find'; readonly name: number }
  | { readonly do: 'list' | 'sum' | 'changes' | 'retain' | 'release' };

/** One write, and what happens around it. */
interface Write {
  readonly steps: readonly Step[];
  readonly throws: boolean;
  readonly turnEnds: boolean;
}

/** The same write on both sides sees the same world: items go by id, because keys are each storage's own. */
interface World {
  readonly storage: Storage;
  readonly blobs: string[];
  /** Ids that were ever given out, whether or not they stayed: what steps choose from, without a question to the storage. */
  readonly ids: Set<string>;
  retained: number;
}

const some = fc.nat({ max: 5 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('add' as const),
    parent: some,
    name: some,
    count: fc.constantFrom(1, 1, 1, 40),
  }),
  fc.record({ do: fc.constantFrom('grow' as const, 'grow' as const, 'rename', 'remove', 'bin'), item: some }),
  fc.record({ do: fc.constantFrom('document' as const, 'find' as const), name: some }),
  fc.record({ do: fc.constantFrom('list' as const, 'sum', 'changes', 'retain', 'release') }),
);
const write: fc.Arbitrary<Write> = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 8 }),
  throws: fc.integer({ min: 0, max: 3 }).map((roll) => roll === 0),
  turnEnds: fc.boolean(),
});

const drive = 1;
const rootId = 'id-0';

const draft = (sequence: number, parent: number, name: string, rank: 0 | 1): NewItem =>
  draftOf(parent, name, { id: `id-${sequence}`, sequence, rank });

/** What is the same on both sides, whatever the keys. */
function told(records: Records, item: ItemRecord | undefined): unknown {
  if (item === undefined) return undefined;
  return { ...item, key: 0, parent: records.item(item.parent)?.id, bin: item.bin > 0 };
}

function all(records: Records): readonly ItemRecord[] {
  return records.changes(drive, 0, 1000).filter(({ bin }) => bin === 0);
}

function take(world: World, records: Records, next: Step): unknown {
  const pick = (index: number): ItemRecord | undefined => {
    const ids = [...world.ids].reverse();
    return records.itemById(drive, (index === 5 ? undefined : ids[index % ids.length]) ?? rootId);
  };
  if (next.do === 'add') {
    const parent = pick(next.parent);
    if (parent === undefined || parent.bin !== 0 || parent.rank !== 0) return 'no folder';
    return Array.from({ length: next.count ?? 1 }, (_, at) => {
      const name = `n${next.name}${at === 0 ? '' : `-${at}`}`;
      const taken = records.child(parent.key, name);
      if (taken !== undefined) return told(records, taken);
      const sequence = records.lastSequence(drive) + 1;
      world.ids.add(`id-${sequence}`);
      const put = records.putItem(draft(sequence, parent.key, name, sequence % 2 === 0 ? 0 : 1));
      for (let up = records.item(parent.key); up !== undefined; up = records.item(up.parent))
        records.putItem({ ...up, size: up.size + 7, children: up.children + 1 });
      return told(records, put);
    });
  }
  if (next.do === 'grow' || next.do === 'rename' || next.do === 'remove' || next.do === 'bin')
    return change(records, next.do, pick(next.item));
  if (next.do === 'document') {
    records.putDocument('kind', `d${next.name}`, { sequence: records.lastSequence(drive) });
    return records.documents('kind').length;
  }
  if (next.do === 'find') return told(records, records.child(rootOf(records).key, `n${next.name}`));
  return ask(world, records, next.do);
}

function change(
  records: Records,
  what: 'grow' | 'rename' | 'remove' | 'bin',
  item: ItemRecord | undefined,
): unknown {
  if (item === undefined || item.id === rootId || item.bin !== 0) return undefined;
  const sequence = records.lastSequence(drive) + 1;
  if (what === 'grow') return told(records, records.putItem({ ...item, size: item.size + 3 }));
  if (what === 'rename') {
    const name = `r${sequence}`;
    return told(records, records.putItem({ ...item, name, folded: name, sequence }));
  }
  if (what === 'bin') return records.moveTreeToBin(item.key, 0, item.key, sequence);
  if (records.children(item.key, { order: 'wire', limit: 1 }).length > 0) return undefined;
  if (item.sequence === records.lastSequence(drive)) return undefined;
  records.removeItem(item.key);
  return undefined;
}

function ask(
  world: World,
  records: Records,
  what: 'list' | 'sum' | 'changes' | 'retain' | 'release',
): unknown {
  if (what === 'list')
    return records
      .children(rootOf(records).key, { order: 'wire', limit: 30 })
      .map((item) => told(records, item));
  if (what === 'sum') return records.binnedBytes(drive);
  if (what === 'changes') return records.changes(drive, 3, 50).map((item) => told(records, item));
  const blob = world.blobs[world.retained % world.blobs.length] ?? '';
  if (what === 'retain') records.retainBlob(blob);
  return undefined;
}

const rootOf = (records: Records): ItemRecord => records.itemById(drive, rootId) as ItemRecord;

async function play(world: World, writes: readonly Write[]): Promise<unknown[]> {
  const heard: unknown[] = [];
  world.storage.write((records) => records.putItem({ ...draft(0, 0, 'root', 0), sequence: 1 }));
  for (const { steps, throws, turnEnds } of writes) {
    try {
      world.storage.write((records) => {
        for (const next of steps) heard.push(take(world, records, next));
        if (throws) throw new Error('undone');
      });
      world.retained += steps.filter((next) => next.do === 'retain').length;
    } catch (error) {
      heard.push((error as Error).message);
    }
    if (!turnEnds) continue;
    await world.storage.settled();
    heard.push(world.storage.read((records) => all(records).map((item) => told(records, item))));
  }
  await world.storage.settled();
  heard.push(world.storage.read((records) => [all(records).length, records.documents('kind')]));
  for (const blob of world.blobs) heard.push(await textOf(world.storage, blob));
  return heard;
}

async function textOf(storage: Storage, blob: string): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of storage.blobs.read(blob, 0, 3)) parts.push(chunk);
  return Buffer.concat(parts).toString('latin1');
}

async function worldOf(storage: Storage): Promise<World> {
  const blobs: string[] = [];
  for (const size of [10, 100_000]) {
    const id = storage.blobs.create();
    await storage.blobs.append(id, 0, bytes(size));
    await storage.blobs.seal(id);
    blobs.push(id);
  }
  return { storage, blobs, ids: new Set([rootId]), retained: 0 };
}

async function* bytes(size: number): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(size).fill(120);
}

test('what waits for the end of a turn is seen, undone and kept as if it did not wait', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'storage-turns-'));
  let count = 0;
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(write, { maxLength: 8 }), async (writes) => {
        const memory = memoryStorage({ sha1: nodeSha1 });
        const path = join(folder, String(count++));
        const directory = await directoryStorage(path, { durable: false });
        try {
          const heard = await play(await worldOf(directory), writes);
          expect(heard).toEqual(await play(await worldOf(memory), writes));
          await directory.close();
          const reopened = await directoryStorage(path, { durable: false });
          const kept = reopened.read((records) => all(records).map((item) => told(records, item)));
          expect(kept).toEqual(memory.read((records) => all(records).map((item) => told(records, item))));
          await reopened.close();
        } finally {
          await directory.close().catch(() => undefined);
          await memory.close();
        }
      }),
      { numRuns: 100 },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

async function inFolder(check: (storage: Storage) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'storage-turn-'));
  const storage = await directoryStorage(folder, { durable: false });
  try {
    await check(storage);
  } finally {
    await storage.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whatever was remembered is forgotten with a write that is undone. */
function undoSomething(storage: Storage): void {
  expect(() =>
    storage.write(() => {
      throw new Error('undone');
    }),
  ).toThrow('undone');
}

test('what an earlier write of the turn counted is found by name after another was undone', () =>
  inFolder(async (storage) => {
    const folder = storage.write((records) => records.putItem(draft(1, 7, 'f', 0)));
    await storage.settled();
    storage.write((records) => records.putItem({ ...folder, size: 9 }));
    undoSomething(storage);
    expect(storage.read((records) => records.child(7, 'f')?.size)).toBe(9);
  }));

test('items of a turn get keys of their own after a write of it was undone', () =>
  inFolder(async (storage) => {
    const first = storage.write((records) => records.putItem(draft(1, 7, 'a', 1)));
    undoSomething(storage);
    const second = storage.write((records) => records.putItem(draft(2, 7, 'b', 1)));
    expect(second.key).not.toBe(first.key);
    await storage.settled();
    expect(storage.read((records) => records.changes(drive, 0, 9).map(({ name }) => name))).toEqual([
      'a',
      'b',
    ]);
  }));

test('a small blob is read before its turn ends', () =>
  inFolder(async (storage) => {
    const blob = storage.blobs.create();
    await storage.blobs.append(blob, 0, bytes(10));
    await storage.blobs.seal(blob);
    storage.write((records) => records.retainBlob(blob));
    expect(await textOf(storage, blob)).toBe('xxx');
  }));

test('a failure that ends the transaction, as a full disk does, fails all writes of the turn and leaves nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'storage-turn-'));
  const storage = await directoryStorage(folder, { durable: false });
  const other = await openDatabase(join(folder, 'onedrive.db'));
  try {
    other.exec(`CREATE TRIGGER full BEFORE INSERT ON items WHEN NEW.name = 'too much'
      BEGIN SELECT RAISE(ROLLBACK, 'the disk is full'); END`);
    const list = (records: Records) => records.changes(drive, 0, 9).map(({ name }) => name);
    storage.write((records) => records.putItem(draft(1, 7, 'before', 1)));
    const kept = expect(storage.settled()).rejects.toThrow('the disk is full');
    const failing = () =>
      storage.write((records) => {
        records.putItem(draft(2, 7, 'beside', 1));
        records.putItem(draft(3, 7, 'too much', 1));
        return list(records);
      });
    expect(failing).toThrow('the disk is full');
    await kept;
    expect(storage.read(list)).toEqual([]);
    storage.write((records) => records.putItem(draft(4, 7, 'after', 1)));
    await storage.settled();
    expect(storage.read(list)).toEqual(['after']);
  } finally {
    other.close();
    await storage.close();
    await rm(folder, { recursive: true, force: true });
  }
});
