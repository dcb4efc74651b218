import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DriveItem } from '../../graph/types/index.ts';
import { planListing } from '../listing/listing-plan.ts';
import type { WalkEntry } from '../listing/walk.ts';
import { diskUsage } from './disk-usage.ts';
import { findDuplicates } from './duplicates.ts';
import { findTest } from './find.ts';
import { parseMoment, parseSizeRange } from './measures.ts';
import { namePattern, pathPattern } from './name-pattern.ts';

const file = (path: string, size: number, more: Partial<DriveItem> = {}): WalkEntry => {
  const names = path.split('/');
  return { path: names, item: { id: path, name: names.at(-1) ?? '', size, file: {}, ...more } };
};
const folder = (path: string): WalkEntry => {
  const names = path.split('/');
  return { path: names, item: { id: path, name: names.at(-1) ?? '', folder: {} } };
};

describe('a name pattern', () => {
  it.each([
    ['*.jpg', 'A.JPG', true],
    ['*.jpg', 'a.jpg.txt', false],
    ['IMG_????.*', 'IMG_0001.png', true],
    ['IMG_????.*', 'IMG_1.png', false],
    ['[a-c]*', 'Beta', true],
    ['[!a-c]*', 'Beta', false],
    ['[]]', ']', true],
    ['\\*', '*', true],
    ['\\*', 'x', false],
    ['*', '', true],
    ['?', '😀', true],
    ['caf\u0065\u0301', 'Café', true],
    ['a.c', 'abc', false],
  ])('%s and %s: %s', (pattern, name, expected) => {
    expect(namePattern(pattern)(name)).toBe(expected);
  });

  it('matches every name that it was created from, with any part replaced by a star', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), fc.nat(), fc.nat(), (name, a, b) => {
        const letters = Array.from(name);
        const [from, to] = [a % (letters.length + 1), b % (letters.length + 1)].sort((x, y) => x - y) as [
          number,
          number,
        ];
        const literal = (part: string[]) => part.map((one) => `\\${one}`).join('');
        expect(namePattern(`${literal(letters.slice(0, from))}*${literal(letters.slice(to))}`)(name)).toBe(
          true,
        );
      }),
    );
  });

  it('takes no longer than pattern times text, however many stars it has', () => {
    expect(namePattern(`${'*a'.repeat(120)}b`)('a'.repeat(255))).toBe(false);
  });

  it('is rejected if a bracket is not closed', () => {
    expect(() => namePattern('[a')).toThrow(expect.objectContaining({ code: 'usage' }));
    expect(() => namePattern('')).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it.each([
    ['Photos/**/*.jpg', 'Photos/a.jpg', true],
    ['Photos/**/*.jpg', 'Photos/2026/May/a.jpg', true],
    ['Photos/*.jpg', 'Photos/2026/a.jpg', false],
    ['**', 'a/b/c', true],
    ['**/b/**', 'a/b/c', true],
    ['a/b', 'a/b/c', false],
  ])('for a path: %s and %s: %s', (pattern, path, expected) => {
    expect(pathPattern(pattern)(path.split('/'))).toBe(expected);
  });
});

describe('measures', () => {
  it.each([
    ['+10K', { least: 10240, most: Number.POSITIVE_INFINITY }],
    ['-1M', { least: 0, most: 1 << 20 }],
    ['1..1.5k', { least: 1, most: 1536 }],
    ['..5', { least: 0, most: 5 }],
    ['7', { least: 7, most: 7 }],
  ])('%s', (typed, range) => {
    expect(parseSizeRange(typed)).toEqual(range);
  });

  it.each([
    ['7d', '2026-01-08T00:00:00Z'],
    ['90min', '2026-01-14T22:30:00Z'],
    ['2026-01-02', '2026-01-02T00:00:00Z'],
    ['2026-01-02 03:04', '2026-01-02T03:04:00Z'],
    ['2026-01-02T03:04+01:00', '2026-01-02T02:04:00Z'],
  ])('%s', (typed, moment) => {
    expect(parseMoment(typed, Date.parse('2026-01-15T00:00:00Z'))).toBe(Date.parse(moment));
  });

  it.each(['', 'x', '7', '2026-99-99', '-1d'])('%j is not a time', (typed) => {
    expect(() => parseMoment(typed, 0)).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});

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

describe('the plan of a listing', () => {
  const facts = { hasDelta: true, isRoot: true, driveType: 'business', depth: Infinity, childCount: 3 };
  it.each([
    [{}, 'delta'],
    [{ hasDelta: false }, 'walk'],
    [{ depth: 2 }, 'walk'],
    [{ childCount: 0 }, 'walk'],
    [{ isRoot: false }, 'walk'],
    [{ isRoot: false, driveType: 'personal' }, 'delta'],
  ] as const)('%j: %s', (some, plan) => {
    expect(planListing({ ...facts, ...some })).toBe(plan);
  });
});
