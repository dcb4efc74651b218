/** What belongs to a site besides its drives: lists, content types, permissions, pages, analytics, lookup columns. */
import { beforeEach, describe, expect, it } from 'vitest';
import { startTester, type Tester } from './world.ts';

const site = '/sites/root:/sites/team:';
let onedrive: Tester;
let visitor: string;
let outsider: string;
let confined: string;

const ask = async (method: string, path: string, body?: object, token?: string) =>
  onedrive.ask(method, path, {
    ...(body === undefined ? {} : { body }),
    ...(token === undefined ? {} : { token }),
  });
const names = (answer: { json: { value: { name: string }[] } }) => answer.json.value.map(({ name }) => name);
const makeLibrary = async (displayName: string) =>
  (await ask('POST', `${site}/lists`, { displayName, list: { template: 'documentLibrary' } })).json;

beforeEach(async () => {
  onedrive = await startTester({
    kind: 'business',
    accounts: [
      { userPrincipalName: 'alex@contoso.com' },
      { userPrincipalName: 'megan@contoso.com' },
      { userPrincipalName: 'pradeep@contoso.com' },
    ],
    sites: [
      {
        path: 'sites/team',
        members: ['alex@contoso.com'],
        visitors: ['megan@contoso.com'],
        libraries: [{ files: { 'a.txt': 'a', Docs: { folder: { 'b.txt': 'b' } } } }],
      },
    ],
  });
  visitor = onedrive.token({ account: 'megan@contoso.com' });
  outsider = onedrive.token({ account: 'pradeep@contoso.com' });
  confined = onedrive.token({ scopes: ['Files.ReadWrite.AppFolder'] });
});

describe('a list', () => {
  it('gets another title and description, keeps its name in addresses, and names its drive', async () => {
    const { id } = await makeLibrary('Books');
    const change = { displayName: 'Novels', description: 'All of them' };
    const changed = await ask('PATCH', `${site}/lists/${id}`, change);
    expect([changed.status, changed.json]).toEqual([
      200,
      expect.objectContaining({ ...change, name: 'Books', eTag: `"${id},2"` }),
    ]);
    for (const name of ['Books', 'Novels', id])
      expect((await ask('GET', `${site}/lists/${name}`)).json).toMatchObject({ ...change, id });
    expect((await ask('GET', `${site}/lists/${id}/drive`)).json.name).toBe('Novels');
    const own = await ask('PATCH', '/me/drive/list', { displayName: 'Mine' });
    expect(own.json).toMatchObject({ displayName: 'Mine', name: 'OneDrive' });
    expect((await ask('GET', '/me/drive')).json.name).toBe('OneDrive');
  });

  it('refuses titles of other lists, other properties and other types', async () => {
    const { id } = await makeLibrary('Books');
    const statusOf = async (body: object) => (await ask('PATCH', `${site}/lists/${id}`, body)).status;
    expect(await statusOf({ displayName: 'documents' })).toBe(409);
    expect(await statusOf({ displayName: 'Books' })).toBe(200);
    for (const body of [
      { displayName: ' ' },
      { displayName: 7 },
      { displayName: 'x'.repeat(256) },
      { description: [] },
      { list: { hidden: true } },
      { __proto__x: 1 },
    ])
      expect([body, await statusOf(body)]).toEqual([body, 400]);
  });

  it('is deleted with its files, its drive and its subscriptions', async () => {
    const { id } = await makeLibrary('Books');
    const drive = (await ask('GET', `${site}/lists/${id}/drive`)).json;
    await onedrive.ask('PUT', `/drives/${drive.id}/root:/novel.txt:/content`, { body: 'Once' });
    await ask('DELETE', `/drives/${drive.id}/root:/novel.txt`);
    await onedrive.ask('PUT', `/drives/${drive.id}/root:/b/c.txt:/content`, { body: 'Twice' });
    await ask('POST', `/drives/${drive.id}/root:/b/c.txt:/follow`);
    expect((await ask('DELETE', `${site}/lists/${id}`)).status).toBe(204);
    for (const path of [`${site}/lists/${id}`, `/drives/${drive.id}`, `/drives/${drive.id}/root/children`])
      expect((await ask('GET', path)).status).toBe(404);
    expect(names(await ask('GET', `${site}/lists`))).toEqual(['Documents']);
    expect((await ask('GET', '/me/drive/following')).json.value).toEqual([]);
    expect((await ask('GET', `${site}/lists/Documents/drive/root/children`)).status).toBe(200);
  });

  it('leaves nothing to the next list: neither items nor columns nor content types', async () => {
    const { id } = await makeLibrary('Books');
    const drive = (await ask('GET', `${site}/lists/${id}/drive`)).json;
    await onedrive.ask('PUT', `/drives/${drive.id}/root:/novel.txt:/content`, { body: 'Once' });
    await ask('POST', `${site}/lists/${id}/columns`, { name: 'Pages', number: {} });
    await ask('POST', `${site}/lists/${id}/contentTypes`, { name: 'Novel' });
    await ask('DELETE', `${site}/lists/${id}`);
    const next = await makeLibrary('Books');
    expect(next.id).not.toBe(id);
    const path = `${site}/lists/${next.id}`;
    expect((await ask('GET', `${path}/items`)).json.value).toEqual([]);
    const delta = (await ask('GET', `${path}/drive/root/delta`)).json.value;
    expect(delta.map(({ name }: { name: string }) => name)).toEqual(['root']);
    expect(names(await ask('GET', `${path}/columns`))).not.toContain('Pages');
    expect(names(await ask('GET', `${path}/contentTypes`))).toEqual(['Document', 'Folder']);
  });

  it('is not deleted if it is the default library, nor by visitors', async () => {
    const { id } = await makeLibrary('Books');
    expect((await ask('DELETE', `${site}/lists/Documents`)).status).toBe(403);
    expect((await ask('DELETE', '/me/drive/list')).status).toBe(403);
    for (const token of [visitor, outsider, confined])
      expect((await ask('DELETE', `${site}/lists/${id}`, undefined, token)).status).toBe(403);
  });
});

