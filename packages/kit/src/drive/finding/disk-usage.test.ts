import { describe, expect, it } from 'vitest';
import type { DriveItem } from '../../graph/types/index.ts';
import type { WalkEntry } from '../listing/walk.ts';
import { diskUsage } from './disk-usage.ts';

const file = (path: string, size: number, more: Partial<DriveItem> = {}): WalkEntry => {
  const names = path.split('/');
  return { path: names, item: { id: path, name: names.at(-1) ?? '', size, file: {}, ...more } };
};
const folder = (path: string): WalkEntry => {
  const names = path.split('/');
  return { path: names, item: { id: path, name: names.at(-1) ?? '', folder: {} } };
};

describe('disk usage', () => {
  const entries = [folder('a'), folder('a/b'), file('a/b/x', 5), file('a/y', 2), folder('c'), file('z', 1)];

  it('includes all levels, has lines for a few, largest first and the total last', async () => {
    expect((await diskUsage(entries, { depth: 1 })).map(({ path, size }) => [path.join('/'), size])).toEqual([
      ['a', 7],
      ['c', 0],
      ['', 8],
    ]);
    expect(await diskUsage(entries, { depth: 0 })).toEqual([
      { path: [], kind: 'folder', size: 8, files: 3, folders: 3 },
    ]);
  });

  it('each folder is as large as its children together', async () => {
    const usages = await diskUsage(entries, { files: true });
    const childrenOf = (path: readonly string[]) =>
      usages.filter(
        (one) => one.path.length === path.length + 1 && path.every((name, at) => one.path[at] === name),
      );
    for (const { path, size, kind } of usages.filter((one) => one.kind === 'folder'))
      expect([kind, childrenOf(path).reduce((sum, one) => sum + one.size, 0)]).toEqual(['folder', size]);
  });
});
