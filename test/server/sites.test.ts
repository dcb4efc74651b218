/** Sites, groups, libraries and list items, through the handler in memory. */
import { beforeAll, describe, expect, it } from 'vitest';
import { startTester, type Tester } from './world.ts';

let onedrive: Tester;
let megan: string;
let pradeep: string;

beforeAll(async () => {
  onedrive = await startTester({
    kind: 'business',
    accounts: [
      { userPrincipalName: 'alex@contoso.com' },
      { userPrincipalName: 'megan@contoso.com' },
      { userPrincipalName: 'pradeep@contoso.com' },
      { userPrincipalName: 'home@outlook.com', kind: 'personal' },
    ],
    sites: [
      {
        path: 'sites/team',
        displayName: 'Team',
        group: 'team@contoso.com',
        members: ['alex@contoso.com'],
        visitors: ['megan@contoso.com'],
        libraries: [{ files: { 'plan.txt': 'plan' } }, { name: 'Archive' }],
      },
    ],
  });
  megan = onedrive.token({ account: 'megan@contoso.com' });
  pradeep = onedrive.token({ account: 'pradeep@contoso.com' });
});

const get = async (path: string, token?: string) =>
  onedrive.ask('GET', path, token === undefined ? {} : { token });
const names = (list: { value: { name: string }[] }) => list.value.map(({ name }) => name);

describe('a site', () => {
  it('is found as the root, by host, by path and by id', async () => {
    const root = (await get('/sites/root')).json;
    const [host] = root.id.split(',');
    expect((await get(`/sites/${host}`)).json.id).toBe(root.id);
    const team = (await get(`/sites/${host}:/sites/team`)).json;
    expect(team).toMatchObject({ displayName: 'Team', webUrl: `https://${host}/sites/team` });
    for (const path of [
      `/sites/${team.id}`,
      `/sites/root:/sites/team`,
      `/sites/root/getByPath(path='/sites/team')`,
    ])
      expect((await get(path)).json.id).toBe(team.id);
    expect((await get(`/sites/${host}:/sites/none`)).status).toBe(404);
  });

  it('is found by the host in the addresses of its files', async () => {
    const api = 'http://127.0.0.1:8080/v1.0';
    const file = (await get(`${api}/sites/root:/sites/team:/drive/root:/plan.txt`)).json;
    const { host, hostname } = new URL(file.webUrl);
    for (const name of [host, hostname]) {
      expect((await get(`${api}/sites/${name}:/sites/team`)).json.displayName).toBe('Team');
      expect((await get(`${api}/sites/${name}:/sites/team:/drive/root:/plan.txt`)).json.id).toBe(file.id);
      expect((await get(`${api}/sites/${name}`)).json.root).toEqual({});
    }
  });

  it('is listed for those who may see it, and found by words', async () => {
    expect(names((await get('/sites?search=team')).json)).toEqual(['team']);
    expect(names((await get('/sites?search=nothing')).json)).toEqual([]);
    expect((await get('/sites/getAllSites()')).json.value).toHaveLength(2);
    expect((await get('/sites?search=*', pradeep)).json.value).toHaveLength(1);
    expect((await get('/sites/root:/sites/team', pradeep)).status).toBe(403);
  });

  it('has a group, to which its members belong and its visitors do not', async () => {
    const mine = (await get('/me/memberOf/microsoft.graph.group?$select=displayName')).json.value;
    expect(mine).toEqual([{ id: expect.any(String), displayName: 'Team' }]);
    expect((await get(`/groups/${mine[0].id}/drive`)).json.name).toBe('Documents');
    const all = (await get('/users/alex@contoso.com/memberOf', megan)).json.value;
    expect(all).toMatchObject([{ '@odata.type': '#microsoft.graph.group', mail: 'team@contoso.com' }]);
    expect((await get('/me/memberOf', megan)).json.value).toEqual([]);
    const home = onedrive.token({ account: 'home@outlook.com' });
    expect((await get('/me/memberOf', home)).status).toBe(403);
  });

  it('does not exist for personal accounts', async () => {
    expect((await get('/sites/root', onedrive.token({ account: 'home@outlook.com' }))).status).toBe(403);
  });

  it('has one drive per library, and the first is the default', async () => {
    expect(names((await get('/sites/root:/sites/team:/drives')).json)).toEqual(['Documents', 'Archive']);
    const drive = (await get('/sites/root:/sites/team:/drive')).json;
    expect(drive).toMatchObject({ driveType: 'documentLibrary', owner: { group: { displayName: 'Team' } } });
    expect(names((await get('/sites/root:/sites/team:/drive/root/children')).json)).toEqual(['plan.txt']);
    const group = drive.owner.group.id;
    expect((await get(`/groups/${group}/drive`)).json.id).toBe(drive.id);
    expect((await get(`/groups/${group}/drives`)).json.value).toHaveLength(2);
    expect((await get('/groups/none/drive')).status).toBe(404);
  });
});