describe('content types', () => {
  it('of a site and of a list are listed, read and counted', async () => {
    expect(names(await ask('GET', `${site}/contentTypes`))).toEqual([
      'Item',
      'Document',
      'Folder',
      'Document Set',
    ]);
    expect((await ask('GET', `${site}/contentTypes/0x0101`)).json).toMatchObject({
      name: 'Document',
      parentId: '0x01',
      base: { id: '0x01', name: 'Item' },
    });
    expect((await ask('GET', `${site}/contentTypes/$count`)).text).toBe('4');
    expect((await ask('GET', `${site}/lists/Documents/contentTypes/0x012000`)).json.name).toBe('Folder');
    expect(names(await ask('GET', `${site}/contentTypes?$filter=name eq 'Item'`))).toEqual(['Item']);
    expect((await ask('GET', `${site}/contentTypes/0x77`)).status).toBe(404);
  });

  it('are created below others, copied to a list, changed and deleted', async () => {
    const body = { name: 'Contract', description: 'd', group: 'Legal', base: { id: '0x0101' } };
    const made = await ask('POST', `${site}/contentTypes`, body);
    expect([made.status, made.json.name, made.json.base.name]).toEqual([201, 'Contract', 'Document']);
    expect(made.json.id).toMatch(/^0x010100[\dA-F]{32}$/);
    const url = `https://graph.microsoft.com/v1.0${site}/contentTypes/${made.json.id}`;
    const copy = await ask('POST', `${site}/lists/Documents/contentTypes/addCopy`, { contentType: url });
    expect([copy.status, copy.json.parentId]).toEqual([201, made.json.id]);
    expect(names(await ask('GET', `${site}/lists/Documents/contentTypes`))).toContain('Contract');
    const path = `${site}/contentTypes/${made.json.id}`;
    expect((await ask('PATCH', path, { name: 'Deed' })).json.name).toBe('Deed');
    expect((await ask('DELETE', path)).status).toBe(204);
    expect((await ask('GET', path)).status).toBe(404);
    const inList = `${site}/lists/Documents/contentTypes/${copy.json.id}`;
    expect((await ask('DELETE', inList)).status).toBe(204);
  });

  it('refuse bad bodies, taken names, built-in ones, and parents of others', async () => {
    const at = `${site}/contentTypes`;
    const statusOf = async (body: object) => (await ask('POST', at, body)).status;
    expect(await statusOf({ name: 'document' })).toBe(409);
    expect(await statusOf({ name: 'A', base: { id: '0x99' } })).toBe(404);
    for (const body of [
      {},
      { name: '' },
      { name: 'a/b' },
      { name: {} },
      { name: 'A', base: [] },
      { name: 'A', hidden: 1 },
    ])
      expect([body, await statusOf(body)]).toEqual([body, 400]);
    expect((await ask('DELETE', `${at}/0x0101`)).status).toBe(400);
    expect((await ask('PATCH', `${at}/0x0101`, { name: 'B' })).status).toBe(400);
    const { id } = (await ask('POST', at, { name: 'Parent' })).json;
    await ask('POST', at, { name: 'Child', base: { id } });
    expect((await ask('DELETE', `${at}/${id}`)).status).toBe(400);
  });
});

