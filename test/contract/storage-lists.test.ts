/** The contract of storages for lists, lookups and moves of trees. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ItemRecord } from '../../packages/server/src/files/items/item-record.ts';
import { compareCursors, cursorOf } from '../../packages/server/src/storage/child-order.ts';
import type { ChildOrder } from '../../packages/server/src/storage/storage.ts';

import { draft, implementations, names, nextSequence } from './storages.ts';

describe.each(implementations)('storage: %s', (_name, open) => {
  test('folders are listed first, then names by code point', async () => {
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

  test('a cached listing reflects changes of its items', async () => {
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
    storage.write((records) =>
      records.putItem({ ...third, name: 'c', folded: 'c', sequence: nextSequence() }),
    );
    expect([listed(from), listed(from, 1)]).toEqual([['b', 'c', 'd'], ['b']]);
    storage.write((records) => records.putItem({ ...first!, parent: to, sequence: nextSequence() }));
    expect([listed(from), listed(from, 1), listed(to)]).toEqual([['c', 'd'], ['c'], ['b']]);
    expect(() =>
      storage.write((records) => {
        records.putItem({ ...second!, parent: to, sequence: nextSequence() });
        expect(names(records.children(to, { order: 'name', limit: 9 }))).toEqual(['b', 'd']);
        throw new Error('no');
      }),
    ).toThrow('no');
    expect([listed(from), listed(to)]).toEqual([['c', 'd'], ['b']]);
    storage.write((records) => records.removeItem(second!.key));
    expect([listed(from), listed(from, 1)]).toEqual([['c'], ['c']]);
  });

  test('pages together are the whole listing, in every order and direction', async () => {
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

  test('changes are listed by sequence number from a given one, including deletions', async () => {
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

  test('a tree is deleted and restored as a whole, without items that were deleted before', async () => {
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

  test('a scan finds by part of a name, by age, and continues after a key', async () => {
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
});
