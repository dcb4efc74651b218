/** Users and groups of the business directory, and references to them, through the handler in memory. */
import { beforeEach, describe, expect, it } from 'vitest';
import { startTester, type Tester } from './world.ts';

let onedrive: Tester;
const get = async (path: string, account?: string) =>
  onedrive.ask('GET', path, account === undefined ? {} : { token: onedrive.token({ account }) });
const told = (answer: { json: { value: Record<string, string>[] } }, name: string) =>
  answer.json.value.map((one) => one[name]);

beforeEach(async () => {
  onedrive = await startTester({
    kind: 'business',
    accounts: [
      { userPrincipalName: 'alex@contoso.com', drive: { files: { 'a.txt': 'a' } } },
      { userPrincipalName: 'megan@contoso.com' },
      { userPrincipalName: 'guest@outlook.com', kind: 'personal', drive: { files: { 'p.txt': 'p' } } },
    ],
    sites: [
      { path: 'sites/team', group: 'team@contoso.com' },
      { path: 'sites/closed', group: 'closed@contoso.com', members: ['megan@contoso.com'] },
    ],
  });
});

it('the members of a group are its owners; unknown users and unknown files give different errors', async () => {
  const groups = await get('/groups?$select=mail');
  const group = groups.json.value.find((one: { mail: string }) => one.mail === 'team@contoso.com');
  const owners = await get(`/groups/${group.id}/owners?$select=userPrincipalName`);
  expect(told(owners, 'userPrincipalName')).toEqual(['alex@contoso.com', 'megan@contoso.com']);
  for (const path of [
    '/users/nobody@contoso.com',
    '/groups/nobody',
    '/users/nobody/drive',
    '/groups/no/drive',
  ])
    expect((await get(path)).json.error.code, path).toBe('Request_ResourceNotFound');
});

describe('people', () => {
  it('of a directory are listed in pages to its members', async () => {
    const first = await get('/users?$top=1&$select=userPrincipalName');
    expect(told(first, 'userPrincipalName')).toEqual(['alex@contoso.com']);
    const second = await get(first.json['@odata.nextLink']);
    expect(told(second, 'userPrincipalName')).toEqual(['megan@contoso.com']);
    expect(second.json['@odata.nextLink']).toBeUndefined();
    expect((await get('/users', 'guest@outlook.com')).json.error.code).toBe('Authorization_RequestDenied');
    expect((await get('/users?$skiptoken=x')).status).toBe(400);
  });

  it('are filtered, and counted', async () => {
    const some = await get("/users?$filter=startswith(userPrincipalName,'MEG')&$count=true");
    expect([told(some, 'mail'), some.json['@odata.count']]).toEqual([['megan@contoso.com'], 1]);
  });
});

describe('users and groups', () => {
  it('are found by the beginning of a word, and sorted', async () => {
    expect(told(await get('/users?$search="displayName:meg"'), 'displayName')).toEqual(['Megan']);
    const either = await get('/users?$search="displayName:alex" OR "mail:megan"&$orderby=displayName desc');
    expect(told(either, 'displayName')).toEqual(['Megan', 'Alex']);
    expect(told(await get('/users?$search="displayName:alex" AND "mail:megan"'), 'id')).toEqual([]);
    expect((await get('/users?$search=meg')).status).toBe(400);
    const unified = await get("/groups?$filter=groupTypes/any(t:t eq 'Unified')");
    expect(told(unified, 'mail')).toEqual(['team@contoso.com']);
  });

  it('refer to each other', async () => {
    const [closed] = (await get("/groups?$filter=mail eq 'closed@contoso.com'", 'megan@contoso.com')).json
      .value;
    const inside = await get(`/groups/${closed.id}/members`, 'megan@contoso.com');
    expect(told(inside, 'userPrincipalName')).toEqual(['megan@contoso.com']);
    expect((await get(`/groups/${closed.id}/members`)).status).toBe(403);
    expect(told(await get('/me/memberOf'), 'mail')).toEqual(['team@contoso.com']);
    expect(told(await get('/me/transitiveMemberOf', 'megan@contoso.com'), 'mail')).toHaveLength(2);
    expect((await get('/users/megan@contoso.com/memberOf')).json.value).toMatchObject([
      { '@odata.type': '#microsoft.graph.group', mail: 'team@contoso.com' },
    ]);
  });
});

describe('groups', () => {
  it('are listed if the caller may see their site', async () => {
    expect(told(await get('/groups'), 'mail')).toEqual(['team@contoso.com']);
    const seen = await get('/groups', 'megan@contoso.com');
    expect(told(seen, 'visibility').sort()).toEqual(['Private', 'Public']);
  });

  it('are found by their id, like their drive', async () => {
    const [group] = (await get('/groups')).json.value;
    expect((await get(`/groups/${group.id}`)).json).toMatchObject(group);
    expect((await get(`/groups/${group.id}/drive`)).json.owner.group.id).toBe(group.id);
    const [closed] = (await get("/groups?$filter=mail eq 'closed@contoso.com'", 'megan@contoso.com')).json
      .value;
    expect((await get(`/groups/${closed.id}`)).status).toBe(403);
  });
});

describe('the author of an item', () => {
  it('and who changed it last are user objects; the system is not one', async () => {
    for (const by of ['createdByUser', 'lastModifiedByUser'])
      expect((await get(`/me/drive/root:/a.txt:/${by}`)).json.userPrincipalName).toBe('alex@contoso.com');
    expect((await get('/me/drive/root/createdByUser')).status).toBe(404);
    const own = await get('/me/drive/root:/p.txt:/createdByUser', 'guest@outlook.com');
    expect(own.json.displayName).toBe('Guest');
  });
});

describe('a drive', () => {
  it('includes its root and its list', async () => {
    const { json } = await get('/me/drive?$select=id&$expand=root($select=name),list($select=name)');
    expect(json).toMatchObject({ root: { name: 'root' }, list: { name: 'OneDrive' } });
    expect(Object.keys(json).sort()).toEqual(['@odata.context', 'id', 'list', 'root']);
    expect((await get('/me/drive?$expand=list', 'guest@outlook.com')).status).toBe(400);
  });

  it('lists its items only with a filter, in pages', async () => {
    for (const name of ['b.txt', 'c.txt'])
      await onedrive.ask('PUT', `/me/drive/root:/d/${name}:/content`, { body: 'x' });
    const refused = await get('/me/drive/items');
    expect(refused.json.error.message).toBe("The 'filter' query option must be provided.");
    const first = await get('/me/drive/items?$filter=file ne null and size eq 1&$top=2&$select=name');
    const second = await get(first.json['@odata.nextLink']);
    expect([...told(first, 'name'), ...told(second, 'name')]).toEqual(['a.txt', 'b.txt', 'c.txt']);
    expect(second.json['@odata.nextLink']).toBeUndefined();
  });
});

it('words of an address are case-insensitive, names keep their case', async () => {
  expect((await get('/Me/Drive')).json.driveType).toBe('business');
  expect((await get('https://graph.example/V1.0/Users/alex@contoso.com')).json.displayName).toBe('Alex');
  await onedrive.ask('PUT', '/me/drive/root:/Content:/content', { body: 'x' });
  expect((await get('/me/drive/Root/Children/Content')).json.name).toBe('Content');
});