describe('permissions of a site', () => {
  const body = {
    roles: ['write'],
    grantedToIdentities: [
      { application: { id: '89ea5c94-7736-4e25-95ad-3fa95f62b66e', displayName: 'App' } },
    ],
  };

  it('are given to applications, changed and taken away', async () => {
    const made = await ask('POST', `${site}/permissions`, body);
    expect([made.status, made.json]).toEqual([
      201,
      expect.objectContaining({ roles: ['write'], grantedToIdentitiesV2: body.grantedToIdentities }),
    ]);
    const path = `${site}/permissions/${made.json.id}`;
    expect((await ask('PATCH', path, { roles: ['read'] })).json.roles).toEqual(['read']);
    expect((await ask('GET', path)).json.roles).toEqual(['read']);
    const { value } = (await ask('GET', `${site}/permissions`)).json;
    expect(value).toHaveLength(1);
    expect((await ask('DELETE', path)).status).toBe(204);
    expect((await ask('GET', path)).status).toBe(404);
    expect((await ask('GET', `${site}/permissions/$count`)).text).toBe('0');
  });

  it('need an application and known roles', async () => {
    const statusOf = async (one: object) => (await ask('POST', `${site}/permissions`, one)).status;
    for (const wrong of [
      {},
      { ...body, roles: [] },
      { ...body, roles: ['__proto__'] },
      { ...body, grantedToIdentities: [] },
      { ...body, grantedToIdentities: [{ user: { id: '1' } }] },
      { ...body, grantedToIdentities: [null] },
      { roles: ['read'] },
    ])
      expect([wrong, await statusOf(wrong)]).toEqual([wrong, 400]);
    expect(await statusOf({ roles: ['read'], grantedToV2: body.grantedToIdentities[0] })).toBe(201);
  });
});

describe('pages of a site', () => {
  const page = {
    '@odata.type': '#microsoft.graph.sitePage',
    name: 'News.aspx',
    title: 'News',
    canvasLayout: {
      horizontalSections: [{ columns: [{ webparts: [{ id: '1', innerHtml: '<p>Hello</p>' }] }] }],
    },
  };

  it('are created as drafts, changed and published', async () => {
    const made = await ask('POST', `${site}/pages`, page);
    expect([made.status, made.json]).toEqual([
      201,
      expect.objectContaining({ name: 'News.aspx', title: 'News', pageLayout: 'article' }),
    ]);
    expect(made.json.publishingState).toMatchObject({ level: 'checkout', versionId: '0.1' });
    expect(made.json.webUrl).toBe('https://contoso.sharepoint.com/sites/team/SitePages/News.aspx');
    const path = `${site}/pages/${made.json.id}/microsoft.graph.sitePage`;
    expect((await ask('POST', `${path}/publish`)).status).toBe(204);
    expect((await ask('GET', path)).json.publishingState).toEqual({ level: 'published', versionId: '1.0' });
    const changed = (await ask('PATCH', path, { title: 'Old', canvasLayout: null })).json;
    expect([changed.title, changed.publishingState.versionId]).toEqual(['Old', '1.1']);
    expect(changed.eTag).not.toBe(made.json.eTag);
    const stale = { headers: { 'if-match': made.json.eTag }, body: { title: 'X' } };
    expect((await onedrive.ask('PATCH', path, stale)).status).toBe(412);
  });

  it('show their canvas and web parts only where they are expanded', async () => {
    const { id } = (await ask('POST', `${site}/pages`, page)).json;
    const path = `${site}/pages/${id}`;
    expect((await ask('GET', path)).json).not.toHaveProperty('canvasLayout');
    expect((await ask('GET', `${path}?$expand=canvasLayout`)).json.canvasLayout).toEqual(page.canvasLayout);
    const parts = [{ id: '1', innerHtml: '<p>Hello</p>' }];
    expect((await ask('GET', `${path}/microsoft.graph.sitePage?$expand=webParts`)).json.webParts).toEqual(
      parts,
    );
    expect((await ask('GET', `${path}/microsoft.graph.sitePage/webParts`)).json.value).toEqual(parts);
    expect((await ask('GET', `${path}?$expand=children`)).status).toBe(400);
  });

  it('are listed by name, in pages, and deleted', async () => {
    for (const name of ['b', 'c.aspx', 'A.aspx']) await ask('POST', `${site}/pages`, { name });
    const all = await ask('GET', `${site}/pages/microsoft.graph.sitePage`);
    expect(names(all)).toEqual(['A.aspx', 'b.aspx', 'c.aspx']);
    const first = await ask('GET', `${site}/pages?$top=2`);
    expect(names(await ask('GET', first.json['@odata.nextLink']))).toEqual(['c.aspx']);
    expect(names(await ask('GET', `${site}/pages?$filter=name eq 'b.aspx'`))).toEqual(['b.aspx']);
    expect((await ask('DELETE', `${site}/pages/${all.json.value[0].id}`)).status).toBe(204);
    expect((await ask('GET', `${site}/pages/$count`)).text).toBe('2');
  });

  it('refuse bad bodies and taken names', async () => {
    await ask('POST', `${site}/pages`, page);
    const statusOf = async (body: object) => (await ask('POST', `${site}/pages`, body)).status;
    expect(await statusOf({ name: 'news.ASPX' })).toBe(409);
    for (const body of [
      {},
      { name: 7 },
      { name: '../x.aspx' },
      { name: 'x'.repeat(300) },
      { name: 'y.aspx', pageLayout: 'constructor' },
      { name: 'y.aspx', title: [] },
      { name: 'y.aspx', canvasLayout: 'x' },
      { name: 'y.aspx', '@odata.type': '#microsoft.graph.newsLinkPage' },
    ])
      expect([body, await statusOf(body)]).toEqual([body, 400]);
    const odd = { name: 'z.aspx', canvasLayout: { horizontalSections: { columns: 1 }, verticalSection: [] } };
    const { id } = (await ask('POST', `${site}/pages`, odd)).json;
    expect((await ask('GET', `${site}/pages/${id}/webParts`)).json.value).toEqual([]);
  });
});

