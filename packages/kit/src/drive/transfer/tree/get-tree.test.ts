import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type EmbeddedDriveOptions, embeddedDrive } from '../../../../../../test/embedded/embedded-drive.ts';
import type { TransportDecorator } from '../../../http/transport.ts';
import type { FileSystem } from '../../../platform/file-system.ts';
import { nodeFileSystem } from '../../../platform/node/node-file-system.ts';
import type { TransferEvent } from './events.ts';
import { selectionOf } from './selection.ts';

const folders: string[] = [];

afterEach(async () => {
  for (const path of folders.splice(0)) await rm(path, { recursive: true, force: true });
});

async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), 'get-tree-'));
  folders.push(path);
  return path;
}

/** A drive with these files; the content of each is its path. */
async function setUp(paths: readonly string[], options: EmbeddedDriveOptions = {}) {
  const embedded = await embeddedDrive(options);
  for (const path of paths) {
    const at = path.lastIndexOf('/');
    if (at >= 0)
      await embedded.drive.makeFolder('', path.slice(0, at), { parents: true }).catch(() => undefined);
    await embedded.drive.upload(path, path.slice(0, Math.max(0, at)), { name: path.slice(at + 1) });
  }
  const folder = await temporaryFolder();
  return { ...embedded, local: { fileSystem: nodeFileSystem, folder }, folder };
}

async function all(events: AsyncIterable<TransferEvent>): Promise<TransferEvent[]> {
  const list: TransferEvent[] = [];
  for await (const event of events) list.push(event);
  return list;
}

/** `type path reason` of each file and folder that was transferred, omitted or failed. */
function outcomes(events: readonly TransferEvent[]) {
  return events
    .flatMap((event) => {
      if (event.type === 'done') return [`done ${event.path}`];
      if (event.type === 'omitted') return [`omitted ${event.path} ${event.reason}`];
      return event.type === 'failed'
        ? [`failed ${event.path} ${(event.error as { code: string }).code}`]
        : [];
    })
    .sort();
}

/** Changes the bodies of list responses. */
function rewriting(change: (body: Record<string, unknown>) => void): TransportDecorator {
  return (inner) => async (request) => {
    const response = await inner(request);
    if (!/children/.test(request.url)) return response;
    const chunks: Uint8Array[] = [];
    for await (const chunk of response.body) chunks.push(chunk.slice());
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
    change(body);
    const bytes = new TextEncoder().encode(JSON.stringify(body));
    const headers = { ...response.headers, 'content-length': String(bytes.byteLength) };
    return {
      ...{ status: response.status, headers },
      body: (async function* () {
        yield bytes;
      })(),
    };
  };
}

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {}

/** A next link that the server does not know. */
const lostPage = 'https://onedrive.local/v1.0/me/drive/items/none/children?$skiptoken=lost';

/** Changes names in every list. */
const renaming = (names: Readonly<Record<string, string>>) =>
  rewriting(({ value }) => {
    for (const item of (value ?? []) as { name: string }[]) item.name = names[item.name] ?? item.name;
  });

