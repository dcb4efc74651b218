/** The contract of storages for records. Each rule is tested with every implementation. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { collection, sortable } from '../../packages/server/src/storage/collection.ts';
import { directoryStorage } from '../../packages/server/src/storage/directory/directory-storage.ts';
import type { DocumentQuery, Storage } from '../../packages/server/src/storage/storage.ts';

import { chunks, cleanups, draft, implementations, names, nextSequence, readAll } from './storages.ts';

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

  test('putting a row with an existing key replaces it, in every index', async () => {
    const storage = await open();
    const put = storage.write((records) => records.putItem(draft(7, 'old')));
    const sequence = nextSequence();
    storage.write((records) => records.putItem({ ...put, name: 'new', folded: 'new', parent: 8, sequence }));
    storage.read((records) => {
      expect(records.child(7, 'old')).toBeUndefined();
      expect(records.child(8, 'new')?.key).toBe(put.key);
      expect(names(records.children(7, { order: 'wire', limit: 9 }))).toEqual([]);
      expect(records.changes(1, 0, 9).filter((item) => item.key === put.key)).toHaveLength(1);
      expect(records.lastSequence(1)).toBe(sequence);
    });
  });

  test('a name that was missing is found after it was added, and is missing after a rollback', async () => {
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

  test('documents are frozen, so that a caller cannot change them for others', async () => {
    const storage = await open();
    storage.write((records) => records.putDocument('k', 'a', { list: [1] }));
    const got = storage.read((records) => records.document('k', 'a')) as { list: number[] };
    expect(() => got.list.push(2)).toThrow(TypeError);
  });

  test('a removed row is in no index, and can be added again under its key', async () => {
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

  test('a transaction that throws is rolled back', async () => {
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

  test('a write that throws does not affect other writes of the same turn', async () => {
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

  test('documents are listed by the start of their keys, in both directions, in pages', async () => {
    const storage = await open();
    const keys = ['a', 'b', 'b/1', 'b/2', 'b/\u{1F600}', 'b0', 'c'];
    const list = (query: DocumentQuery) =>
      storage.read((records) => records.documents('k', query).map(({ key }) => key));
    storage.write((records) => {
      for (const key of keys) records.putDocument('k', key, 1);
    });
    expect(list({ prefix: 'b/' })).toEqual(['b/1', 'b/2', 'b/\u{1F600}']);
    expect(list({ prefix: 'b' })).toEqual(keys.slice(1, 6));
    expect(list({ prefix: 'b', descending: true })).toEqual(keys.slice(1, 6).reverse());
    expect(list({ prefix: 'b/', after: 'b/1', limit: 1 })).toEqual(['b/2']);
    expect(list({ prefix: 'b/', after: 'b/2', descending: true })).toEqual(['b/1']);
    expect(list({ descending: true, limit: 2 })).toEqual(['c', 'b0']);
    expect(list({ after: 'a', prefix: 'b/', limit: 1 })).toEqual(['b/1']);
    expect(list({ after: 'c', prefix: 'b/', descending: true, limit: 1 })).toEqual(['b/\u{1F600}']);
    expect([
      list({ prefix: 'd' }),
      list({ prefix: 'b/', after: 'c' }),
      list({ prefix: 'c', descending: true, after: 'a' }),
    ]).toEqual([[], [], []]);
    storage.write((records) => records.putDocument('k', 'b/1', undefined));
    expect(list({ prefix: 'b/', limit: 1 })).toEqual(['b/2']);
    expect(() =>
      storage.write((records) => {
        records.putDocument('k', 'b/0', 1);
        expect(records.documents('k', { prefix: 'b/', limit: 1 })).toMatchObject([{ key: 'b/0' }]);
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(list({ prefix: 'b/', limit: 1 })).toEqual(['b/2']);
  });

  test('a collection finds documents by their look-ups, as they are now', async () => {
    const storage = await open();
    const people = collection<{ name: string; age: number }>('person', ({ name, age }) => [
      `name:${name}`,
      `age:${sortable(age)}`,
    ]);
    const find = (lookup: string) =>
      storage.read((records) => people.findEntries(records, lookup).map(({ key }) => key));
    const byAge = (descending: boolean) =>
      storage.read((records) => [...people.each(records, 'age:', { descending })].map(({ key }) => key));
    storage.write((records) => {
      people.put(records, 'x', { name: 'Ann', age: 9 });
      people.put(records, 'y', { name: 'Ann', age: 10 });
      people.put(records, 'z', { name: 'Ann\ny', age: 8 });
    });
    expect(find('name:Ann')).toEqual(['x', 'y']);
    expect(find('name:Ann\ny')).toEqual(['z']);
    expect(find('name:An')).toEqual([]);
    expect([byAge(false), byAge(true)]).toEqual([
      ['z', 'x', 'y'],
      ['y', 'x', 'z'],
    ]);
    storage.write((records) => people.put(records, 'x', { name: 'Bea', age: 11 }));
    storage.write((records) => people.delete(records, 'z'));
    expect([find('name:Ann'), find('name:Bea'), byAge(false)]).toEqual([['y'], ['x'], ['y', 'x']]);
    expect(() =>
      storage.write((records) => {
        people.delete(records, 'x');
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(find('name:Bea')).toEqual(['x']);
  });

  test('look-ups can be rebuilt for documents that were stored without them', async () => {
    const storage = await open();
    const plain = collection<string>('word');
    const words = collection<string>('word', (word) => [`length:${word.length}`]);
    storage.write((records) => {
      plain.put(records, '1', 'one');
      plain.put(records, '3', 'three');
      records.putDocument('word-lookup', 'length:9\n1', '1');
      words.rebuildLookups(records);
    });
    storage.read((records) => {
      expect(words.find(records, 'length:3')).toEqual(['one']);
      expect(words.find(records, 'length:9')).toEqual([]);
    });
  });

  test('the recycle bin and scans of a drive contain its own items only', async () => {
    const storage = await open();
    const bin = (drive: number) =>
      storage.read((records) => [
        names(records.scan(drive, { binned: true, limit: 9 })),
        names(records.scan(drive, { limit: 9 })),
        records.binnedBytes(drive),
      ]);
    const put = (drive: number, name: string, size: number) =>
      storage.write((records) => records.putItem(draft(7, name, { drive, size })));
    const [own, other] = [put(51, 'a', 3), put(52, 'b', 5)];
    put(51, 'c', 1);
    for (const item of [own, other])
      storage.write((records) => records.moveTreeToBin(item.key, 0, item.key, nextSequence()));
    expect([bin(51), bin(52)]).toEqual([
      [['a'], ['c'], 3],
      [['b'], [], 5],
    ]);
    storage.write((records) => records.putItem({ ...own, bin: own.key, size: 4 }));
    expect(bin(51)[2]).toBe(4);
    storage.write((records) => records.removeItem(own.key));
    storage.write((records) => records.moveTreeToBin(other.key, other.key, 0, nextSequence()));
    expect([bin(51), bin(52)]).toEqual([
      [[], ['c'], 0],
      [[], ['b'], 0],
    ]);
  });

  test('reset deletes records and documents', async () => {
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

test("storages over one folder see each other's writes immediately, despite their caches", async () => {
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
