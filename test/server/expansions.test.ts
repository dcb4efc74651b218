/** `$expand` of drives, lists and sites; `$orderby` with several properties. */
import { beforeEach, expect, it } from 'vitest';
import { startTester, type Tester } from './world.ts';

let onedrive: Tester;
const get = async (path: string) => (await onedrive.ask('GET', path)).json;
const team = '/sites/root:/sites/team:';

beforeEach(async () => {
  onedrive = await startTester({
    kind: 'business',
    accounts: [{ userPrincipalName: 'alex@contoso.com' }],
    sites: [{ path: 'sites/team', libraries: [{ name: 'A', files: { 'x.txt': 'x' } }, { name: 'B' }] }],
    seed: { 'b.txt': 'bb', 'a.txt': 'aa', 'c.txt': 'c' },
  });
});

it('drives include their root and their list', async () => {
  const { value } = await get('/me/drives?$expand=root($select=name),list($select=displayName)&$select=id');
  expect(value).toEqual([
    {
      id: expect.any(String),
      root: { id: expect.any(String), name: 'root' },
      list: { id: expect.any(String), displayName: 'OneDrive' },
    },
  ]);
});

it('a site includes its drives and lists', async () => {
  const site = await get(
    `${team}?$expand=drive($select=name),drives($select=name),lists($select=displayName)`,
  );
  expect(site.drive.name).toBe('A');
  expect(site.drives.map(({ name }: { name: string }) => name)).toEqual(['A', 'B']);
  expect(site.lists[1]).toMatchObject({ displayName: 'B' });
});

it('lists include their drive and their columns, separately and together', async () => {
  const { value } = await get(`${team}/lists?$expand=drive($select=id),columns($select=name)&$select=id`);
  expect(value.map((one: { drive: { id: string } }) => one.drive.id)).toEqual(
    (await get(`${team}/drives`)).value.map(({ id }: { id: string }) => id),
  );
  expect(value[0].columns.length).toBeGreaterThan(0);
  expect((await get(`${team}/lists/B?$expand=drive`)).drive.name).toBe('B');
});

it.each([`${team}?$expand=mood`, `${team}/lists?$expand=mood`, `${team}/drives?$expand=mood`])(
  '%s is refused',
  async (path) => {
    expect((await get(path)).error).toMatchObject({ code: 'invalidRequest' });
  },
);

it('children are sorted by the first property', async () => {
  const names = async (order: string) =>
    (await get(`/me/drive/root/children?$orderby=${order}`)).value.map(({ name }: { name: string }) => name);
  expect(await names('name desc,size')).toEqual(['c.txt', 'b.txt', 'a.txt']);
  expect((await names('size,name'))[0]).toBe('c.txt');
  expect((await get('/me/drive/root/children?$orderby=name,a b c')).error.code).toBe('invalidRequest');
});

it('more properties of a user are returned on request', async () => {
  expect(Object.keys(await get('/me'))).not.toContain('userType');
  expect(await get('/me?$select=userType,accountEnabled')).toMatchObject({
    userType: 'Member',
    accountEnabled: true,
  });
});
