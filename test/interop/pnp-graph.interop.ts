/** PnPjs for Microsoft Graph, unmodified: files, sharing, sites and libraries, batches and subscriptions. */
import { graphfi } from '@pnp/graph';
import '@pnp/graph/analytics/index.js';
import '@pnp/graph/batching.js';
import '@pnp/graph/columns/index.js';
import '@pnp/graph/files/index.js';
import '@pnp/graph/files/bundles.js';
import '@pnp/graph/groups/index.js';
import '@pnp/graph/list-item/index.js';
import '@pnp/graph/lists/index.js';
import '@pnp/graph/permissions/index.js';
import '@pnp/graph/search/index.js';
import '@pnp/graph/shares/index.js';
import '@pnp/graph/sites/index.js';
import '@pnp/graph/users/index.js';
import { GraphDefault } from '@pnp/nodejs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf, patternBytes } from './fixtures/bytes.ts';
import { type Embedded, startEmbedded } from './fixtures/embedded.ts';

const fragment = 320 * 1024;

/** PnPjs adds its members to the type of a module by a name that none of its own addresses has. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- so they have no types here
type Graph = any;

/** PnPjs as `token` lets it. */
function signedIn(url: string, token: string): Graph {
  return graphfi().using(GraphDefault({ baseUrl: `${url}/v1.0` }), (instance) => {
    instance.on.auth.replace(async (address: URL, init: { headers?: Record<string, string> }) => [
      address,
      { ...init, headers: { ...init.headers, Authorization: `Bearer ${token}` } },
    ]);
    return instance;
  });
}

interface Named {
  readonly name?: string;
}
const namesOf = (items: readonly Named[]) => items.map(({ name }) => name).sort();

describe.each(['personal', 'business'] as const)('PnPjs on a %s drive', (kind) => {
  let server: Embedded;
  let graph: Graph;
  const drive = () => graph.me.drive;

  beforeAll(async () => {
    server = await startEmbedded({ kind });
    graph = signedIn(server.url, server.token);
  });
  afterAll(() => server.close());

  const upload = (filePathName: string, content: string | Blob) =>
    drive().root.upload({ content, contentType: 'text/plain', filePathName });
  const itemOf = (id: string | undefined) => drive().getItemById(id ?? '');

  it('uploads, reads and replaces, but not what has changed meanwhile', async () => {
    const made = await upload('Reports/pnp & co (1).txt', 'hello');
    expect(made).toMatchObject({ name: 'pnp & co (1).txt', size: 5 });
    const put = (eTag: string) =>
      itemOf(made.id).upload({ content: 'hello again', contentType: 'text/plain', eTag });
    await put(made.eTag ?? '');
    await expect(put(made.eTag ?? '')).rejects.toThrow('412');
    const content = await itemOf(made.id).getContent();
    expect(await content.text()).toBe('hello again');
    expect(await itemOf(made.id).versions()).toHaveLength(2);
  });

  it('makes folders, lists them by path, in pages and by a filter', async () => {
    await drive().root.children.addFolder({ name: 'Lists', conflictBehavior: 'fail' });
    for (const name of ['a.txt', 'b.txt', 'c.txt']) await upload(`Lists/${name}`, name);
    await drive().getItemByPath('Lists').children.addFolder({ name: 'inner' });
    const all = ['a.txt', 'b.txt', 'c.txt', 'inner'];
    expect(namesOf(await drive().getItemsByPath('Lists')())).toEqual(all);
    const paged: string[] = [];
    const { id } = await drive().getItemByPath('Lists')();
    for await (const page of itemOf(id).children.top(3))
      paged.push(...page.map(({ name }: Named) => name ?? ''));
    expect(paged.sort()).toEqual(all);
    expect(namesOf(await itemOf(id).children.filter('folder ne null')())).toEqual(['inner']);
  });

  it('uploads in fragments, asks how far it is, and gives up', async () => {
    const bytes = patternBytes(2 * fragment + 7);
    const { id } = await drive().root.children.addFolder({ name: 'Sessions' });
    const open = (name: string) => itemOf(id).createUploadSession({ item: { name }, create: true });
    const { resumableUpload } = await open('large.bin');
    for (let from = 0; from < bytes.length; from += fragment) {
      const part = bytes.subarray(from, from + fragment);
      const range = `bytes ${from}-${from + part.length - 1}/${bytes.length}`;
      const answer = await resumableUpload.upload(part.length, Buffer.from(part), range);
      if (from === 0) {
        expect(answer).toMatchObject({ nextExpectedRanges: [`${fragment}-`] });
        expect(await resumableUpload.status()).toMatchObject({ nextExpectedRanges: [`${fragment}-`] });
      }
    }
    expect(digestOf(await server.content('Sessions/large.bin'))).toEqual(digestOf(bytes));
    const given = await open('given up.bin');
    await given.resumableUpload.cancel();
    await expect(given.resumableUpload.status()).rejects.toThrow('404');
  });

  it('copies, moves, follows changes, and deletes', async () => {
    const { id: from } = await upload('moving.txt', 'move me');
    const { id: into, parentReference } = await drive().root.children.addFolder({ name: 'Target' });
    const place = { driveId: parentReference?.driveId ?? '', id: into ?? '' };
    const monitor = await itemOf(from).copyItem({ name: 'copied.txt', parentReference: place });
    await expect.poll(async () => (await fetch(monitor)).json()).toMatchObject({ status: 'completed' });
    await itemOf(from).moveItem({ name: 'moved.txt', parentReference: place });
    expect(namesOf(await itemOf(into).children())).toEqual(['copied.txt', 'moved.txt']);
    const changes = await drive().root.delta()();
    expect(namesOf(changes.values)).toEqual(expect.arrayContaining(['copied.txt', 'moved.txt']));
    await itemOf(into).delete();
    await expect(itemOf(from)()).rejects.toThrow('404');
  });

  it('finds, follows and measures', async () => {
    const { id } = await upload('findable.txt', 'needle');
    expect(namesOf(await drive().root.search('findable')())).toEqual(['findable.txt']);
    expect(namesOf(await drive().recent())).toContain('findable.txt');
    if (kind === 'personal') return;
    await itemOf(id).follow();
    expect(namesOf(await drive().following())).toEqual(['findable.txt']);
    await itemOf(id).unfollow();
    expect(await itemOf(id).analytics()).toHaveProperty('access');
    await itemOf(id).checkOut();
    await itemOf(id).checkIn({ comment: 'done' });
    await itemOf(id).permanentDelete();
  });

  it('asks several things in one batch, each answered in its place', async () => {
    const [batched, execute] = graph.batched();
    const answers = Promise.all([batched.me(), batched.me.drive.root(), batched.me.drive()]);
    await execute();
    expect(await answers).toMatchObject([
      { userPrincipalName: expect.any(String) },
      { name: 'root' },
      { driveType: kind },
    ]);
  });
});

