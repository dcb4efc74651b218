/** What every storage of the embedded server must do. Each rule runs on every implementation. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { compareCursors, cursorOf } from '../../src/server/storage/child-order.ts';
import { directoryStorage } from '../../src/server/storage/directory/directory-storage.ts';
import { nodeSha1 } from '../../src/server/storage/directory/node-sha1.ts';
import { memoryStorage } from '../../src/server/storage/memory/memory-storage.ts';
import type { ItemRecord, NewItem } from '../../src/server/storage/records/item-record.ts';
import type { ChildOrder, Storage } from '../../src/server/storage/storage.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const implementations: readonly [string, () => Promise<Storage>][] = [
  [
    'memory',
    async () => {
      const storage = memoryStorage({ sha1: nodeSha1 });
      cleanups.push(() => storage.close());
      return storage;
    },
  ],
  [
    'directory',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'storage-contract-'));
      cleanups.push(() => rm(folder, { recursive: true, force: true }));
      const storage = await directoryStorage(folder, { durable: false });
      cleanups.push(() => storage.close());
      return storage;
    },
  ],
];

let counter = 0;

function draft(parent: number, name: string, more: Partial<NewItem> = {}): NewItem {
  counter++;
  return {
    drive: 1,
    id: `id-${counter}`,
    parent,
    name,
    folded: name.toLowerCase(),
    rank: 1,
    size: 0,
    children: 0,
    version: 1,
    contentVersion: 1,
    modified: 1000,
    sequence: counter,
    bin: 0,
    blob: null,
    data: {
      kind: 'file',
      guid: 'G',
      created: 500,
      createdBy: { displayName: 'a' },
      modifiedBy: { displayName: 'b' },
      fsCreated: 1,
      fsModified: 2,
    },
    ...more,
  };
}

const names = (items: readonly ItemRecord[]): string[] => items.map((item) => item.name);

async function* chunks(...parts: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === 'string' ? new TextEncoder().encode(part) : part;
}

async function* broken(part: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(part);
  throw new Error('the line broke');
}

async function readAll(storage: Storage, id: string, start: number, end: number): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of storage.blobs.read(id, start, end)) parts.push(chunk);
  return Buffer.concat(parts).toString('latin1');
}

describe.each(implementations)('storage: %s', (_name, open) => {
  test('an item is found by key, by id in its drive, and by name in its folder', async () => {
    const storage = await open();
    const put = storage.write((records) =>
      records.putItem(draft(7, 'Name.txt', { description: undefined } as never)),
    );
    storage.read((records) => {
      expect(records.item(put.key)).toEqual(put);
      expect(records.itemById(1, put.id)).toEqual(put);
      expect(records.itemById(2, put.id)).toBeUndefined();
      expect(records.child(7, 'name.txt')).toEqual(put);
      expect(records.child(8, 'name.txt')).toBeUndefined();
    });
  });

  test('putting a row of a known key replaces it, in every index', async () => {
    const storage = await open();
    const put = storage.write((records) => records.putItem(draft(7, 'old')));
    const sequence = ++counter;
    storage.write((records) => records.putItem({ ...put, name: 'new', folded: 'new', parent: 8, sequence }));
    storage.read((records) => {
      expect(records.child(7, 'old')).toBeUndefined();
      expect(records.child(8, 'new')?.key).toBe(put.key);
      expect(names(records.children(7, { order: 'wire', limit: 9 }))).toEqual([]);
      expect(records.changes(1, 0, 9).filter((item) => item.key === put.key)).toHaveLength(1);
      expect(records.lastSequence(1)).toBe(sequence);
    });
  });

  test('a name that was asked for in vain is found once it is there, and again after it was undone', async () => {
    const storage = await open();
    const ask = (name: string) => storage.read((records) => records.child(7, name)?.name);
    expect(ask('new')).toBeUndefined();
    const put = storage.write((records) => records.putItem(draft(7, 'new')));
    expect([ask('new'), ask('old')]).toEqual(['new', undefined]);
    expect(() =>
      storage.write((records) => {
        records.putItem({ ...put, name: 'old', folded: 'old', size: 5 });
        expect(records.child(7, 'old')?.size).toBe(5);
        throw new Error('no');
      }),
    ).toThrow('no');
    expect([ask('new'), ask('old')]).toEqual(['new', undefined]);
  });

  test('what only counts more keeps its place in every index', async () => {
    const storage = await open();
    const [folder] = storage.write((records) =>
      ['f', 'g'].map((name) => records.putItem(draft(7, name, { drive: 31, rank: 0 }))),
    );
    const grown = { ...folder!, size: 9, children: 2, contentVersion: 3 };
    storage.write((records) => records.putItem(grown));
    storage.read((records) => {
      expect(records.item(folder!.key)).toEqual(grown);
      expect(records.child(7, 'f')).toEqual(grown);
      expect(records.changes(31, 0, 9).map(({ size }) => size)).toEqual([9, 0]);
      expect(
        records
          .children(7, { order: 'wire', limit: 9 })
          .filter(({ drive }) => drive === 31)
          .map(({ size }) => size),
      ).toEqual([9, 0]);
    });
  });

  test('documents are frozen: who is handed one cannot change what the next one gets', async () => {
    const storage = await open();
    storage.write((records) => records.putDocument('k', 'a', { list: [1] }));
    const got = storage.read((records) => records.document('k', 'a')) as { list: number[] };
    expect(() => got.list.push(2)).toThrow(TypeError);
  });

  test('a row that was taken out is gone from every index, and can be put back under its key', async () => {
    const storage = await open();
    const put = storage.write((records) => records.putItem(draft(7, 'name')));
    storage.write((records) => records.removeItem(put.key));
    storage.read((records) => {
      expect(records.item(put.key)).toBeUndefined();
      expect(records.child(7, 'name')).toBeUndefined();
      expect(records.changes(1, 0, 99).map(({ key }) => key)).not.toContain(put.key);
    });
    storage.write((records) => records.putItem(put));
    storage.read((records) => expect(records.child(7, 'name')).toEqual(put));
    expect(() =>
      storage.write((records) => {
        records.removeItem(put.key);
        throw new Error('no');
      }),
    ).toThrow('no');
    storage.read((records) => expect(records.item(put.key)).toEqual(put));
  });

  test('the kinds of documents are those of which there are any', async () => {
    const storage = await open();
    storage.write((records) => {
      records.putDocument('one', 'a', 1);
      records.putDocument('two', 'b', 2);
      records.putDocument('two', 'b', undefined);
    });
    storage.read((records) => expect(records.documentKinds()).toEqual(['one']));
  });

  test('a transaction that throws leaves nothing behind', async () => {
    const storage = await open();
    const kept = storage.write((records) => {
      records.putDocument('kind', 'kept', 1);
      return records.putItem(draft(7, 'kept'));
    });
    const blob = storage.blobs.create();
    await storage.blobs.append(blob, 0, chunks('bytes'));
    await storage.blobs.seal(blob);
    expect(() =>
      storage.write((records) => {
        records.putItem(draft(7, 'gone'));
        records.putItem({ ...kept, name: 'changed', folded: 'changed' });
        records.moveTreeToBin(kept.key, 0, kept.key, 5000);
        records.putDocument('kind', 'gone', 1);
        records.putDocument('kind', 'kept', undefined);
        records.retainBlob(blob);
        throw new Error('no');
      }),
    ).toThrow('no');
    storage.read((records) => {
      expect(names(records.children(7, { order: 'wire', limit: 9 }))).toEqual(['kept']);
      expect(records.item(kept.key)).toEqual(kept);
      expect(records.documents('kind')).toEqual([{ key: 'kept', value: 1 }]);
    });
    expect(await readAll(storage, blob, 0, 5)).toBe('bytes');
    storage.write((records) => records.retainBlob(blob));
    expect(await readAll(storage, blob, 1, 4)).toBe('yte');
  });

  test('a write that throws takes nothing from the writes of the same turn', async () => {
    const storage = await open();
    const large = storage.blobs.create();
    await storage.blobs.append(large, 0, chunks('x'.repeat(100_000)));
    await storage.blobs.seal(large);
    const before = storage.write((records) => records.putItem(draft(7, 'before')));
    expect(() =>
      storage.write((records) => {
        records.retainBlob(large);
        records.putItem({ ...before, name: 'other', folded: 'other' });
        throw new Error('no');
      }),
    ).toThrow('no');
    storage.write((records) => records.putItem(draft(7, 'zafter')));
    const listed = () => storage.read((records) => names(records.children(7, { order: 'wire', limit: 9 })));
    expect(listed()).toEqual(['before', 'zafter']);
    await storage.settled();
    expect(storage.settled()).toBeUndefined();
    expect(listed()).toEqual(['before', 'zafter']);
    storage.write((records) => records.retainBlob(large));
    await storage.settled();
    expect(await readAll(storage, large, 0, 3)).toBe('xxx');
  });

  test('folders come first in the order of the wire, then names by code point', async () => {
    const storage = await open();
    storage.write((records) => {
      for (const name of ['b', 'A', '\u{1F600}', '\uFF5E', 'a1']) records.putItem(draft(7, name));
      records.putItem(draft(7, 'z', { rank: 0 }));
    });
    storage.read((records) =>
      expect(names(records.children(7, { order: 'wire', limit: 99 }))).toEqual([
        'z',
        'A',
        'a1',
        'b',
        '\uFF5E',
        '\u{1F600}',
      ]),
    );
  });

  test('a listing that was asked for before follows what becomes of its items', async () => {
    const storage = await open();
    const [from, to] = [60_001, 60_002];
    const listed = (parent: number, limit = 9) =>
      storage.read((records) => names(records.children(parent, { order: 'name', limit })));
    const [first, second] = storage.write((records) =>
      ['b', 'd'].map((name) => records.putItem(draft(from, name))),
    );
    expect([listed(from), listed(from, 1), listed(to)]).toEqual([['b', 'd'], ['b'], []]);
    const third = storage.write((records) => records.putItem(draft(from, 'a')));
    expect([listed(from), listed(from, 1)]).toEqual([['a', 'b', 'd'], ['a']]);
    storage.write((records) => records.putItem({ ...third, name: 'c', folded: 'c', sequence: ++counter }));
    expect([listed(from), listed(from, 1)]).toEqual([['b', 'c', 'd'], ['b']]);
    storage.write((records) => records.putItem({ ...first!, parent: to, sequence: ++counter }));
    expect([listed(from), listed(from, 1), listed(to)]).toEqual([['c', 'd'], ['c'], ['b']]);
    expect(() =>
      storage.write((records) => {
        records.putItem({ ...second!, parent: to, sequence: ++counter });
        expect(names(records.children(to, { order: 'name', limit: 9 }))).toEqual(['b', 'd']);
        throw new Error('no');
      }),
    ).toThrow('no');
    expect([listed(from), listed(to)]).toEqual([['c', 'd'], ['b']]);
    storage.write((records) => records.removeItem(second!.key));
    expect([listed(from), listed(from, 1)]).toEqual([['c'], ['c']]);
  });

  test('a listing in pages is the listing, in every order and direction', async () => {
    const storage = await open();
    const order = fc.constantFrom<ChildOrder>('wire', 'name', 'size', 'modified', 'created');
    const child = fc.record({
      size: fc.nat(3),
      modified: fc.nat(3),
      rank: fc.constantFrom(0 as const, 1 as const),
    });
    let parent = 100;
    fc.assert(
      fc.property(
        fc.array(child, { maxLength: 12 }),
        order,
        fc.boolean(),
        fc.integer({ min: 1, max: 5 }),
        (list, by, descending, limit) => {
          parent++;
          const items = storage.write((records) =>
            list.map((more, at) => records.putItem(draft(parent, `n${(at * 7) % 12}`, more))),
          );
          const sign = descending ? -1 : 1;
          const wanted = [...items].sort(
            (a, b) => sign * compareCursors(cursorOf(a, by), cursorOf(b, by), by),
          );
          const got: ItemRecord[] = [];
          for (;;) {
            const last = got.at(-1);
            const after = last === undefined ? undefined : cursorOf(last, by);
            const page = storage.read((records) =>
              records.children(parent, { order: by, descending, after, limit }),
            );
            got.push(...page);
            if (page.length < limit) break;
          }
          expect(got.map((item) => item.key)).toEqual(wanted.map((item) => item.key));
        },
      ),
      { numRuns: 150 },
    );
  });

  test('changes come in order of sequence, from after a point on, deleted ones too', async () => {
    const storage = await open();
    storage.write((records) => {
      for (const sequence of [30, 10, 20])
        records.putItem(draft(7, `s${sequence}`, { drive: 9, sequence, bin: sequence === 20 ? -1 : 0 }));
    });
    storage.read((records) => {
      expect(names(records.changes(9, 0, 9))).toEqual(['s10', 's20', 's30']);
      expect(names(records.changes(9, 10, 1))).toEqual(['s20']);
      expect(records.changes(9, 30, 9)).toEqual([]);
      expect(records.lastSequence(9)).toBe(30);
      expect(records.lastSequence(99)).toBe(0);
    });
  });

  test('a tree moves to the bin and back whole, without what was deleted before', async () => {
    const storage = await open();
    const [top, sub, leaf, earlier] = storage.write((records) => {
      const folder = records.putItem(draft(7, 'top', { drive: 5, rank: 0, size: 30 }));
      const inner = records.putItem(draft(folder.key, 'sub', { drive: 5, rank: 0 }));
      const file = records.putItem(draft(inner.key, 'leaf', { drive: 5, size: 20 }));
      const old = records.putItem(draft(inner.key, 'old', { drive: 5, size: 5 }));
      records.moveTreeToBin(old.key, 0, old.key, 10_000);
      return [folder, inner, file, old];
    });
    expect(storage.write((records) => records.moveTreeToBin(top.key, 0, top.key, 20_000))).toBe(3);
    storage.read((records) => {
      expect(records.child(7, 'top')).toBeUndefined();
      expect(records.children(sub.key, { order: 'wire', limit: 9 })).toEqual([]);
      expect(records.item(leaf.key)?.bin).toBe(top.key);
      expect(records.item(earlier.key)?.bin).toBe(earlier.key);
      expect(names(records.changes(5, 19_999, 9))).toEqual(['top', 'sub', 'leaf']);
      expect(records.lastSequence(5)).toBe(20_002);
      expect(records.binnedBytes(5)).toBe(35);
      expect(names(records.scan(5, { binned: true, limit: 9 }))).toEqual(['top', 'old']);
    });
    expect(storage.write((records) => records.moveTreeToBin(top.key, top.key, 0, 30_000))).toBe(3);
    storage.read((records) => {
      expect(names(records.children(sub.key, { order: 'wire', limit: 9 }))).toEqual(['leaf']);
      expect(records.binnedBytes(5)).toBe(5);
    });
  });

  test('a scan finds by part of a name, by age, and goes on after a key', async () => {
    const storage = await open();
    const items = storage.write((records) =>
      ['Alpha', 'beta', 'ALPHABET', 'dir-alpha'].map((name, at) =>
        records.putItem(
          draft(7, name, { drive: 6, modified: at * 10, rank: name.startsWith('dir') ? 0 : 1 }),
        ),
      ),
    );
    storage.read((records) => {
      expect(names(records.scan(6, { contains: ['alpha'], limit: 9 }))).toEqual([
        'Alpha',
        'ALPHABET',
        'dir-alpha',
      ]);
      expect(names(records.scan(6, { contains: ['alpha'], after: items[0]!.key, limit: 1 }))).toEqual([
        'ALPHABET',
      ]);
      expect(names(records.scan(6, { contains: ['alpha', 'dir'], limit: 9 }))).toEqual(['dir-alpha']);
      expect(names(records.scan(6, { recentFiles: true, limit: 2 }))).toEqual(['ALPHABET', 'beta']);
      expect(records.scan(60, { limit: 9 })).toEqual([]);
    });
  });

  test('documents are kept by kind, listed by key by code point, and removed by undefined', async () => {
    const storage = await open();
    storage.write((records) => {
      for (const key of ['b', 'a', '\u{1F600}', '\uFF5E']) records.putDocument('k', key, { key });
      records.putDocument('other', 'x', [1, 'two', null]);
      records.putDocument('k', 'a', { key: 'again' });
    });
    storage.read((records) => {
      expect(records.document('k', 'a')).toEqual({ key: 'again' });
      expect(records.document('other', 'x')).toEqual([1, 'two', null]);
      expect(records.documents('k').map((found) => found.key)).toEqual(['a', 'b', '\uFF5E', '\u{1F600}']);
      expect(records.documents('k', { after: 'a', limit: 1 }).map((found) => found.key)).toEqual(['b']);
    });
    storage.write((records) => records.putDocument('k', 'a', undefined));
    expect(storage.read((records) => records.document('k', 'a'))).toBeUndefined();
  });

  test('a blob has the size and the hashes of its bytes, however they came', async () => {
    const storage = await open();
    const whole = 'The quick brown fox jumps over the lazy dog';
    const one = storage.blobs.create();
    await storage.blobs.append(one, 0, chunks(whole));
    const two = storage.blobs.create();
    expect(await storage.blobs.append(two, 0, chunks(whole.slice(0, 5), whole.slice(5, 11)))).toBe(11);
    expect(await storage.blobs.append(two, 11, chunks(whole.slice(11)))).toBe(whole.length);
    for (const id of [one, two]) {
      expect(await storage.blobs.seal(id)).toEqual({
        id,
        size: 43,
        quickXorHash: 'bMSlbysmxJL6S75XwfMcQZOpcr4=',
        sha1: '2FD4E1C67A2D28FCED849EE1BB76E7391B93EB12',
      });
    }
    expect(await storage.blobs.seal(storage.blobs.create())).toMatchObject({
      size: 0,
      quickXorHash: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=',
    });
  });

  test('appending at an offset drops what was beyond it, and a source that breaks drops its own bytes', async () => {
    const storage = await open();
    for (const retained of [false, true]) {
      const id = storage.blobs.create();
      if (retained) storage.write((records) => records.retainBlob(id));
      await storage.blobs.append(id, 0, chunks('abcdef'));
      await expect(storage.blobs.append(id, 6, broken('zzz'))).rejects.toThrow('the line broke');
      expect(await storage.blobs.append(id, 6, chunks('ghi'))).toBe(9);
      expect(await storage.blobs.append(id, 2, chunks('XY'))).toBe(4);
      await expect(storage.blobs.append(id, 4, broken('zzz'))).rejects.toThrow('the line broke');
      const sealed = await storage.blobs.seal(id);
      expect(sealed.size).toBe(4);
      expect(await readAll(storage, id, 0, 4)).toBe('abXY');
      const same = storage.blobs.create();
      await storage.blobs.append(same, 0, chunks('abXY'));
      expect(await storage.blobs.seal(same)).toEqual({ ...sealed, id: same });
    }
  });

  test('large blobs are read by range, whatever the sizes of the chunks they came in', async () => {
    const storage = await open();
    const size = 3_000_000;
    const bytes = Uint8Array.from({ length: size }, (_, at) => at % 251);
    const id = storage.blobs.create();
    await storage.blobs.append(
      id,
      0,
      chunks(bytes.subarray(0, 10), bytes.subarray(10, 1_500_000), bytes.subarray(1_500_000)),
    );
    expect((await storage.blobs.seal(id)).size).toBe(size);
    storage.write((records) => records.retainBlob(id));
    for (const [start, end] of [
      [0, size],
      [5, 15],
      [1_048_570, 2_097_160],
      [size - 1, size],
      [7, 7],
    ] as const) {
      const wanted = Buffer.from(bytes.subarray(start, end)).toString('latin1');
      expect((await readAll(storage, id, start, end)) === wanted).toBe(true);
    }
  });

  test('a blob stays while one record mentions it', async () => {
    const storage = await open();
    for (const text of ['small', 'x'.repeat(100_000)]) {
      const id = storage.blobs.create();
      await storage.blobs.append(id, 0, chunks(text));
      await storage.blobs.seal(id);
      storage.write((records) => {
        records.retainBlob(id);
        records.retainBlob(id);
      });
      storage.write((records) => records.releaseBlob(id));
      expect(await readAll(storage, id, 0, 5)).toBe(text.slice(0, 5));
      storage.write((records) => records.releaseBlob(id));
      await storage.settled();
      const gone = await readAll(storage, id, 0, 5).catch(() => '');
      expect(gone).toBe('');
    }
  });

  test('reset forgets records and documents', async () => {
    const storage = await open();
    storage.write((records) => {
      records.putItem(draft(7, 'x'));
      records.putDocument('k', 'a', 1);
    });
    await storage.reset();
    storage.read((records) => {
      expect(records.children(7, { order: 'wire', limit: 9 })).toEqual([]);
      expect(records.documents('k')).toEqual([]);
    });
  });
});

test('storages over one folder see at once what each other wrote, whoever remembers what', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'storage-shared-'));
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  const [one, two] = [await directoryStorage(folder), await directoryStorage(folder)];
  cleanups.push(async () => {
    await one.close();
    await two.close();
  });
  const names = (storage: Storage) =>
    storage.read((records) => [
      records.child(7, 'a')?.name,
      records.document('k', 'd'),
      records.documents('k').length,
      records.lastSequence(41),
    ]);
  expect([names(one), names(two)]).toEqual([
    [undefined, undefined, 0, 0],
    [undefined, undefined, 0, 0],
  ]);
  for (const [writer, reader, round] of [
    [one, two, 1],
    [two, one, 2],
  ] as const) {
    writer.write((records) => {
      const there = records.child(7, 'a');
      records.putItem({
        ...(there ?? draft(7, 'a', { drive: 41 })),
        name: `a${round}`,
        sequence: 1000 + round,
      });
      records.putDocument('k', 'd', round);
    });
    // Both write in one turn of the event loop: the second one must not wait for the first.
    reader.write((records) => records.putDocument('other', 'x', round));
    expect(names(reader)).toEqual([`a${round}`, round, 1, 1000 + round]);
    await Promise.all([one.settled(), two.settled()]);
  }
});
