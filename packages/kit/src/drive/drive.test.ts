import { describe, expect, it } from 'vitest';
import { embeddedDrive } from '../../../../test/embedded/embedded-drive.ts';
import type { TransportDecorator } from '../http/transport.ts';

async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of list) found.push(one);
  return found;
}

const seed = {
  Documents: { folder: { 'README.txt': 'read me', Empty: { folder: {} } } },
  Pics: { folder: { 'b.jpg': 'b', 'a.jpg': 'a', Old: { folder: { 'c.jpg': 'c' } } } },
  Notes: { package: 'oneNote' },
} as const;

describe('walking', () => {
  it('returns parents before children, in the order of the lists', async () => {
    const { drive } = await embeddedDrive({ seed });
    const paths = (await all(drive.walk())).map(({ path }) => path.join('/'));
    for (const path of paths.filter((one) => one.includes('/'))) {
      expect(paths.indexOf(path)).toBeGreaterThan(paths.indexOf(path.slice(0, path.lastIndexOf('/'))));
    }
    expect([...paths].sort()).toEqual([
      'Documents',
      'Documents/Empty',
      'Documents/README.txt',
      'Notes',
      'Pics',
      'Pics/Old',
      'Pics/Old/c.jpg',
      'Pics/a.jpg',
      'Pics/b.jpg',
    ]);
  });

  it.each([1, 2, 16])('returns the same with %i concurrent lists', async (concurrency) => {
    const { drive } = await embeddedDrive({ seed });
    const paths = async (options: object) =>
      (await all(drive.walk('', options))).map(({ path }) => path.join('/'));
    expect(await paths({ concurrency })).toEqual(await paths({}));
  });

  it('sends no request for empty folders and packages, and one for each other folder', async () => {
    const { drive, asked } = await embeddedDrive({ seed });
    await all(drive.walk());
    const lists = asked.filter((line) => line.includes('/children'));
    expect(lists).toHaveLength(4);
    expect(new Set(lists).size).toBe(4);
  });

  it('never runs more lists than the maximum', async () => {
    let [running, most] = [0, 0];
    const counting: TransportDecorator = (inner) => async (request) => {
      if (!request.url.includes('/children')) return await inner(request);
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      const response = await inner(request);
      running -= 1;
      return response;
    };
    const folders = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [`d${at}`, { folder: { [`f${at}`]: 'x' } }]),
    );
    const { drive } = await embeddedDrive({ seed: folders, between: counting });
    expect(await all(drive.walk('', { concurrency: 5 }))).toHaveLength(80);
    // Five ahead, and the one that is needed now.
    expect(most).toBeGreaterThan(2);
    expect(most).toBeLessThanOrEqual(6);
  });

  it('stops at the maximum depth, and stops sending requests when the reader stops', async () => {
    const { drive, asked } = await embeddedDrive({ seed });
    expect(await all(drive.walk('', { depth: 1 }))).toHaveLength(3);
    asked.length = 0;
    for await (const entry of drive.walk('', { concurrency: 1 })) if (entry.item.name !== '') break;
    expect(asked.filter((line) => line.includes('/children')).length).toBeLessThan(4);
  });

  it('a tree is nested, and the tree of a file is the file', async () => {
    const { drive } = await embeddedDrive({ seed });
    const tree = await drive.tree('Pics');
    const names = tree.children?.map((node) => [node.item.name, node.children?.map((one) => one.item.name)]);
    expect(new Map(names as [string, string[] | undefined][])).toEqual(
      new Map<string, string[] | undefined>([
        ['a.jpg', undefined],
        ['b.jpg', undefined],
        ['Old', ['c.jpg']],
      ]),
    );
    expect(await drive.tree('Pics/a.jpg')).not.toHaveProperty('children');
  });
});

describe('lists', () => {
  it('of a file is an error, of an empty folder is empty', async () => {
    const { drive } = await embeddedDrive({ seed });
    await expect(all(drive.list('Documents/README.txt'))).rejects.toMatchObject({ code: 'not-supported' });
    expect(await all(drive.list('Documents/Empty'))).toEqual([]);
  });

  it('that is not read sends no request', async () => {
    const { drive, asked } = await embeddedDrive({ seed });
    drive.list('Documents');
    expect(asked).toEqual([]);
  });
});