describe('analytics of a site', () => {
  it('add up those of its files', async () => {
    const { allTime, lastSevenDays } = (await ask('GET', `${site}/analytics`)).json;
    expect(allTime.create).toMatchObject({ actionCount: 3 });
    expect(lastSevenDays.create).toMatchObject({ actionCount: 3 });
    await ask('GET', `${site}/drive/root:/a.txt:/content`);
    await ask('GET', `${site}/drive/root:/Docs/b.txt:/content`);
    expect((await ask('GET', `${site}/analytics/allTime`)).json.access).toEqual({
      actionCount: 2,
      actorCount: 1,
    });
    const interval = "startDateTime='2026-01-01',endDateTime='2026-01-04',interval='day'";
    const days = (await ask('GET', `${site}/getActivitiesByInterval(${interval})`)).json.value;
    expect(days.map((one: { create: { actionCount: number } }) => one.create.actionCount)).toEqual([0, 3, 0]);
  });

  it('know no other spans, whatever their name', async () => {
    for (const span of ['constructor', '__proto__', 'toString', 'lastYear']) {
      expect((await ask('GET', `${site}/analytics/${span}`)).status).toBe(400);
      expect((await ask('GET', `/me/drive/root/analytics/${span}`)).status).toBe(400);
    }
  });
});

