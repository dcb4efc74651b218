/**
 * What the client asks, function by function, against Microsoft's OpenAPI document: method, path, query and body of
 * every endpoint function and of every method of a drive. A function without an entry here fails. Each call is made on
 * an embedded OneDrive, whose transport judges (judged-requests.ts) and whose answers are judged too.
 */
import { describe, expect, it } from 'vitest';
import { bytesSink } from '../../packages/kit/src/drive/index.ts';
import { isOneDriveError } from '../../packages/kit/src/errors/index.ts';
import * as graph from '../../packages/kit/src/graph/index.ts';
import { textBody } from '../../packages/kit/src/http/bodies.ts';
import { discard } from '../../packages/kit/src/http/read.ts';
import { nodeFileSystem } from '../../packages/kit/src/platform/node/node-file-system.ts';
import { type EmbeddedDrive, embeddedDrive } from '../embedded/embedded-drive.ts';
import { contractFile } from './contract.ts';

const { myDrive, rootItem, itemAt, itemById } = graph;

/** A drive with something of everything; `a.txt` has two versions and a permission. */
async function started(kind: 'personal' | 'business'): Promise<EmbeddedDrive> {
  const files = { 'a.txt': 'alpha', 'b.txt': 'beta', Docs: { folder: { 'c.txt': 'c' } }, 'p.jpg': 'x' };
  const one = await embeddedDrive({
    kind,
    accounts: [
      { kind, userPrincipalName: 'ann@contoso.onmicrosoft.com', drive: { files } },
      { kind, userPrincipalName: 'bo@contoso.onmicrosoft.com', displayName: 'Bo' },
    ],
    ...(kind === 'business' ? { sites: [{ path: 'sites/team', group: 'team@contoso.com' }] } : {}),
  });
  await one.drive.upload(new TextEncoder().encode('second'), '', { name: 'a.txt' });
  return one;
}

async function all(list: AsyncIterable<unknown>): Promise<void> {
  const steps = list[Symbol.asyncIterator]();
  while ((await steps.next()).done !== true);
}

const a = itemAt('a.txt');
const person = { recipients: [{ email: 'bo@contoso.onmicrosoft.com' }], roles: ['read'] };
const shared = { ...person, requireSignIn: true, sendInvitation: false };

async function permissionOf({ client }: EmbeddedDrive): Promise<string> {
  const [one] = await graph.invite(client, myDrive, a, shared);
  return one?.id ?? '';
}

async function sessionOf({ client }: EmbeddedDrive, deferCommit = false): Promise<string> {
  const item = { '@microsoft.graph.conflictBehavior': 'replace' } as const;
  return (await graph.createUploadSession(client, myDrive, itemAt('new.bin'), { item, deferCommit }))
    .uploadUrl;
}

async function urlOf({ client }: EmbeddedDrive): Promise<string> {
  const place = await graph.getContentUrl(client, myDrive, a);
  return place.kind === 'url' ? place.url : '';
}

const oldVersion = async ({ client }: EmbeddedDrive): Promise<string> => {
  const versions: string[] = [];
  for await (const { id } of graph.listVersions(client, myDrive, a)) versions.push(id);
  return versions.at(-1) ?? '';
};

async function copyOf({ client, drive }: Pick<EmbeddedDrive, 'client' | 'drive'>): Promise<string> {
  const { id, parentReference } = await drive.stat('Docs');
  const request = { name: 'z.txt', parentReference: { driveId: parentReference?.driveId ?? '', id } };
  return graph.copyItem(client, myDrive, a, request, { conflict: 'replace' });
}

/** The site behind a business drive, which has the recycle bin. */
async function siteOf({ client }: EmbeddedDrive): Promise<string> {
  const { sharepointIds: ids } = await graph.getItem(client, myDrive, rootItem, { select: 'sharepointIds' });
  return [new URL(ids?.siteUrl ?? '').host, ids?.siteId, ids?.webId].join(',');
}

async function binned(one: EmbeddedDrive): Promise<string> {
  await one.drive.remove('a.txt');
  for await (const { id } of graph.listRecycleBin(one.client, await siteOf(one))) return id;
  return '';
}

type Call = (one: EmbeddedDrive) => Promise<unknown>;