describe('a document library', () => {
  it('can be written by members and read by visitors, and by no one else', async () => {
    const { id } = (await get('/sites/root:/sites/team:/drive')).json;
    const path = `/drives/${id}/root:/new.txt:/content`;
    expect((await onedrive.ask('PUT', path, { body: 'x' })).status).toBe(201);
    expect((await get(`/drives/${id}/root:/new.txt`, megan)).status).toBe(200);
    expect((await onedrive.ask('PUT', path, { token: megan, body: 'y' })).status).toBe(403);
    expect((await get(`/drives/${id}/root:/new.txt`, pradeep)).status).toBe(403);
  });

  it('accepts copies from other drives, but no moves', async () => {
    const { json: target } = await get('/sites/root:/sites/team:/drive/root');
    const { json: file } = await onedrive.ask('PUT', '/me/drive/root:/mine.txt:/content', { body: 'mine' });
    const parentReference = { driveId: target.parentReference.driveId, id: target.id };
    const moved = await onedrive.ask('PATCH', `/me/drive/items/${file.id}`, { body: { parentReference } });
    expect([moved.status, moved.json.error.code]).toEqual([400, 'notSupported']);
    const copied = await onedrive.ask('POST', `/me/drive/items/${file.id}/copy`, {
      body: { parentReference },
    });
    expect(copied.status).toBe(202);
    expect((await get('/sites/root:/sites/team:/drive/root:/mine.txt')).json.size).toBe(4);
    const theirs = await onedrive.ask('PUT', '/me/drive/root:/theirs.txt:/content', {
      token: megan,
      body: 'x',
    });
    const refused = await onedrive.ask('POST', `/me/drive/items/${theirs.json.id}/copy`, {
      token: megan,
      body: { parentReference },
    });
    expect([refused.status, refused.json.error.code]).toEqual([403, 'accessDenied']);
  });

  it('is a list whose items have columns', async () => {
    const { json: lists } = await get('/sites/root:/sites/team:/lists');
    expect(names(lists)).toEqual(['Documents', 'Archive']);
    const [{ id: list }] = lists.value;
    expect((await get(`/sites/root:/sites/team:/lists/${list}`)).json.list.template).toBe('documentLibrary');
    const { json: item } = await get(`/sites/root:/sites/team:/lists/${list}/drive/root:/plan.txt`);
    const { json: row } = await get(
      `/drives/${item.parentReference.driveId}/items/${item.id}/listItem?$expand=fields`,
    );
    expect(row).toMatchObject({ contentType: { name: 'Document' }, fields: { FileLeafRef: 'plan.txt' } });
    expect(row.sharepointIds.listId).toBe(list);
    const path = `/sites/root:/sites/team:/lists/${list}/items/${row.id}`;
    expect((await get(`${path}/driveItem`)).json.id).toBe(item.id);
    const set = await onedrive.ask('PATCH', `${path}/fields`, { body: { Title: 'The plan' } });
    expect([set.status, set.json.Title]).toEqual([200, 'The plan']);
    expect((await get(`${path}/fields`)).json.Title).toBe('The plan');
    const fixed = await onedrive.ask('PATCH', `${path}/fields`, { body: { Created: 'now' } });
    expect(fixed.json.error.innerError.code).toBe('propertyNotUpdateable');
  });

  it('returns the SharePoint ids of an item', async () => {
    const { json } = await get('/sites/root:/sites/team:/drive/root:/plan.txt?$select=id,sharepointIds');
    expect(json.sharepointIds.listItemUniqueId).toMatch(/^[\da-f-]{36}$/);
  });
});