describe('a download of a tree', () => {
  it.each([403, 404, 500])('continues after a folder whose list answers %s', async (status) => {
    let refused = 'nothing';
    const between: TransportDecorator = (inner) => async (request) =>
      request.url.includes('/children') && decodeURIComponent(request.url).includes(refused)
        ? { status, headers: {}, body: nothing() }
        : await inner(request);
    const { drive, local } = await setUp(['L/a', 'L/b/x', 'L/b/deep/y', 'L/c/z'], { between });
    refused = (await drive.stat('L/b')).id;
    const events = await all(drive.getTree('L', local));
    expect(outcomes(events)).toEqual(['done a', 'done c/z', expect.stringMatching(/^failed b /)]);
    expect(events.at(-1)).toMatchObject({ type: 'summary', files: 2, failed: 1 });
  });

  it('continues after a later page of a list fails, and keeps the files of earlier pages', async () => {
    const between = rewriting((body) => {
      const value = (body['value'] ?? []) as { name: string }[];
      if (value.some(({ name }) => name === 'x')) body['@odata.nextLink'] = lostPage;
    });
    const { drive, local } = await setUp(['L/a', 'L/b/x', 'L/b/deep/y', 'L/c/z'], { between });
    const events = await all(drive.getTree('L', local));
    expect(outcomes(events)).toContain('done c/z');
    expect(outcomes(events)).toContain('done b/x');
    expect(outcomes(events).filter((line) => line.startsWith('failed'))).toEqual([
      expect.stringMatching(/^failed b /),
    ]);
  });

  it('continues after a local folder that cannot be created, without listing its counterpart in the drive', async () => {
    const { drive, local, folder, asked } = await setUp(['L/a', 'L/b/x', 'L/c/z']);
    await writeFile(join(folder, 'b'), 'in the way');
    asked.length = 0;
    expect(outcomes(await all(drive.getTree('L', local)))).toEqual([
      'done a',
      'done c/z',
      'failed b local-file',
    ]);
    expect(await readFile(join(folder, 'b'), 'utf8')).toBe('in the way');
  });

  it.each(['EACCES', 'EROFS', 'ENAMETOOLONG'])(
    'treats %s of one folder as a failure of that folder only',
    async (code) => {
      const { drive, local } = await setUp(['L/a', 'L/b/x', 'L/c/z']);
      const fileSystem: FileSystem = {
        ...nodeFileSystem,
        mkdir: async (path, options) => {
          if (path.endsWith('/b')) throw Object.assign(new Error(code), { code });
          return await nodeFileSystem.mkdir(path, options);
        },
      };
      const events = await all(drive.getTree('L', { ...local, fileSystem }));
      expect(outcomes(events)).toEqual(['done a', 'done c/z', 'failed b local-file']);
    },
  );

  it('reports files without content to download, and files that the rules exclude', async () => {
    const { drive, local } = await setUp(['L/a', 'L/n', 'L/skip/b', 'L/c.tmp'], {
      between: rewriting(({ value }) => {
        for (const item of (value ?? []) as Record<string, unknown>[])
          if (item['name'] === 'n') Object.assign(item, { file: undefined, package: { type: 'oneNote' } });
      }),
    });
    const selection = await selectionOf({ exclude: ['*.tmp', 'skip/'] });
    const events = await all(drive.getTree('L', local, { selection }));
    expect(outcomes(events)).toEqual([
      'done a',
      'omitted c.tmp filter',
      'omitted n package',
      'omitted skip filter',
    ]);
    expect(events.at(-1)).toMatchObject({ omitted: 3, omissions: { filter: 2, package: 1 } });
  });

  it.each(['..', '.', 'a\\b', '..\\up', 'C:\\x\\y', 'a/b', 'x\0y', 'lone\ud800'])(
    'never uses the name %j from the wire, for a file or for a folder',
    async (name) => {
      const { drive, local } = await setUp(['L/bad', 'L/good', 'L/sub/x'], {
        between: renaming({ bad: name }),
      });
      expect(outcomes(await all(drive.getTree('L', local)))).toEqual([
        ...['done good', 'done sub/x', `omitted ${name} refused-name`],
      ]);
      const withFolder = await setUp(['L/bad/x', 'L/good'], { between: renaming({ bad: name }) });
      expect(outcomes(await all(withFolder.drive.getTree('L', withFolder.local)))).toEqual([
        ...['done good', `omitted ${name} refused-name`],
      ]);
      expect(await readdir(withFolder.folder)).toEqual(['good']);
    },
  );
});

