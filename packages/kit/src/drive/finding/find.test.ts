import { describe, expect, it } from 'vitest';
import type { DriveItem } from '../../graph/types/index.ts';
import type { WalkEntry } from '../listing/walk.ts';
import { findTest } from './find.ts';

const file = (path: string, size: number, more: Partial<DriveItem> = {}): WalkEntry => {
  const names = path.split('/');
  return { path: names, item: { id: path, name: names.at(-1) ?? '', size, file: {}, ...more } };
};
const folder = (path: string): WalkEntry => {
  const names = path.split('/');
  return { path: names, item: { id: path, name: names.at(-1) ?? '', folder: {} } };
};

describe('criteria', () => {
  const one = file('a/b.txt', 10, {
    lastModifiedDateTime: '2026-01-10T00:00:00Z',
    file: { hashes: { sha1Hash: 'ABCD', quickXorHash: 'q+Q=' } },
  });
  it.each([
    [{}, true],
    [{ size: { least: 10, most: 10 } }, true],
    [{ size: { least: 11, most: 12 } }, false],
    [{ since: Date.parse('2026-01-10T00:00:00Z') }, true],
    [{ before: Date.parse('2026-01-10T00:00:00Z') }, false],
    [{ hash: 'abcd' }, true],
    [{ hash: 'q+Q=' }, true],
    [{ hash: 'Q+q=' }, false],
    [{ kinds: ['folder'] as const }, false],
    [{ name: 'b*', path: 'a/*' }, true],
    [{ name: 'b*', path: 'b/*' }, false],
  ])('%j: %s', (criteria, expected) => {
    expect(findTest(criteria)(one)).toBe(expected);
  });

  it('an item without a time matches neither age limit', () => {
    expect(findTest({ since: 0 })(file('x', 1))).toBe(false);
    expect(findTest({ before: 1e15 })(file('x', 1))).toBe(false);
  });

  it('a folder has no size of its own', () => {
    expect(findTest({ size: { least: 0, most: 1e9 } })(folder('x'))).toBe(false);
  });
});
