import { describe, expect, it } from 'vitest';
import { sample } from '../../../../../../test/contract/drive-provider.ts';
import { type EmbeddedDriveOptions, embeddedDrive } from '../../../../../../test/embedded/embedded-drive.ts';
import { memoryFileSystem } from '../../../platform/memory/memory-file-system.ts';
import type { TransferEvent } from './events.ts';
import { type SelectionRules, selectionOf, splitGlob } from './selection.ts';

async function setUp(options: EmbeddedDriveOptions = {}) {
  const fileSystem = memoryFileSystem();
  const embedded = await embeddedDrive(options);
  const local = { fileSystem, folder: '/home/tree' };
  await fileSystem.mkdir(local.folder, { recursive: true });
  const write = async (path: string, bytes: Uint8Array, modifiedMs = 1_600_000_000_000) => {
    const localPath = `${local.folder}/${path}`;
    await fileSystem.mkdir(localPath.slice(0, localPath.lastIndexOf('/')), { recursive: true });
    const file = await fileSystem.open(localPath, 'w');
    await file.write(bytes, 0, bytes.length, 0);
    await file.utimes(new Date(modifiedMs), new Date(modifiedMs));
    await file.close();
  };
  return { ...embedded, fileSystem, local, write };
}

async function all(events: AsyncIterable<TransferEvent>): Promise<TransferEvent[]> {
  const list: TransferEvent[] = [];
  for await (const event of events) list.push(event);
  return list;
}

const pathsOf = (events: readonly TransferEvent[], type: TransferEvent['type']) =>
  events.flatMap((event) => (event.type === type && 'path' in event ? [event.path] : [])).sort();

async function localFiles({ fileSystem, local }: Awaited<ReturnType<typeof setUp>>, folder = local.folder) {
  const paths: string[] = [];
  for (const name of await fileSystem.readdir(folder)) {
    const path = `${folder}/${name}`;
    if ((await fileSystem.stat(path)).isDirectory())
      paths.push(...(await localFiles({ fileSystem, local } as never, path)));
    else paths.push(path.slice(local.folder.length + 1));
  }
  return paths.sort();
}

describe.each(['personal', 'business'] as const)('a tree on a %s drive', (kind) => {
  it('of small files is uploaded with its times, ten files a request, and downloaded one file a request', async () => {
    const up = await setUp({ kind });
    const names = Array.from({ length: 100 }, (_, i) => `${i % 2 === 0 ? 'even' : 'odd/deep'}/file${i}.bin`);
    for (const [i, name] of names.entries()) await up.write(name, sample(100 + i));
    up.asked.length = 0;
    const put = await all(up.drive.putTree(up.local, 'Backup'));
    expect(put.at(-1)).toMatchObject({ type: 'summary', files: 100, failed: 0, verdicts: { verified: 100 } });
    // Without the requests for folders: two to check, and one to create each.
    expect(up.asked.length - 6).toBeLessThanOrEqual(10);
    const item = await up.drive.stat('Backup/odd/deep/file1.bin');
    expect(item.fileSystemInfo?.lastModifiedDateTime).toMatch(/^2020-09-13T12:26:40/);

    up.asked.length = 0;
    const down = { fileSystem: up.fileSystem, folder: '/home/copy' };
    const got = await all(up.drive.getTree('Backup', down));
    expect(got.at(-1)).toMatchObject({ type: 'summary', files: 100, failed: 0, verdicts: { verified: 100 } });
    expect(up.asked.filter((line) => line.includes('/_content/'))).toHaveLength(100);
    expect(up.asked.length).toBeLessThanOrEqual(105);
    expect(await localFiles({ ...up, local: down })).toEqual([...names].sort());
    const stat = await up.fileSystem.stat('/home/copy/even/file0.bin');
    expect(stat.mtimeMs).toBe(1_600_000_000_000);
  });

  it('that the target already has is not transferred again, unless forced', async () => {
    const up = await setUp({ kind });
    await up.write('a.txt', sample(10));
    await up.write('sub/b.txt', sample(20));
    await all(up.drive.putTree(up.local, 'T'));
    up.asked.length = 0;
    const again = await all(up.drive.putTree(up.local, 'T'));
    expect(pathsOf(again, 'skipped')).toEqual(['a.txt', 'sub/b.txt']);
    expect(up.asked.every((line) => line.startsWith('GET'))).toBe(true);
    // Only the fields that files are compared by are requested.
    const lists = up.asked.filter((line) => line.includes('/children'));
    expect(lists).toHaveLength(2);
    expect(lists.every((line) => line.includes('select=id%2Cname%2C'))).toBe(true);
    expect(pathsOf(await all(up.drive.getTree('T', up.local)), 'skipped')).toEqual(['a.txt', 'sub/b.txt']);
    expect(pathsOf(await all(up.drive.putTree(up.local, 'T', { force: true })), 'done')).toHaveLength(2);
  });
});