describe('a lookup column', () => {
  let people: { id: string };
  let ada: string;
  let bob: string;
  const fields = `${site}/drive/root:/a.txt:/listItem/fields`;
  const addColumn = async (lookup: object) =>
    ask('POST', `${site}/lists/Documents/columns`, { name: 'Author0', lookup });

  beforeEach(async () => {
    people = await makeLibrary('People');
    for (const name of ['ada.txt', 'bob.txt'])
      await onedrive.ask('PUT', `${site}/lists/People/drive/root:/${name}:/content`, { body: name });
    const rows = (await ask('GET', `${site}/lists/People/items`)).json.value;
    [ada, bob] = rows.map(({ id }: { id: string }) => id);
  });

  it('shows a column of the item that its id refers to', async () => {
    const made = await addColumn({ listId: people.id, columnName: 'FileLeafRef' });
    expect([made.status, made.json.lookup.columnName]).toEqual([201, 'FileLeafRef']);
    const set = await ask('PATCH', fields, { Author0LookupId: Number(ada) });
    expect(set.json).toMatchObject({ Author0: 'ada.txt', Author0LookupId: ada });
    await ask('PATCH', fields, { Author0LookupId: bob });
    await ask('PATCH', `${site}/lists/People/drive/root:/bob.txt`, { name: 'rob.txt' });
    expect((await ask('GET', fields)).json).toMatchObject({ Author0: 'rob.txt', Author0LookupId: bob });
    await ask('DELETE', `${site}/lists/People/drive/root:/rob.txt`);
    expect((await ask('GET', fields)).json).not.toHaveProperty('Author0');
    await ask('PATCH', fields, { Author0LookupId: null });
    expect((await ask('GET', fields)).json).not.toHaveProperty('Author0LookupId');
    expect(names(await ask('GET', `${site}/lists/Documents/columns`))).not.toContain('Author0LookupId');
  });

  it('holds several values where that is allowed', async () => {
    await addColumn({ listId: people.id, columnName: 'FileLeafRef', allowMultipleValues: true });
    const set = {
      'Author0LookupId@odata.type': 'Collection(Edm.Int32)',
      Author0LookupId: [ada, bob].map(Number),
    };
    expect((await ask('PATCH', fields, set)).json.Author0).toEqual([
      { LookupId: Number(ada), LookupValue: 'ada.txt' },
      { LookupId: Number(bob), LookupValue: 'bob.txt' },
    ]);
  });

  it('refuses lists elsewhere, unknown columns, values, and ids of other lists', async () => {
    for (const lookup of [
      {},
      { listId: 7 },
      { listId: '00000000-0000-4000-8000-000000000000' },
      { listId: people.id, columnName: 'None' },
      { listId: people.id, columnName: {} },
    ])
      expect([lookup, (await addColumn(lookup)).status]).toEqual([lookup, 400]);
    await addColumn({ listId: people.id, columnName: 'FileLeafRef' });
    const own = (await ask('GET', `${site}/lists/Documents/items`)).json.value[0].id;
    for (const body of [
      { Author0: 'ada.txt' },
      { Author0LookupId: own },
      { Author0LookupId: 'x' },
      { Author0LookupId: {} },
      { Author0LookupId: [Number(ada)] },
      { Author0LookupId: 1e300 },
      { Author0LookupId: -1 },
    ])
      expect([body, (await ask('PATCH', fields, body)).status]).toEqual([body, 400]);
    const column = `${site}/lists/Documents/columns/Author0`;
    expect((await ask('PATCH', column, { lookup: null, text: {} })).status).toBe(400);
    expect((await ask('PATCH', column, { lookup: { listId: 'other' } })).status).toBe(400);
    expect((await ask('PATCH', column, { displayName: 'Writer' })).json.displayName).toBe('Writer');
  });
});

describe('who may use what belongs to a site', () => {
  const reads = ['contentTypes', 'permissions', 'pages', 'analytics'];

  it('members write, visitors read, others and tokens of an application folder do neither', async () => {
    const statuses = async (token: string) =>
      Promise.all(reads.map(async (path) => (await ask('GET', `${site}/${path}`, undefined, token)).status));
    expect(await statuses(visitor)).toEqual([200, 200, 200, 200]);
    expect(await statuses(outsider)).toEqual([403, 403, 403, 403]);
    expect(await statuses(confined)).toEqual([403, 403, 403, 403]);
    const application = onedrive.token({ application: 'daemon' });
    expect(await statuses(application)).toEqual([200, 200, 200, 200]);
    for (const token of [visitor, outsider, confined]) {
      expect((await ask('POST', `${site}/pages`, { name: 'x.aspx' }, token)).status).toBe(403);
      expect((await ask('POST', `${site}/contentTypes`, { name: 'X' }, token)).status).toBe(403);
    }
    const readOnly = onedrive.token({ scopes: ['Sites.Read.All'] });
    expect((await ask('POST', `${site}/pages`, { name: 'x.aspx' }, readOnly)).status).toBe(403);
  });

  it('works in a batch, and under faults', async () => {
    const requests = [
      ...reads.map((path, at) => ({ id: String(at), method: 'GET', url: `${site}/${path}` })),
      {
        id: 'new',
        method: 'POST',
        url: `${site}/pages`,
        headers: { 'Content-Type': 'application/json' },
        body: { name: 'x.aspx' },
      },
    ];
    const { responses } = (await ask('POST', '/$batch', { requests })).json;
    const statuses = responses.map((one: { id: string; status: number }) => [one.id, one.status]);
    expect(Object.fromEntries(statuses)).toEqual({ 0: 200, 1: 200, 2: 200, 3: 200, new: 201 });
    onedrive.control.faults.set({
      rules: [{ match: { path: '/v1.0/sites/*' }, fault: { kind: 'status', status: 503 } }],
    });
    expect((await ask('GET', `${site}/pages`)).status).toBe(503);
  });
});
