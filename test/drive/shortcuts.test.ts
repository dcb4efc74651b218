/** Folders of other drives behind a shortcut: as if they were folders of one's own, and never round in a circle. */
import { beforeEach, describe, expect, it } from 'vitest';
import {
  type Drive,
  diskUsage,
  openDrive,
  pathSink,
  type WalkEntry,
} from '../../packages/kit/src/drive/index.ts';
import * as graph from '../../packages/kit/src/graph/index.ts';
import { handlerTransport } from '../../packages/kit/src/http/handler-transport.ts';
import { memoryFileSystem } from '../../packages/kit/src/platform/memory/memory-file-system.ts';
import { type EmbeddedDrive, embeddedDrive } from '../embedded/embedded-drive.ts';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytes = (content: string) => new TextEncoder().encode(content);

async function paths(entries: AsyncIterable<WalkEntry>): Promise<string[]> {
  const found: string[] = [];
  for await (const { path } of entries) found.push(path.join('/'));
  return found.sort();
}

describe.each(['personal', 'business'] as const)('a shortcut on a %s drive', (kind) => {
  let one: EmbeddedDrive;
  let mine: Drive;
  let theirs: Drive;

  beforeEach(async () => {
    const person = (name: string, files: object) => ({
      userPrincipalName: `${name}@contoso.onmicrosoft.com`,
      kind,
      drive: { files: files as never },
    });
    one = await embeddedDrive({
      kind,
      accounts: [
        person('ann', { 'own.txt': 'own', Docs: { folder: { 'd.txt': 'dd' } } }),
        person('bob', {
          Shared: {
            folder: { 'a b%#.txt': 'alpha', Deep: { folder: { 'c.txt': 'cc' } }, Empty: { folder: {} } },
          },
          Private: { folder: { 'p.txt': 'p' } },
        }),
      ],
    });
    mine = one.drive;
    const authorization = `Bearer ${one.server.token({ account: 'bob@contoso.onmicrosoft.com' })}`;
    const transport: typeof one.client.transport = (request) =>
      handlerTransport(one.server.handler)({ ...request, headers: { ...request.headers, authorization } });
    const bob = { ...one.client, transport };
    theirs = openDrive(bob, graph.myDrive, one.world);
    const shared = await theirs.stat('Shared');
    await graph.invite(bob, graph.myDrive, graph.itemById(shared.id), {
      recipients: [{ email: 'ann@contoso.onmicrosoft.com' }],
      roles: ['write'],
      requireSignIn: true,
      sendInvitation: false,
    });
    await graph.addShortcut(one.client, graph.myDrive, graph.rootItem, {
      name: 'Team',
      driveId: (await theirs.info()).id,
      itemId: shared.id,
    });
    one.asked.length = 0;
  });

  const below = ['a b%#.txt', 'Deep', 'Deep/c.txt', 'Empty'];

  it('is listed and looked into by path, at its end and in its middle', async () => {
    const names = async (path: string) => {
      const found: string[] = [];
      for await (const { name } of mine.list(path)) found.push(name);
      return found.sort();
    };
    expect(await names('')).toEqual(['Docs', 'Team', 'own.txt']);
    expect(await names('Team')).toEqual(['Deep', 'Empty', 'a b%#.txt']);
    expect(await names('Team/Deep')).toEqual(['c.txt']);
    expect(await names('Team/Empty')).toEqual([]);
    expect((await mine.stat('Team/Deep/c.txt')).size).toBe(2);
    expect((await mine.stat('Team')).remoteItem?.folder).toBeDefined();
    await expect(mine.stat('Team/none')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is walked into, whichever way the subtree is listed, and left out where that is said', async () => {
    const all = ['Docs', 'Docs/d.txt', 'Team', ...below.map((path) => `Team/${path}`), 'own.txt'].sort();
    for (const by of ['walk', 'delta'] as const) {
      expect(await paths(mine.subtree('', { by }))).toEqual(all);
      expect(await paths(mine.subtree('', { by, shortcuts: false }))).toEqual(
        all.filter((path) => !path.startsWith('Team/')),
      );
    }
    expect(await paths(mine.walk('', { depth: 2 }))).not.toContain('Team/Deep/c.txt');
    expect(await paths(mine.walk('Team'))).toEqual([...below].sort());
    expect(await paths(mine.find('', { name: 'c.*' }))).toEqual(['Team/Deep/c.txt']);
    const usage = await diskUsage(mine.subtree(''));
    expect(usage.find(({ path }) => path.join('/') === 'Team')).toMatchObject({ size: 7, files: 2 });
    const tree = await mine.tree('');
    const team = tree.children?.find(({ item }) => item.name === 'Team');
    expect(team?.children?.map(({ item }) => item.name).sort()).toEqual(['Deep', 'Empty', 'a b%#.txt']);
    expect((await mine.tree('Team')).children).toHaveLength(3);
  });

  it('is downloaded from: a file, and a tree', async () => {
    expect(text(await mine.read('Team/a b%#.txt'))).toBe('alpha');
    const fileSystem = memoryFileSystem();
    await fileSystem.mkdir('/out', { recursive: true });
    const events: string[] = [];
    for await (const event of mine.getTree('', { fileSystem, folder: '/out' })) events.push(event.type);
    expect(events).not.toContain('failed');
    expect(await fileSystem.readFile('/out/Team/Deep/c.txt', 'utf8')).toBe('cc');
    await mine.download('Team/Deep/c.txt', pathSink(fileSystem, '/out/c', { random: one.world.random }));
    expect(await fileSystem.readFile('/out/c', 'utf8')).toBe('cc');
  });

  it('is written into: files, folders, changes and removals', async () => {
    await mine.upload(bytes('new'), 'Team', { name: 'n.txt' });
    await mine.upload(bytes('deep'), 'Team/Deep', { name: 'n.txt' });
    expect(text(await theirs.read('Shared/n.txt'))).toBe('new');
    expect(text(await theirs.read('Shared/Deep/n.txt'))).toBe('deep');
    await mine.makeFolder('Team', 'Made');
    await mine.makeFolder('', 'Team/X/Y', { parents: true });
    expect((await theirs.stat('Shared/Made')).folder).toBeDefined();
    expect((await theirs.stat('Shared/X/Y')).folder).toBeDefined();
    await mine.rename('Team/n.txt', 'm.txt');
    await mine.move('Team/m.txt', 'Team/Deep');
    expect((await theirs.stat('Shared/Deep/m.txt')).size).toBe(3);
    await mine.remove('Team/Deep/m.txt');
    await expect(theirs.stat('Shared/Deep/m.txt')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('takes a tree in, also into folders that are there', async () => {
    const disk = memoryFileSystem();
    await disk.mkdir('/from/Deep', { recursive: true });
    for (const name of ['new.txt', 'Deep/new.txt', 'Deep/c.txt']) {
      const file = await disk.open(`/from/${name}`, 'w');
      await file.write(bytes(name), 0, name.length, 0);
      await file.close();
    }
    const events = [];
    for await (const event of mine.putTree({ fileSystem: disk, folder: '/from' }, 'Team')) events.push(event);
    expect(events.filter(({ type }) => type === 'failed')).toEqual([]);
    expect(text(await theirs.read('Shared/Deep/new.txt'))).toBe('Deep/new.txt');
    expect(text(await theirs.read('Shared/Deep/c.txt'))).toBe('Deep/c.txt');
    expect(text(await theirs.read('Shared/new.txt'))).toBe('new.txt');
  });

  it('takes files in from the own drive and gives them out again', async () => {
    await mine.copy('own.txt', 'Team');
    expect(text(await theirs.read('Shared/own.txt'))).toBe('own');
    await mine.copy('Team/Deep', 'Docs');
    expect(text(await mine.read('Docs/Deep/c.txt'))).toBe('cc');
    await mine.move('own.txt', 'Team/Deep');
    expect(text(await theirs.read('Shared/Deep/own.txt'))).toBe('own');
    await expect(mine.stat('own.txt')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('removed takes the shortcut away and nothing else', async () => {
    await mine.remove('Team');
    await expect(mine.stat('Team')).rejects.toMatchObject({ code: 'not-found' });
    expect(text(await theirs.read('Shared/Deep/c.txt'))).toBe('cc');
  });

  it('that leads nowhere any more is one entry, and an error where it is entered', async () => {
    await theirs.remove('Shared');
    expect(await paths(mine.subtree(''))).toEqual(['Docs', 'Docs/d.txt', 'Team', 'own.txt']);
    await expect(mine.stat('Team/Deep')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('shortcuts in a circle', () => {
  const folder = (id: string, driveId: string, name: string) => ({
    id,
    name,
    folder: { childCount: 2 },
    parentReference: { driveId },
  });
  const shortcut = (id: string, to: string, driveId: string, name: string) => ({
    id,
    name,
    remoteItem: { id: to, name, folder: { childCount: 2 }, parentReference: { driveId } },
  });
  /** A: B, and B leads back to A and to itself. */
  const children: Readonly<Record<string, readonly object[]>> = {
    '/me/drive/root': [shortcut('S1', 'B', 'two', 'to B')],
    '/me/drive/items/A': [shortcut('S1', 'B', 'two', 'to B')],
    '/drives/two/items/B': [
      shortcut('S2', 'A', 'one', 'to A'),
      shortcut('S3', 'B', 'two', 'to B'),
      { id: 'F', name: 'f', file: {} },
    ],
    '/drives/one/items/A': [shortcut('S1', 'B', 'two', 'to B')],
  };

  it('are entered once on each way', async () => {
    const { client, world } = await embeddedDrive();
    const asked: string[] = [];
    const answer = (value: unknown) => ({
      status: 200,
      headers: {},
      body: (async function* () {
        yield bytes(JSON.stringify(value));
      })(),
    });
    const transport = async ({ url }: { readonly url: string }) => {
      const path = new URL(url).pathname.replace('/v1.0', '');
      asked.push(path);
      if (path.endsWith('/children'))
        return answer({ value: children[path.slice(0, -'/children'.length)] ?? [] });
      return answer(folder('A', 'one', 'A'));
    };
    const drive = openDrive({ ...client, transport: transport }, graph.myDrive, world);
    expect(await paths(drive.walk('a'))).toEqual(['to B', 'to B/f', 'to B/to A', 'to B/to B']);
    expect(asked).toHaveLength(3);
  });
});
