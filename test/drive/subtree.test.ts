/** Listing a subtree on the embedded drive: both ways give the same, and delta takes the fewest requests. */
import { expect, test } from 'vitest';
import type { FolderSeed } from '../../packages/server/src/testing/seed/seed.ts';
import { embeddedDrive } from '../embedded/embedded-drive.ts';

const seed: FolderSeed = {
  ...Object.fromEntries(
    Array.from({ length: 30 }, (_, at) => [
      `folder ${at}`,
      { folder: { 'ä #%.txt': 'x', deep: { folder: { 'f.txt': `${at}` } } } },
    ]),
  ),
  Notebook: { package: 'oneNote' },
};

async function paths(list: AsyncIterable<{ readonly path: readonly string[] }>): Promise<string[]> {
  const found: string[] = [];
  for await (const { path } of list) found.push(path.join('/'));
  return found;
}

test.each(['personal', 'business'] as const)('on a %s drive both ways find the same', async (kind) => {
  const { drive } = await embeddedDrive({ kind, seed });
  const walked = await paths(drive.subtree('', { by: 'walk' }));
  const delta = await paths(drive.subtree('', { by: 'delta' }));
  expect(delta).toHaveLength(1 + 30 * 4);
  expect(delta.toSorted()).toEqual(walked.toSorted());
  for (const path of delta.filter((one) => one.includes('/')))
    expect(delta.indexOf(path.slice(0, path.lastIndexOf('/')))).toBeLessThan(delta.indexOf(path));
});

test('a whole drive takes one request beside the look at its root', async () => {
  const { drive, asked } = await embeddedDrive({ seed });
  await paths(drive.subtree(''));
  expect(asked).toHaveLength(2);
  expect(asked[1]).toContain('/delta?');
});

test('a subtree below a limit of depth is walked', async () => {
  const { drive, asked } = await embeddedDrive({ seed });
  expect(await paths(drive.subtree('folder 3', { depth: 1 }))).toHaveLength(2);
  expect(asked.some((one) => one.includes('/delta'))).toBe(false);
});

test('what is not selected is not read', async () => {
  const { drive } = await embeddedDrive({ seed: { 'a.txt': 'x' } });
  for await (const { item } of drive.subtree('', { select: ['size'] }))
    expect(item).toEqual(expect.not.objectContaining({ webUrl: expect.anything() }));
});

test.each(['personal', 'business'] as const)(
  'on a %s drive items can be returned by arrival, too',
  async (kind) => {
    const { drive, asked } = await embeddedDrive({ kind, seed });
    const sorted = await paths(drive.subtree(''));
    const before = asked.length;
    const come = await paths(drive.subtree('', { order: 'arrival' }));
    expect(come.toSorted()).toEqual(sorted.toSorted());
    expect(asked.length - before).toBe(2);
  },
);