describe('a link below the target of a download', () => {
  const planted = async (links: 'skip' | 'follow' | 'fail' | undefined) => {
    const up = await setUp(['L/Docs/q.txt', 'L/f.txt', 'L/g.txt']);
    const victim = await temporaryFolder();
    await writeFile(join(victim, 'f'), 'mine');
    await symlink(victim, join(up.folder, 'Docs'));
    await symlink(join(victim, 'f'), join(up.folder, 'f.txt'));
    const events = outcomes(await all(up.drive.getTree('L', up.local, { links })));
    return { events, victim: await readdir(victim), f: await readFile(join(victim, 'f'), 'utf8') };
  };

  it('is not followed when writing: it is reported as omitted', async () => {
    expect(await planted(undefined)).toEqual({
      events: ['done g.txt', 'omitted Docs symlink', 'omitted f.txt symlink'],
      ...{ victim: ['f'], f: 'mine' },
    });
  });

  it('is reported as failed with the policy fail', async () => {
    const { events, victim } = await planted('fail');
    expect(events).toEqual(['done g.txt', 'failed Docs local-file', 'failed f.txt local-file']);
    expect(victim).toEqual(['f']);
  });

  it('is followed when writing, with the policy follow', async () => {
    const { events, victim, f } = await planted('follow');
    expect(events).toEqual(['done Docs/q.txt', 'done f.txt', 'done g.txt']);
    expect([victim.sort(), f]).toEqual([['f', 'q.txt'], 'L/f.txt']);
  });

  it('is not entered for a single selected file either', async () => {
    const up = await setUp(['L/Docs/q.txt']);
    const victim = await temporaryFolder();
    await symlink(victim, join(up.folder, 'Docs'));
    const selection = await selectionOf({ only: ['Docs/q.txt'] });
    const events = outcomes(await all(up.drive.getTree('L', up.local, { selection })));
    expect(events).toContain('omitted Docs/q.txt symlink');
    expect(await readdir(victim)).toEqual([]);
  });

  it('may be the folder that the caller named, but not a folder below it', async () => {
    const up = await setUp(['L/a']);
    const real = await temporaryFolder();
    const target = join(up.folder, 'target');
    await symlink(real, target);
    const local = { ...up.local, folder: join(target, 'L'), target };
    expect(outcomes(await all(up.drive.getTree('L', local)))).toEqual(['done a']);
    await rm(join(real, 'L'), { recursive: true });
    await symlink(up.folder, join(real, 'L'));
    expect(outcomes(await all(up.drive.getTree('L', local)))).toEqual(['omitted  symlink']);
  });
});

describe('two names of one folder', () => {
  const names = { one: 'README.txt', two: 'Readme.TXT' };

  it('become two files if the local file system distinguishes them', async () => {
    const { drive, local } = await setUp(['L/one', 'L/two'], { between: renaming(names) });
    expect(outcomes(await all(drive.getTree('L', local)))).toEqual(['done README.txt', 'done Readme.TXT']);
  });

  it.each([
    ['file', ['L/one', 'L/two'], 'README.txt'],
    ['folder', ['L/one/x', 'L/two/x'], 'README.txt/x'],
  ])(
    'that the local file system considers equal are a conflict, and the first %s is kept',
    async (_, paths, first) => {
      const { drive, local } = await setUp([...paths, 'L/z'], { between: renaming(names) });
      const lower = (path: string) => local.folder + path.slice(local.folder.length).toLowerCase();
      const fileSystem: FileSystem = {
        ...nodeFileSystem,
        open: (path, flags, mode) => nodeFileSystem.open(lower(path), flags, mode),
        lstat: (path) => nodeFileSystem.lstat(lower(path)),
        stat: (path) => nodeFileSystem.stat(lower(path)),
        mkdir: (path, options) => nodeFileSystem.mkdir(lower(path), options),
        rename: (from, to) => nodeFileSystem.rename(lower(from), lower(to)),
        rm: (path, options) => nodeFileSystem.rm(lower(path), options),
        realpath: async (path) => lower(path),
      };
      const events = await all(drive.getTree('L', { ...local, fileSystem }));
      expect(outcomes(events)).toEqual([`done ${first}`, 'done z', 'failed Readme.TXT conflict']);
      const conflict = events.find((event) => event.type === 'failed');
      expect((conflict as { error: Error }).error.message).toContain('"README.txt" and "Readme.TXT"');
      expect(await readFile(join(local.folder, first.toLowerCase()), 'utf8')).toBe(paths[0]);
      const again = await all(drive.getTree('L', { ...local, fileSystem }));
      expect(again.filter(({ type }) => type === 'done')).toEqual([]);
      expect((await readdir(local.folder)).sort()).toEqual(['readme.txt', 'z']);
    },
  );
});

it('an empty folder of the drive becomes an empty local folder', async () => {
  const { drive, folder } = await setUp([]);
  await drive.makeFolder('', 'Empty');
  const local = { fileSystem: nodeFileSystem, folder: join(folder, 'Empty') };
  await all(drive.getTree('Empty', local));
  expect(await readdir(folder)).toEqual(['Empty']);
});