describe('a missing item', () => {
  it.each([
    ['Documents/nope', '/Documents has no "nope"'],
    ['nope/a/b', 'the root folder has no "nope"'],
    ['Pics/a.jpg/x', '/Pics/a.jpg is a file, not a folder'],
    ['Pics/a.jpg/x/y', '/Pics/a.jpg is a file, not a folder'],
  ])('%s: %s', async (path, words) => {
    const { drive } = await embeddedDrive({ seed });
    await expect(drive.stat(path)).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining(words),
    });
  });

  it('a colon in a path is reported as an invalid name', async () => {
    const { drive } = await embeddedDrive({ seed });
    await expect(drive.stat('a:b')).rejects.toMatchObject({ code: 'invalid-name' });
  });
});

describe('new folders', () => {
  it('with parents are created at any depth, and an existing folder is returned', async () => {
    const { drive, asked } = await embeddedDrive({ seed });
    const made = await drive.makeFolder('Documents', 'x/y/z', { parents: true });
    expect((await drive.stat('Documents/x/y/z')).id).toBe(made.id);
    asked.length = 0;
    expect((await drive.makeFolder('Documents/x', 'y/z', { parents: true })).id).toBe(made.id);
    expect(asked).toHaveLength(2);
  });

  it('without parents require an existing parent and a free name', async () => {
    const { drive } = await embeddedDrive({ seed });
    await expect(drive.makeFolder('', 'x/y')).rejects.toMatchObject({ code: 'not-found' });
    await expect(drive.makeFolder('', 'Documents')).rejects.toMatchObject({ code: 'conflict' });
    await expect(drive.makeFolder('Pics', 'a.jpg', { parents: true })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(drive.makeFolder('', 'a:b')).rejects.toMatchObject({ code: 'invalid-name' });
    await expect(drive.makeFolder('', '')).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('changes', () => {
  it('the root can be neither removed nor moved', async () => {
    const { drive } = await embeddedDrive({ seed });
    await expect(drive.remove('/')).rejects.toMatchObject({ code: 'usage' });
    await expect(drive.move('', 'Pics')).rejects.toMatchObject({ code: 'usage' });
  });

  it('into a file is rejected before anything changes', async () => {
    const { drive } = await embeddedDrive({ seed });
    await expect(drive.move('Documents', 'Pics/a.jpg')).rejects.toMatchObject({ code: 'not-supported' });
    await expect(drive.copy('Documents', 'Pics/a.jpg')).rejects.toMatchObject({ code: 'not-supported' });
  });

  it('a move includes the file times, because the service would reset them', async () => {
    const bodies: unknown[] = [];
    const watched: TransportDecorator = (inner) => async (request) => {
      if (request.method === 'PATCH')
        for await (const chunk of request.body!.open())
          bodies.push(JSON.parse(Buffer.from(chunk).toString()));
      return await inner(request);
    };
    const { drive } = await embeddedDrive({ seed, between: watched });
    const { fileSystemInfo } = await drive.stat('Pics/a.jpg');
    const { id } = await drive.stat('Documents');
    await drive.move('Pics/a.jpg', 'Documents', { name: 'b.jpg' });
    expect(bodies).toEqual([{ parentReference: { id }, name: 'b.jpg', fileSystemInfo }]);
  });

  it('a copy reports its progress, and returns the new item', async () => {
    const { drive } = await embeddedDrive({ seed, settings: { copyDelay: 5000 } });
    const phases: string[] = [];
    const item = await drive.copy('Documents', 'Pics', {
      onProgress: ({ phase, loaded }) => phases.push(`${phase} ${loaded}`),
    });
    expect(phases.at(-1)).toBe('copy 100');
    expect(phases.length).toBeGreaterThan(1);
    expect((await drive.stat('Pics/Documents')).id).toBe(item.id);
  });

  it('a copy to a taken name is a conflict', async () => {
    const { drive } = await embeddedDrive({ seed });
    await expect(drive.copy('Pics/a.jpg', 'Pics')).rejects.toMatchObject({ code: 'conflict' });
  });

  it('an aborted wait for a copy throws the reason', async () => {
    const { drive } = await embeddedDrive({ seed, settings: { copyDelay: 1e9 } });
    const stop = new AbortController();
    const copy = drive.copy('Documents', 'Pics', {
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('enough')),
    });
    await expect(copy).rejects.toThrow('enough');
  });
});