describe('a tree', () => {
  it('replaces a different file by default, keeps it with skip, and keeps both with rename', async () => {
    const up = await setUp();
    await up.drive.makeFolder('', 'T');
    await up.drive.upload('old', 'T', { name: 'A.txt' });
    await up.write('a.txt', sample(10));
    const events = await all(up.drive.putTree(up.local, 'T', { existing: 'skip' }));
    expect(events).toMatchObject([
      { type: 'failed', path: 'a.txt', error: { code: 'conflict' } },
      { type: 'listed' },
      { type: 'summary', files: 0 },
    ]);
    await all(up.drive.putTree(up.local, 'T', { existing: 'rename' }));
    const again = await all(up.drive.putTree(up.local, 'T', { existing: 'rename' }));
    expect(pathsOf(again, 'skipped')).toEqual(['a.txt']);
    await all(up.drive.putTree(up.local, 'T'));
    const names = [];
    for await (const item of up.drive.list('T')) names.push(item.size);
    expect(names.sort()).toEqual([10, 10]);
  });

  it('continues after a name that OneDrive refuses, and reports it', async () => {
    const up = await setUp();
    await up.write('good.txt', sample(10));
    await up.write('bad:name.txt', sample(10));
    const events = await all(up.drive.putTree(up.local, 'T'));
    expect(pathsOf(events, 'omitted')).toEqual(['bad:name.txt']);
    expect(pathsOf(events, 'done')).toEqual(['good.txt']);
    expect(events.at(-1)).toMatchObject({ files: 1, omitted: 1, omissions: { 'refused-name': 1 } });
  });

  it('only plans in a dry run', async () => {
    const up = await setUp();
    await up.write('a/b.txt', sample(10));
    up.asked.length = 0;
    const events = await all(up.drive.putTree(up.local, 'T', { dryRun: true }));
    expect(pathsOf(events, 'planned')).toEqual(['a/b.txt']);
    expect(up.asked.every((line) => line.startsWith('GET'))).toBe(true);
  });

  it('transfers the files that the rules select', async () => {
    const up = await setUp();
    for (const name of ['a.txt', 'b.log', 'sub/c.txt', 'node_modules/d.txt']) await up.write(name, sample(5));
    const selection = await selectionOf({ include: ['*.txt'], exclude: ['node_modules/', '/a.txt'] });
    expect(pathsOf(await all(up.drive.putTree(up.local, 'T', { selection })), 'done')).toEqual(['sub/c.txt']);
    const only = await selectionOf({ only: ['sub/c.txt', 'b.log'] });
    expect(
      pathsOf(await all(up.drive.putTree(up.local, 'T', { selection: only, force: true })), 'done'),
    ).toEqual(['b.log', 'sub/c.txt']);
  });

  it('reports each listed file that it does not contain', async () => {
    const up = await setUp();
    await up.write('sub/a.txt', sample(5));
    const selection = await selectionOf({
      only: ['./sub/a.txt', 'sub', 'no/such'],
      exclude: ['no/such.log'],
    });
    const put = await all(up.drive.putTree(up.local, 'T', { selection }));
    expect(pathsOf(put, 'done')).toEqual(['sub/a.txt']);
    expect(pathsOf(put, 'failed')).toEqual(['no/such', 'sub']);
    const got = await all(up.drive.getTree('T', { ...up.local, folder: '/home/copy' }, { selection }));
    expect(pathsOf(got, 'failed')).toEqual(['no/such', 'sub']);
  });

  it('transfers what both the pattern and the rules select, and fails if nothing matches', async () => {
    const up = await setUp();
    for (const name of ['a.txt', 'a.log', 'b.txt', 'sub/a.txt']) await up.write(name, sample(5));
    const selection = await selectionOf({ glob: '/*.txt', include: ['a*'] });
    expect(pathsOf(await all(up.drive.putTree(up.local, 'T', { selection })), 'done')).toEqual(['a.txt']);
    const none = { selection: await selectionOf({ glob: '/*.jpg' }) };
    await expect(all(up.drive.putTree(up.local, 'T', none))).rejects.toMatchObject({ code: 'not-found' });
    await expect(all(up.drive.getTree('T', up.local, none))).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is listed only where something may be selected', async () => {
    const up = await setUp();
    for (const name of ['a.txt', 'x1/a.txt', 'x1/deep/a.txt', 'x2/a.log', 'y/a.txt'])
      await up.write(name, sample(5));
    await all(up.drive.putTree(up.local, 'T'));
    const listed = async (rules: SelectionRules) => {
      up.asked.length = 0;
      const options = { dryRun: true, force: true, selection: await selectionOf(rules) };
      const planned = pathsOf(await all(up.drive.getTree('T', up.local, options)), 'planned');
      return { planned, lists: up.asked.filter((line) => line.includes('/children')).length };
    };
    expect(await listed({ glob: '/*.txt' })).toEqual({ planned: ['a.txt'], lists: 1 });
    expect(await listed({ glob: '/x*/*.txt' })).toEqual({ planned: ['x1/a.txt'], lists: 3 });
    expect(await listed({ glob: '/x1' })).toEqual({ planned: ['x1/a.txt', 'x1/deep/a.txt'], lists: 3 });
    expect(await listed({ glob: '/x*/**/a.*' })).toMatchObject({ lists: 4 });
    expect(await listed({ exclude: ['x*', 'y/'] })).toEqual({ planned: ['a.txt'], lists: 1 });
    expect(await listed({ only: ['y/a.txt'] })).toEqual({ planned: ['y/a.txt'], lists: 2 });
  });

  it('reports files that the service rewrites, and does not upload them again', async () => {
    const up = await setUp({ kind: 'business', settings: { quirks: ['office-rewrite'] } });
    for (const name of ['a.docx', 'b.bin']) await up.write(name, sample(500));
    const put = await all(up.drive.putTree(up.local, 'T'));
    expect(put.at(-1)).toMatchObject({ verdicts: { verified: 1, rewritten: 1 } });
    expect(pathsOf(await all(up.drive.putTree(up.local, 'T')), 'skipped')).toEqual(['a.docx', 'b.bin']);
    await up.write('a.docx', sample(501), 1_700_000_000_000);
    expect(pathsOf(await all(up.drive.putTree(up.local, 'T')), 'done')).toEqual(['a.docx']);
  });

  it('sets times individually if a batch is refused', async () => {
    const fault = { kind: 'status', status: 400 } as const;
    const up = await setUp({ faults: { rules: [{ match: { path: '/v1.0/$batch' }, fault }] } });
    await up.write('a.txt', sample(10));
    const events = await all(up.drive.putTree(up.local, 'T'));
    expect(pathsOf(events, 'done')).toEqual(['a.txt']);
    const { fileSystemInfo } = await up.drive.stat('T/a.txt');
    expect(fileSystemInfo?.lastModifiedDateTime).toMatch(/^2020-09-13/);
  });

  it('stops when the caller stops reading, and when it is aborted', async () => {
    const up = await setUp();
    for (let i = 0; i < 30; i++) await up.write(`f${i}`, sample(5));
    for await (const event of up.drive.putTree(up.local, 'T', { transfers: 1 }))
      if (event.type === 'done') break;
    const sent = up.asked.filter((line) => line.startsWith('PUT')).length;
    expect(sent).toBeLessThan(30);
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    await expect(all(up.drive.putTree(up.local, 'T', { signal: stop.signal }))).rejects.toThrow('enough');
  });
});

describe('splitGlob', () => {
  it.each([
    ['Pics/2024/*.jpg', { folder: 'Pics/2024', rule: '/*.jpg' }],
    ['*.txt', { folder: '', rule: '/*.txt' }],
    ['a/**/b?.txt', { folder: 'a', rule: '/**/b?.txt' }],
    ['plain/path.txt', undefined],
  ])('splits %s into a folder and a rule', (text, expected) => {
    expect(splitGlob(text)).toEqual(expected);
  });
});
