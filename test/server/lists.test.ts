/** Libraries as lists, subsites and followed sites, through the handler in memory. */
import { beforeEach, describe, expect, it } from 'vitest';
import { startTester, type Tester } from './world.ts';

let onedrive: Tester;
let megan: string;
const list = '/sites/root:/sites/team:/lists/Documents';
const get = async (path: string, token?: string) =>
  onedrive.ask('GET', path, token === undefined ? {} : { token });
const names = (answer: { value: { name: string }[] }) => answer.value.map(({ name }) => name);

beforeEach(async () => {
  onedrive = await startTester({
    kind: 'business',
    accounts: [{ userPrincipalName: 'alex@contoso.com' }, { userPrincipalName: 'megan@contoso.com' }],
    sites: [
      {
        path: 'sites/team',
        members: ['alex@contoso.com'],
        libraries: [{ files: { 'a.txt': 'a', Docs: { folder: { 'b.txt': 'b' } } } }],
      },
      { path: 'sites/team/sub', displayName: 'Below' },
    ],
  });
  megan = onedrive.token({ account: 'megan@contoso.com' });
});

describe('a library as a list', () => {
  it('has a list item for every file and folder at any depth, in pages', async () => {
    const { value } = (await get(`${list}/items?$expand=fields($select=FileLeafRef)`)).json;
    expect(value.map(({ fields }: { fields: { FileLeafRef: string } }) => fields.FileLeafRef)).toEqual([
      'a.txt',
      'Docs',
      'b.txt',
    ]);
    expect(Object.keys(value[0].fields).sort()).toEqual(['FileLeafRef', 'id']);
    const first = (await get(`${list}/items?$top=2`)).json;
    const second = (await get(first['@odata.nextLink'])).json;
    expect([first.value.length, second.value.length, second['@odata.nextLink']]).toEqual([2, 1, undefined]);
  });

  it('returns the site of each list item', async () => {
    const { value } = (await get(`${list}/items?$top=1`)).json;
    expect(value[0].sharepointIds.siteUrl).toBe('https://contoso.sharepoint.com/sites/team');
    expect((await get(list)).json.sharepointIds.siteUrl).toBe('https://contoso.sharepoint.com/sites/team');
    await onedrive.ask('PUT', '/me/drive/root:/a.txt:/content', { body: 'a' });
    const { sharepointIds } = (await get('/me/drive/root:/a.txt?$select=sharepointIds')).json;
    expect(sharepointIds.siteUrl).toMatch(/^https:\/\/contoso-my\.sharepoint\.com\/personal\/[\w-]+$/);
  });

  it('includes the file of each list item on request', async () => {
    const { value } = (await get(`${list}/items?$expand=driveItem($select=name,size)`)).json;
    expect(value[0].driveItem).toMatchObject({ name: 'a.txt', size: 1 });
    expect(Object.keys(value[0].driveItem).sort()).toEqual(['id', 'name', 'size']);
  });

  it('returns changes as list items, with their columns, in pages, and deletions', async () => {
    const first = (await get(`${list}/items/delta?$expand=fields($select=FileLeafRef)&$top=3`)).json;
    const second = (await get(first['@odata.nextLink'])).json;
    const rows = [...first.value, ...second.value];
    expect(rows.map(({ fields }) => fields.FileLeafRef).sort()).toEqual(['Docs', 'a.txt', 'b.txt']);
    const link = second['@odata.deltaLink'];
    expect(link).toContain('/lists/');
    expect((await get(link)).json.value).toEqual([]);
    await onedrive.ask('DELETE', '/sites/root:/sites/team:/drive/root:/a.txt');
    const { value } = (await get(link)).json;
    const gone = rows.find(({ fields }) => fields.FileLeafRef === 'a.txt');
    expect(value).toEqual([expect.objectContaining({ id: gone.id, deleted: { state: 'deleted' } })]);
    expect((await get(`${list}/items/delta(token='latest')`)).json.value).toEqual([]);
  });

  it('is created in a site, with a writable drive', async () => {
    const lists = '/sites/root:/sites/team:/lists';
    const body = {
      displayName: 'Books',
      columns: [{ name: 'Pages', number: {} }],
      list: { template: 'documentLibrary' },
    };
    const made = await onedrive.ask('POST', lists, { body });
    expect([made.status, made.json.list.template]).toEqual([201, 'documentLibrary']);
    expect((await onedrive.ask('POST', lists, { body })).json.error.code).toBe('nameAlreadyExists');
    const put = await onedrive.ask('PUT', `${lists}/Books/drive/root:/a.txt:/content`, { body: 'a' });
    expect([put.status, put.json.parentReference.driveType]).toEqual([201, 'documentLibrary']);
    expect(names((await get('/sites/root:/sites/team:/drives')).json)).toEqual(['Documents', 'Books']);
    expect((await get(`${lists}/${made.json.id}/columns/Pages`)).json.number).toEqual({});
    const other = { ...body, displayName: 'Tasks', list: { template: 'genericList' } };
    expect((await onedrive.ask('POST', lists, { body: other })).status).toBe(501);
    expect((await onedrive.ask('POST', lists, { body, token: megan })).status).toBe(403);
  });

  it('accepts new columns, and only these can be deleted', async () => {
    const columns = `${list}/columns`;
    const made = await onedrive.ask('POST', columns, { body: { name: 'Cost', currency: {} } });
    expect([made.status, made.json.displayName, made.json.currency]).toEqual([201, 'Cost', {}]);
    const again = await onedrive.ask('POST', columns, { body: { name: 'Cost', text: {} } });
    expect(again.json.error.code).toBe('nameAlreadyExists');
    for (const body of [{ name: 'x' }, { text: {} }, { name: 'x', text: {}, number: {} }])
      expect((await onedrive.ask('POST', columns, { body })).status).toBe(400);
    const change = (name: string, body: object) => onedrive.ask('PATCH', `${columns}/${name}`, { body });
    const changed = await change('Cost', { displayName: 'Price', currency: { locale: 'en-us' } });
    expect(changed.json).toMatchObject({ displayName: 'Price', currency: { locale: 'en-us' } });
    expect((await get(`${columns}/Cost`)).json.displayName).toBe('Price');
    for (const body of [{ name: 'Other' }, { text: {} }, { displayName: 3 }])
      expect((await change('Cost', body)).status).toBe(400);
    expect((await change('Title', { displayName: 'x' })).status).toBe(400);
    expect((await onedrive.ask('DELETE', `${columns}/Title`)).status).toBe(400);
    expect((await onedrive.ask('DELETE', `${columns}/${made.json.id}`)).status).toBe(204);
    expect((await get(`${columns}/Cost`)).status).toBe(404);
  });

  it('filters its items by their columns, in pages', async () => {
    const filter = "$filter=fields/ContentType eq 'Document'&$expand=fields";
    const first = (await get(`${list}/items?${filter}&$top=1`)).json;
    const second = (await get(first['@odata.nextLink'])).json;
    const leaves = [first, second].map(({ value }) => value[0].fields.FileLeafRef);
    expect([leaves, second['@odata.nextLink']]).toEqual([['a.txt', 'b.txt'], undefined]);
  });

  it('has the built-in columns, and those that were set', async () => {
    const [row] = (await get(`${list}/items`)).json.value;
    const patch = { body: { fields: { Color: 'Red', Weight: 3 } } };
    const changed = await onedrive.ask('PATCH', `${list}/items/${row.id}`, patch);
    expect([changed.status, changed.json.fields.Color]).toEqual([200, 'Red']);
    const columns = (await get(`${list}/columns`)).json.value;
    expect(columns.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['Title', 'FileLeafRef', 'Color', 'Weight']),
    );
    expect((await get(`${list}/columns/Weight`)).json.number).toEqual({});
    expect((await get(`${list}/columns/None`)).status).toBe(404);
    expect((await get(`${list}/columns?$top=2`)).json.value.length).toBe(2);
    expect(names((await get(`${list}/contentTypes`)).json)).toEqual(['Document', 'Folder']);
    const whole = (await get(`${list}?$expand=columns,items($expand=fields)`)).json;
    expect([whole.columns.length, whole.items[0].fields.Weight]).toEqual([columns.length, 3]);
  });

  it('is visible to those who may see the site, and accepts no items without files', async () => {
    expect((await get(`${list}/items`, megan)).status).toBe(403);
    expect((await get(`${list}/columns`, megan)).status).toBe(403);
    const post = await onedrive.ask('POST', `${list}/items`, { body: { fields: { Title: 'x' } } });
    expect(post.status).toBe(400);
  });

  it('keeps versions of its items, which can be restored', async () => {
    const [row] = (await get(`${list}/items`)).json.value;
    await onedrive.ask('PUT', '/sites/root:/sites/team:/drive/root:/a.txt:/content', { body: 'two' });
    const path = `${list}/items/${row.id}/versions`;
    const ids = async () => (await get(path)).json.value.map(({ id }: { id: string }) => id);
    expect(await ids()).toEqual(['2.0', '1.0']);
    expect((await get(`${path}/2.0?$expand=fields`)).json.fields.FileLeafRef).toBe('a.txt');
    expect((await onedrive.ask('POST', `${path}/1.0/restoreVersion`)).status).toBe(204);
    expect(await ids()).toEqual(['3.0', '2.0', '1.0']);
  });
});