/** Operations without relation to files, which the embedded OneDrive does not have. */
function notServed(error: unknown): void {
  if (!isOneDriveError(error)) throw error;
}

/** Functions that only make values. */
const pure = new Set([
  'itemById',
  'itemAt',
  'below',
  'describeItem',
  'drivePath',
  'encodeFunctionArgument',
  'encodeSegment',
  'itemPath',
  'shareToken',
]);

/** Served on personal drives alone. */
const personalOnly = new Set(['restoreItem', 'createLink']);

const endpoints: Readonly<Record<string, Call>> = {
  sendBatch: ({ client }) =>
    graph.sendBatch(client, [
      { method: 'GET', url: '/me/drive/root?$select=id' },
      { method: 'PATCH', url: '/me/drive/root:/a.txt', body: { description: 'd' } },
    ]),
  updateItems: ({ client }) =>
    graph.updateItems(client, myDrive, [
      { item: a, change: { fileSystemInfo: { lastModifiedDateTime: '2026-01-02T03:04:05Z' } } },
    ]),
  putContents: ({ client }) =>
    graph.putContents(client, myDrive, [
      { at: itemAt('n.txt'), bytes: new TextEncoder().encode('n') },
      { at: itemAt('Docs', 'm.txt'), bytes: new Uint8Array(0) },
    ]),
  getChangeChannel: ({ client }) => graph.getChangeChannel(client, myDrive),
  getContentUrl: urlOf,
  readContent: async (one) =>
    discard(await graph.readContent(one.client, await urlOf(one), { what: 'x', start: 1 })),
  putContent: ({ client }) =>
    graph.putContent(client, myDrive, itemAt('n.txt'), textBody('n'), { conflict: 'rename' }),
  copyItem: copyOf,
  getMonitor: async ({ client, drive }) => graph.getMonitor(client, await copyOf({ client, drive })),
  permanentDelete: ({ client }) => graph.permanentDelete(client, myDrive, a),
  restoreItem: async ({ client, drive }) => {
    const { id } = await drive.stat('a.txt');
    await drive.remove('a.txt');
    const { id: parentId } = await drive.stat('Docs');
    await graph.restoreItem(client, myDrive, itemById(id), { parentId, name: 'back.txt' });
  },
  deleteItems: ({ client }) => graph.deleteItems(client, myDrive, [a, itemAt('b.txt')]),
  getDrive: ({ client }) => graph.getDrive(client, myDrive, { select: 'id' }),
  listDrives: ({ client }) => all(graph.listDrives(client)),
  getMe: ({ client }) => graph.getMe(client, { select: 'id' }),
  getItem: ({ client }) => graph.getItem(client, myDrive, rootItem, { select: 'id', expand: 'children' }),
  listChildren: ({ client }) =>
    all(graph.listChildren(client, myDrive, rootItem, { top: 2, orderBy: 'name', select: 'id,name' })),
  createFolder: ({ client }) =>
    graph.createFolder(client, myDrive, itemAt('Docs'), 'New', {
      conflict: 'fail',
      metadata: { description: 'd' },
    }),
  addShortcut: async ({ client, server }) => {
    const theirs = { authorization: `Bearer ${server.token({ account: 'bo@contoso.onmicrosoft.com' })}` };
    const bo = {
      ...client,
      transport: (request: Parameters<typeof client.plain>[0]) =>
        client.plain({ ...request, headers: { ...request.headers, ...theirs } }),
    };
    const made = await graph.createFolder(bo, myDrive, rootItem, 'Shared', { conflict: 'fail' });
    await graph.invite(bo, myDrive, itemById(made.id), {
      ...shared,
      recipients: [{ email: 'ann@contoso.onmicrosoft.com' }],
    });
    const driveId = made.parentReference?.driveId ?? '';
    return graph.addShortcut(client, myDrive, rootItem, { name: 'Shared', driveId, itemId: made.id });
  },
  getThumbnail: ({ client }) =>
    graph.getThumbnail(client, myDrive, itemAt('p.jpg'), 'small').catch(notServed),
  listRecycleBin: async (one) => all(graph.listRecycleBin(one.client, await siteOf(one))),
  restoreFromRecycleBin: async (one) =>
    graph.restoreFromRecycleBin(one.client, await siteOf(one), [await binned(one)]),
  deleteFromRecycleBin: async (one) =>
    graph.deleteFromRecycleBin(one.client, await siteOf(one), [await binned(one)]),
  updateItem: ({ client }) =>
    graph.updateItem(client, myDrive, a, { name: 'z.txt', description: 'd' }, { conflict: 'fail' }),
  deleteItem: ({ client }) => graph.deleteItem(client, myDrive, a),
  listThumbnails: ({ client }) => all(graph.listThumbnails(client, myDrive, itemAt('p.jpg'))),
  previewItem: ({ client }) => graph.previewItem(client, myDrive, a),
  checkOut: ({ client }) => graph.checkOut(client, myDrive, a),
  checkIn: async ({ client }) => {
    await graph.checkOut(client, myDrive, a);
    await graph.checkIn(client, myDrive, a, { comment: 'done' });
  },
  discardCheckOut: async ({ client }) => {
    await graph.checkOut(client, myDrive, a);
    await graph.discardCheckOut(client, myDrive, a);
  },
  getListItemFields: ({ client }) => graph.getListItemFields(client, myDrive, a),
  updateListItemFields: ({ client }) => graph.updateListItemFields(client, myDrive, a, { Title: 'T' }),
  createLink: ({ client }) =>
    graph.createLink(client, myDrive, a, { type: 'view', scope: 'anonymous', password: 'p' }),
  listPermissions: ({ client }) => all(graph.listPermissions(client, myDrive, a)),
  deletePermission: async (one) => graph.deletePermission(one.client, myDrive, a, await permissionOf(one)),
  invite: permissionOf,
  updatePermission: async (one) =>
    graph.updatePermission(one.client, myDrive, a, { id: await permissionOf(one), roles: ['write'] }),
  getSharedItem: async ({ client }) => {
    const { link } = await graph.createLink(client, myDrive, a, { type: 'view' });
    return graph.getSharedItem(client, link?.webUrl ?? '');
  },
  sharedWithMe: ({ client }) => all(graph.sharedWithMe(client, myDrive)),
  searchSites: ({ client }) => all(graph.searchSites(client, 'team')),
  getSite: ({ client }) => graph.getSite(client, 'root'),
  listSiteDrives: async ({ client }) =>
    all(graph.listSiteDrives(client, (await graph.getSite(client, 'root')).id)),
  listFollowedSites: ({ client }) => all(graph.listFollowedSites(client)),
  listMyGroups: ({ client }) => all(graph.listMyGroups(client)),
  listGroupDrives: async ({ client }) => {
    for await (const { id } of graph.listMyGroups(client)) await all(graph.listGroupDrives(client, id));
  },
  createUploadSession: (one) => sessionOf(one),
  putFragment: async (one) =>
    graph.putFragment(one.client, await sessionOf(one), { start: 0, end: 1, total: 1 }, textBody('x')),
  getUploadSession: async (one) => graph.getUploadSession(one.client, await sessionOf(one)),
  cancelUploadSession: async (one) => graph.cancelUploadSession(one.client, await sessionOf(one)),
  commitUploadSession: async (one) => {
    const url = await sessionOf(one, true);
    await graph.putFragment(one.client, url, { start: 0, end: 1, total: 1 }, textBody('x'));
    return graph.commitUploadSession(one.client, url);
  },
  listVersions: oldVersion,
  getVersionContent: async (one) =>
    discard(await graph.getVersionContent(one.client, myDrive, a, await oldVersion(one))),
  restoreVersion: async (one) => graph.restoreVersion(one.client, myDrive, a, await oldVersion(one)),
  deleteVersion: async (one) => graph.deleteVersion(one.client, myDrive, a, await oldVersion(one)),
  search: ({ client }) => all(graph.search(client, myDrive, itemAt('Docs'), "it's #1 %", { top: 5 })),
  recent: ({ client }) => all(graph.recent(client, myDrive)),
  request: ({ client }) => graph.request(client, 'GET', '/me/drive'),
  requestPages: ({ client }) => all(graph.requestPages(client, '/me/drive/root/children')),
  getSpecialFolder: ({ client }) => graph.getSpecialFolder(client, myDrive, 'approot'),
  getDelta: async ({ client }) => {
    await all(graph.getDelta(client, myDrive, rootItem, { top: 2, select: 'id' }));
    await all(graph.getDelta(client, myDrive, rootItem, { from: 'latest' }));
  },
};

