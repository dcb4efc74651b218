import { describe, expect, it } from 'vitest';
import { embeddedDrive } from '../../../../../test/embedded/embedded-drive.ts';
import { expandWildcards, hasWildcards } from './expand-wildcards.ts';

const seed = {
  'a.txt': 'a',
  'b.TXT': 'b',
  'c[1].txt': 'c',
  'c1.txt': 'c',
  'folder.0123456789abcdef': 'looks like an id',
  Photos: {
    folder: {
      'one.jpg': '1',
      2025: { folder: { 'two.jpg': '2', deep: { folder: { 'three.jpg': '3' } } } },
      2026: { folder: { 'two.jpg': '2' } },
    },
  },
} as const;

async function expand(typed: string, options = {}) {
  const { drive } = await embeddedDrive({ seed });
  return expandWildcards(drive.context, typed, options);
}

describe('wildcards in a path of the drive', () => {
  it.each([
    ['*.txt', ['a.txt', 'b.TXT', 'c1.txt', 'c[1].txt']],
    ['/?.txt', ['/a.txt', '/b.TXT']],
    ['[ab].txt', ['a.txt', 'b.TXT']],
    ['c[1].txt', ['c[1].txt']],
    ['c[0-9].txt', ['c1.txt']],
    ['Photos/*.jpg', ['Photos/one.jpg']],
    ['Photos/*/two.jpg', ['Photos/2025/two.jpg', 'Photos/2026/two.jpg']],
    ['photos/20?6/*', ['photos/2026/two.jpg']],
    ['P*/', ['Photos/']],
    ['*/*/', ['Photos/2025/', 'Photos/2026/']],
    [
      'Photos/**/*.jpg',
      ['Photos/2025/deep/three.jpg', 'Photos/2025/two.jpg', 'Photos/2026/two.jpg', 'Photos/one.jpg'],
    ],
    ['folder.*', ['/folder.0123456789abcdef']],
    ['me/skydrive/a.*', ['me/skydrive/a.txt']],
    ['a.txt', ['a.txt']],
    ['c[1', ['c[1']],
  ])('%s', async (typed, paths) => {
    expect(await expand(typed)).toEqual(paths);
  });

  it.each(['*.pdf', 'Photos/*.txt', 'a.txt/*', 'c[9].txt'])(
    'fails with the pattern if nothing matches: %s',
    async (typed) => {
      await expect(expand(typed)).rejects.toMatchObject({
        code: expect.stringMatching('not-found|not-supported'),
      });
    },
  );

  it('names the pattern and the folder to look into', async () => {
    await expect(expand('Photos/*.pdf')).rejects.toMatchObject({
      message: 'No object of the drive matches "Photos/*.pdf".',
      hint: 'List Photos to see what is there.',
    });
  });

  it('takes a path that may be new literally if nothing matches', async () => {
    expect(await expand('new[1].txt', { mayBeNew: true })).toEqual(['new[1].txt']);
    await expect(expand('new*.txt', { mayBeNew: true })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('are not expanded in ids', async () => {
    expect(await expand('*.txt', { as: 'id' })).toEqual(['*.txt']);
  });
});

it('a bracket without its other half is not a wildcard', () => {
  expect(['a[b', 'a]b', '[]', 'a[b]', 'x/*', '?'].map(hasWildcards)).toEqual([
    false,
    false,
    false,
    true,
    true,
    true,
  ]);
});