describe('PnPjs in a directory', () => {
  let server: Embedded;
  let graph: Graph;

  beforeAll(async () => {
    server = await startEmbedded({
      kind: 'business',
      accounts: [{ userPrincipalName: 'alex@contoso.com' }, { userPrincipalName: 'bea@contoso.com' }],
      sites: [
        {
          path: 'sites/team',
          displayName: 'Team',
          group: 'team@contoso.com',
          libraries: [{ files: { 'plan.txt': 'ours' } }],
        },
      ],
    });
    graph = signedIn(server.url, server.token);
  });
  afterAll(() => server.close());

  it('finds people, groups and their files', async () => {
    expect(await graph.users.filter("startswith(displayName,'b')")()).toMatchObject([
      { mail: 'bea@contoso.com' },
    ]);
    const [group] = await graph.groups();
    expect(group).toMatchObject({ displayName: 'Team' });
    const files = graph.groups.getById(group?.id ?? '').drive.root.children;
    expect(namesOf(await files())).toEqual(['plan.txt']);
  });

  it('makes files where the content comes later, shares them and takes that back', async () => {
    const item = await graph.me.drive.root.children.add({
      filename: 'shared.txt',
      content: 'ours',
      contentType: 'text/plain',
    });
    const own = graph.me.drive.getItemById(item.id ?? '');
    await own.addPermissions({
      recipients: [{ email: 'bea@contoso.com' }],
      roles: ['read'],
      requireSignIn: true,
      sendInvitation: false,
      message: '',
    });
    const bea = signedIn(server.url, server.onedrive.token({ account: 'bea@contoso.com' }));
    const seen = bea.shares.getById(bea.shares.encodeSharingLink((await own()).webUrl ?? ''));
    expect(await seen.driveItem()).toMatchObject({ name: 'shared.txt', size: 4 });
    expect(await bea.me.drive.sharedWithMe()).toMatchObject([{ name: 'shared.txt' }]);
    const granted = (await own.permissions()).find(({ roles }: { roles?: string[] }) =>
      roles?.includes('read'),
    );
    await own.permissions.getById(granted?.id ?? '').delete();
    await expect(seen.driveItem()).rejects.toThrow('403');
  });

  it('goes from a site by its address to its libraries, rows and columns', async () => {
    const site = await graph.sites.getByUrl('contoso.sharepoint.com', '/sites/team');
    const { id } = await site();
    const { lists, drives } = graph.sites.getById(id ?? '');
    expect(await drives()).toMatchObject([{ driveType: 'documentLibrary' }]);
    const list = lists.getById((await lists())[0]?.id ?? '');
    expect((await list.columns()).length).toBeGreaterThan(3);
    const [row] = await list.items.expand('fields')();
    expect(row).toMatchObject({ fields: { FileLeafRef: 'plan.txt' } });
    await list.items.getById(row?.id ?? '').update({ fields: { Title: 'The plan' } });
    const found = await list.items.filter("fields/Title eq 'The plan'").expand('fields')();
    expect(found).toHaveLength(1);
  });

  it('searches everywhere', async () => {
    const [answer] = await graph.query({ entityTypes: ['driveItem'], query: { queryString: 'plan' } });
    expect(answer?.hitsContainers?.[0]?.hits).toMatchObject([{ resource: { name: 'plan.txt' } }]);
  });
});