const bytes = new TextEncoder().encode('text');
const tree = { fileSystem: nodeFileSystem, folder: import.meta.dirname };

/** Every method of a drive; `never` for what asks nothing. */
const methods: Readonly<Record<string, Call>> = {
  resolve: async ({ drive }) => drive.resolve('a.txt'),
  info: ({ drive }) => drive.info(),
  quota: ({ drive }) => drive.quota(),
  user: ({ drive }) => drive.user(),
  stat: ({ drive }) => drive.stat('a.txt'),
  exists: ({ drive }) => drive.exists('a.txt'),
  open: async ({ drive }) => new Response((await drive.open('a.txt')).stream).text(),
  list: ({ drive }) => all(drive.list('', { limit: 3, orderBy: 'name desc' })),
  walk: ({ drive }) => all(drive.walk('')),
  subtree: ({ drive }) => all(drive.subtree('', { by: 'delta', select: ['size'] })),
  find: ({ drive }) => all(drive.find('', { name: '*.txt' })),
  tree: ({ drive }) => drive.tree(''),
  search: ({ drive }) => all(drive.search('a', { within: 'Docs' })),
  recent: ({ drive }) => all(drive.recent()),
  makeFolder: ({ drive }) => drive.makeFolder('', 'x/y', { parents: true }),
  upload: async ({ drive }) => {
    await drive.upload(bytes, 'Docs', { name: 'u.txt', conflict: 'rename' });
    await drive.upload(new Uint8Array(5 << 20), '', { name: 'large.bin' });
  },
  download: ({ drive }) => drive.download('a.txt', bytesSink()),
  putTree: ({ drive }) => all(drive.putTree(tree, 'Tree')),
  getTree: ({ drive }) => all(drive.getTree('Docs', tree, { dryRun: true })),
  resumeTransfer: ({ drive }) => drive.resumeTransfer('0123456789abcdef').catch(() => undefined),
  dropTransfer: ({ drive }) => drive.dropTransfer('0123456789abcdef').catch(() => undefined),
  read: ({ drive }) => drive.read('a.txt'),
  move: ({ drive }) => drive.move('a.txt', 'Docs', { name: 'z.txt' }),
  rename: ({ drive }) => drive.rename('a.txt', 'A.txt'),
  copy: ({ drive }) => drive.copy('a.txt', 'Docs', { name: 'z.txt' }),
  update: ({ drive }) => drive.update('a.txt', { name: 'z.txt' }),
  remove: ({ drive }) => drive.remove('a.txt'),
  link: ({ drive }) => drive.link('a.txt', { type: 'edit' }),
};

it('every endpoint function has its entry', () => {
  const functions = Object.entries(graph).filter(
    ([name, value]) => typeof value === 'function' && !pure.has(name),
  );
  expect(functions.map(([name]) => name).sort()).toEqual(Object.keys(endpoints).sort());
});

it('every method of a drive has its entry', async () => {
  const { drive } = await started('personal');
  // Functions that return events send the same requests as the others.
  const functions = Object.entries(drive).filter(
    ([name, value]) => typeof value === 'function' && !name.endsWith('Events'),
  );
  expect(functions.map(([name]) => name).sort()).toEqual(Object.keys(methods).sort());
});

describe.skipIf(contractFile() === undefined)('the document knows what is asked', () => {
  // afterEach of test/setup.ts fails the test whose requests or answers break the contract.
  it.each(Object.entries(endpoints))('by %s', async (name, call) => {
    await call(await started(personalOnly.has(name) ? 'personal' : 'business'));
  });

  it.each(
    Object.entries(methods).flatMap(([name, call]) =>
      (['personal', 'business'] as const).map((kind) => ({ name, kind, call })),
    ),
  )('by drive.$name on a $kind drive', async ({ kind, call }) => {
    await call(await started(kind));
  });
});
