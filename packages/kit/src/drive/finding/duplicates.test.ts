import { describe, expect, it } from 'vitest';
import type { DriveItem } from '../../graph/types/index.ts';
import type { WalkEntry } from '../listing/walk.ts';
import { findDuplicates } from './duplicates.ts';

const file = (path: string, size: number, more: Partial<DriveItem> = {}): WalkEntry => {
  const names = path.split('/');
  return { path: names, item: { id: path, name: names.at(-1) ?? '', size, file: {}, ...more } };
};

describe('duplicates', () => {
  const hashed = (path: string, size: number, quickXorHash: string) =>
    file(path, size, { file: { hashes: { quickXorHash } } });

  it('are files of one size and one hash; empty files and files without a hash are not included', async () => {
    const groups = await findDuplicates([
      hashed('a', 5, 'h'),
      hashed('b', 6, 'h'),
      hashed('c/d', 5, 'h'),
      hashed('e', 0, ''),
      hashed('f', 0, ''),
      file('g', 5),
      file('h', 5),
    ]);
    expect(
      groups.map(({ hash, wasted, entries }) => [hash, wasted, entries.map((one) => one.item.id)]),
    ).toEqual([['h', 5, ['a', 'c/d']]]);
  });
});
