import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { type EmbeddedDriveOptions, embeddedDrive } from '../../../../../../test/embedded/embedded-drive.ts';
import { listVersions } from '../../../graph/index.ts';
import type { TransportDecorator } from '../../../http/transport.ts';
import { type FileFault, faultyFileSystem } from '../../../platform/memory/faulty-file-system.ts';
import { memoryFileSystem } from '../../../platform/memory/memory-file-system.ts';
import { nodeFileSystem } from '../../../platform/node/node-file-system.ts';
import { refOf } from '../../provider/item-home.ts';
import type { GraphPlace } from '../../provider/provider.ts';
import type { TransferEvent } from './events.ts';
import type { TreeOptions } from './tree-options.ts';

type Files = Readonly<Record<string, string>>;

async function setUp(files: Files, options: EmbeddedDriveOptions = {}, faults: readonly FileFault[] = []) {
  const fileSystem = memoryFileSystem();
  const embedded = await embeddedDrive(options);
  await fileSystem.mkdir('/tree', { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    const localPath = `/tree/${path}`;
    await fileSystem.mkdir(localPath.slice(0, localPath.lastIndexOf('/')), { recursive: true });
    const file = await fileSystem.open(localPath, 'w');
    const bytes = new TextEncoder().encode(text);
    await file.write(bytes, 0, bytes.length, 0);
    await file.close();
  }
  const local = { fileSystem: faultyFileSystem(fileSystem, faults), folder: '/tree' };
  const put = (treeOptions: TreeOptions = {}) => all(embedded.drive.putTree(local, 'T', treeOptions));
  return { ...embedded, fileSystem, put };
}

async function all(events: AsyncIterable<TransferEvent>): Promise<TransferEvent[]> {
  const list: TransferEvent[] = [];
  for await (const event of events) list.push(event);
  return list;
}

const pathsOf = (events: readonly TransferEvent[], type: TransferEvent['type']) =>
  events.flatMap((event) => (event.type === type && 'path' in event ? [event.path] : [])).sort();

/** Every file below a folder of the drive, with its text. */
async function filesIn(
  { drive }: Pick<Awaited<ReturnType<typeof setUp>>, 'drive'>,
  folder = 'T',
): Promise<Files> {
  const files: Record<string, string> = {};
  for await (const { item, path } of drive.walk(folder))
    if (item.folder === undefined)
      files[path.join('/')] = new TextDecoder().decode(await drive.read(`${folder}/${path.join('/')}`));
  return files;
}

describe('local names that OneDrive considers equal', () => {
  const files = { 'README.txt': 'upper', 'Readme.TXT': 'lower', 'Docs/a': '1', 'docs/b': '2', 'docs/c': '3' };

  it.each([{}, { existing: 'skip' }, { dryRun: true }] as const)(
    'are a conflict that names both (%o)',
    async (options) => {
      const up = await setUp(files);
      const events = await up.put(options);
      const failed = events.filter((event) => event.type === 'failed');
      expect(failed.map(({ path }) => path).sort()).toEqual(['Readme.TXT', 'docs']);
      for (const { path, error } of failed) {
        expect(error).toMatchObject({ code: 'conflict' });
        expect(String(error)).toContain(path === 'docs' ? 'Docs' : 'README.txt');
        if (path === 'docs') expect(String(error)).toContain('2 files');
      }
      if (!('dryRun' in options)) expect(await filesIn(up)).toEqual({ 'README.txt': 'upper', 'Docs/a': '1' });
    },
  );

  it('are all kept with rename, and a second run transfers nothing', async () => {
    const up = await setUp(files);
    expect(pathsOf(await up.put({ existing: 'rename' }), 'done')).toHaveLength(5);
    expect(pathsOf(await up.put({ existing: 'rename' }), 'skipped')).toHaveLength(5);
    expect(Object.values(await filesIn(up)).sort()).toEqual(['1', '2', '3', 'lower', 'upper']);
  });

  it('the file that the drive has keeps its name', async () => {
    const up = await setUp(files);
    await up.drive.makeFolder('', 'T');
    await up.drive.upload('lower', 'T', { name: 'Readme.TXT' });
    const events = await up.put();
    expect(pathsOf(events, 'failed')).toEqual(['README.txt', 'docs']);
    expect(pathsOf(events, 'skipped')).toEqual(['Readme.TXT']);
  });

  it('a file and a folder collide too, among local names and with items of the drive', async () => {
    const up = await setUp({ 'X/a': '1', x: '2', y: '3' });
    await up.drive.makeFolder('', 'T/Y', { parents: true });
    expect(pathsOf(await up.put({ dryRun: true }), 'failed')).toEqual(['x', 'y']);
    expect(pathsOf(await up.put(), 'failed')).toEqual(['x', 'y']);
    expect(pathsOf(await up.put({ existing: 'rename' }), 'failed')).toEqual([]);
    expect(await filesIn(up)).toEqual({ 'X/a': '1', 'x 1': '2', 'y 1': '3' });
    expect(pathsOf(await up.put({ existing: 'rename' }), 'done')).toEqual([]);
  });

  /** A service that folds names may consider the names of one family equal. */
  const families = [
    ['ß', 'ss', 'SS', 'ẞ', 'ſs', 'Ss'],
    ['ﬁ', 'fi', 'FI', 'Fi'],
    ['ı', 'i', 'I', 'İ', 'i\u0307'],
    ['ς', 'σ', 'Σ'],
    ['é', 'e\u0301', 'É', 'E\u0301', 'e'],
    ['\u212a', 'k', 'K'],
    ['Å', '\u212b', 'å', 'A\u030a'],
    ['ᾳ', 'ΑΙ', 'ᾼ', 'αι'],
    ['ǆ', 'ǅ', 'Ǆ', 'dž'],
    ['x', 'X', 'x 1', 'X 1', 'x 2'],
  ];
  const nameSet = fc.constantFrom(...families).chain((family) => {
    const ending = fc.constantFrom('', '.txt', '.TXT', family[0] ?? '');
    const name = fc.tuple(fc.constantFrom(...family), ending).map((parts) => parts.join(''));
    return fc.uniqueArray(name, { maxLength: 7 });
  });

  it.each(['replace', 'skip', 'rename'] as const)(
    'the files reported as uploaded are the files in the drive, however the service folds names (%s)',
    async (existing) => {
      await fc.assert(
        fc.asyncProperty(nameSet, fc.nat(2), async (names, depth) => {
          const paths = names.map((name, i) => (i < depth ? `${name}/in` : name));
          const texts = Object.fromEntries(paths.map((path) => [path, `text of ${path}`]));
          const up = await setUp(texts);
          const first = await up.put({ existing });
          const done = pathsOf(first, 'done');
          expect(Object.values(await filesIn(up)).sort()).toEqual(done.map((path) => texts[path]).sort());
          if (existing === 'rename') expect(done).toEqual([...paths].sort());
          const second = await up.put({ existing });
          expect(pathsOf(second, 'done')).toEqual([]);
          expect(pathsOf(second, 'skipped')).toEqual(done);
        }),
        { numRuns: 60 },
      );
    },
    60_000,
  );
});

describe('names of local files', () => {
  const latin = { 'caf\udce9.txt': '1', 'd\udce9/in': '2', ok: '3' };

  it('that are not UTF-8 are omitted and reported, unless their encoding is given', async () => {
    const up = await setUp(latin);
    const events = await up.put();
    expect(events.filter(({ type }) => type === 'omitted')).toMatchObject([
      { path: 'caf\udce9.txt', reason: 'undecodable-name' },
      { path: 'd\udce9', reason: 'undecodable-name', files: 1 },
    ]);
    expect(pathsOf(await up.put({ nameEncoding: 'windows-1252' }), 'done')).toEqual(['café.txt', 'dé/in']);
    expect(await filesIn(up)).toEqual({ 'café.txt': '1', 'dé/in': '2', ok: '3' });
    expect(pathsOf(await up.put({ nameEncoding: 'windows-1252' }), 'done')).toEqual([]);
  });

  it('that OneDrive refuses are counted as omitted, or mapped and recognized in a second run', async () => {
    const up = await setUp({ 'INC./1': '1', 'INC./2': '2', 'CON.txt': '3', 'caf\udce9': '4', 'a\\b': '5' });
    expect((await up.put()).at(-1)).toMatchObject({
      omitted: 5,
      omissions: { 'refused-name': 4, 'undecodable-name': 1 },
    });
    expect(pathsOf(await up.put({ mapNames: true }), 'done')).toHaveLength(5);
    expect(pathsOf(await up.put({ mapNames: true }), 'skipped')).toHaveLength(5);
    const copy = { fileSystem: up.fileSystem, folder: '/copy' };
    await all(up.drive.getTree('T', copy, { mapNames: true }));
    expect((await up.fileSystem.readdir('/copy')).sort()).toEqual(
      ['CON.txt', 'INC.', 'caf\udce9', 'a\\b'].sort(),
    );
    expect((await up.fileSystem.readdir('/copy/INC.')).sort()).toEqual(['1', '2']);
  });
});

describe('a local file or folder that cannot be read', () => {
  it('is omitted if it is a file, and a failure if it is a folder; everything else is uploaded', async () => {
    const plan = [
      { operation: ['open'], path: '/tree/secret', repeat: true, does: { code: 'EACCES' } },
      { operation: ['readdir'], path: '/tree/closed', repeat: true, does: { code: 'EACCES' } },
      { operation: ['open'], path: '/tree/bad', repeat: true, does: { code: 'EIO' } },
    ] as const;
    const up = await setUp({ secret: '1', 'closed/a': '2', bad: '3', ok: '4' }, {}, plan);
    const events = await up.put();
    expect(events).toContainEqual(expect.objectContaining({ path: 'secret', reason: 'unreadable' }));
    expect(pathsOf(events, 'failed')).toEqual(['bad', 'closed']);
    expect(await filesIn(up)).toEqual({ ok: '4' });
  });
});

it('modification times are not set with keepTimes: false', async () => {
  for (const keepTimes of [true, false]) {
    const quirks = ['version-on-time-change'] as const;
    const up = await setUp({ a: '1' }, { kind: 'business', settings: { quirks } });
    await up.put({ keepTimes });
    const item = refOf(await up.drive.stat('T/a'));
    const { client, ref } = up.provider.graph as GraphPlace;
    const versions = [];
    for await (const version of listVersions(client, ref, item)) versions.push(version);
    expect(versions).toHaveLength(keepTimes ? 2 : 1);
    expect(pathsOf(await up.put({ keepTimes }), 'skipped')).toEqual(['a']);
  }
});

describe('a folder of the drive', () => {
  it.each([
    ['listed', 'GET', 'T/no/a'],
    ['created', 'POST', undefined],
  ])(
    'that cannot be %s is reported as failed with its path, and everything else is uploaded',
    async (_, method, old) => {
      let refuses = false;
      const ids = new Set<string>();
      const between: TransportDecorator = (inner) => async (request) => {
        const body = request.body === undefined ? '' : await textOf(request.body);
        const hit = [...ids].some((id) => request.url.includes(id)) || body.includes('"no"');
        if (refuses && request.method === method && hit && request.url.includes('/children'))
          return {
            status: 403,
            headers: { 'content-type': 'application/json' },
            body: (async function* () {
              yield new TextEncoder().encode('{"error":{"code":"accessDenied","message":"no"}}');
            })(),
          };
        return inner(request);
      };
      const up = await setUp({ 'no/a': '1', 'no/b/c': '2', 'yes/d': '3', z: '4' }, { between });
      if (old !== undefined) {
        ids.add((await up.drive.makeFolder('', 'T/no', { parents: true })).id);
        await up.drive.upload('old', 'T/no', { name: 'x' });
      }
      refuses = true;
      const events = await up.put();
      expect(pathsOf(events, 'failed')).toEqual(['no']);
      expect(pathsOf(events, 'done')).toEqual(['yes/d', 'z']);
      expect(events.find(({ type }) => type === 'failed')).toMatchObject({
        error: { code: 'access-denied' },
      });
      const [failed] = events.filter((event) => event.type === 'failed');
      expect(String(failed?.error)).toContain('2 files');
    },
  );
});

async function textOf(body: unknown): Promise<string> {
  const { open, text } = body as { open?: () => AsyncIterable<Uint8Array>; text?: string };
  if (text !== undefined) return text;
  let all = '';
  if (open !== undefined) for await (const chunk of open()) all += new TextDecoder().decode(chunk);
  return all;
}

describe.skipIf(process.platform === 'win32')('links and special files', () => {
  const folders: string[] = [];
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
  });

  async function onDisk() {
    const base = await mkdtemp(join(tmpdir(), 'put-tree-'));
    folders.push(base);
    const top = join(base, 'top');
    await mkdir(join(top, 'a', 'b'), { recursive: true });
    await mkdir(join(base, 'outside'));
    await writeFile(join(base, 'outside', 'x'), 'x');
    await writeFile(join(top, 'f'), 'f');
    await writeFile(join(top, 'a', 'b', 'g'), 'g');
    const links = {
      up: '..',
      self: '.',
      'a/b/loop': '..',
      'a/top': '../../top',
      '0': 'a',
      out: '../outside',
      file: 'f',
    };
    for (const [path, target] of Object.entries(links)) await symlink(target, join(top, path));
    await symlink('../../outside', join(top, 'a', 'out2'));
    const { drive } = await embeddedDrive();
    const local = { fileSystem: nodeFileSystem, folder: top };
    return { drive, top, put: (options: TreeOptions = {}) => all(drive.putTree(local, 'T', options)) };
  }

  const allLinks = ['0', 'a/b/loop', 'a/out2', 'a/top', 'file', 'out', 'self', 'up'];

  it('symbolic links are omitted and reported', async () => {
    const up = await onDisk();
    const events = await up.put();
    expect(pathsOf(events, 'omitted')).toEqual(allLinks);
    expect(await filesIn(up)).toEqual({ f: 'f', 'a/b/g': 'g' });
  });

  it('symbolic links fail one by one with the policy fail', async () => {
    const up = await onDisk();
    expect(pathsOf(await up.put({ links: 'fail' }), 'failed')).toEqual(allLinks);
  });

  it('followed links do not lead to a folder twice, nor to a folder that contains the tree', async () => {
    const up = await onDisk();
    const events = await up.put({ links: 'follow' });
    expect(pathsOf(events, 'omitted')).toEqual(['0', 'a/b/loop', 'a/top', 'out', 'self', 'up']);
    expect(await filesIn(up)).toEqual({ f: 'f', file: 'f', 'a/b/g': 'g', 'a/out2/x': 'x' });
  });

  it('pipes are omitted, and the transfer is incomplete', async () => {
    const up = await onDisk();
    execFileSync('mkfifo', [join(up.top, 'pipe')]);
    const events = await up.put({ links: 'skip' });
    expect(events).toContainEqual(expect.objectContaining({ path: 'pipe', reason: 'special-file' }));
  });
});