describe('sites', () => {
  it('below another site are its subsites, in the same site collection', async () => {
    const team = (await get('/sites/root:/sites/team')).json;
    const [sub, ...more] = (await get(`/sites/${team.id}/sites`)).json.value;
    expect([sub.displayName, more]).toEqual(['Below', []]);
    expect(sub.id.split(',')[1]).toBe(team.id.split(',')[1]);
    expect(sub.siteCollection).toBeUndefined();
  });

  it('can be filtered, and listed as a delta', async () => {
    expect(names((await get('/sites?$filter=siteCollection/root ne null')).json)).toEqual(['']);
    expect((await get('/sites?$filter=nonsense')).status).toBe(400);
    const delta = (await get('/sites/delta')).json;
    expect(delta.value).toHaveLength(3);
    expect((await get(delta['@odata.deltaLink'])).json.value).toEqual([]);
    expect((await get('/sites/delta', megan)).json.value).toHaveLength(2);
  });

  it('can be followed and unfollowed by those who may see them', async () => {
    const { id } = (await get('/sites/root:/sites/team')).json;
    const add = (token?: string) =>
      onedrive.ask('POST', '/me/followedSites/add', {
        body: { value: [{ id }] },
        ...(token === undefined ? {} : { token }),
      });
    expect((await add()).json.value[0].sharepointIds.siteUrl).toContain('/sites/team');
    expect((await get('/users/alex@contoso.com/followedSites')).json.value).toHaveLength(1);
    expect((await get('/users/alex@contoso.com/followedSites', megan)).status).toBe(403);
    const refused = await add(megan);
    expect([refused.status, refused.json.value[0].error.code]).toEqual([207, 'invalidRequest']);
    const left = await onedrive.ask('POST', '/me/followedSites/remove', { body: { value: [{ id }] } });
    expect(left.status).toBe(204);
    expect((await get('/me/followedSites')).json.value).toEqual([]);
  });
});

describe('results of a search', () => {
  it('can be filtered on personal drives only', async () => {
    const personal = await startTester({ seed: { 'trip.jpg': 'x', 'trip.txt': 'x', trips: { folder: {} } } });
    const search = (on: Tester, filter: string) =>
      on.ask('GET', `/me/drive/root/search(q='trip')?filter=${encodeURIComponent(filter)}`);
    expect(names((await search(personal, 'image ne null and file ne null')).json)).toEqual(['trip.jpg']);
    expect(names((await search(personal, "folder ne null or name eq 'trip.txt'")).json)).toEqual([
      'trip.txt',
      'trips',
    ]);
    expect((await search(onedrive, 'file ne null')).status).toBe(400);
    expect((await personal.ask('GET', '/me/drive/recent?$filter=file ne null')).status).toBe(400);
  });
});
