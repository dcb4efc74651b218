/** Counts of lists, and profile photos, which do not exist. */
import { beforeEach, expect, it } from 'vitest';
import { startTester, type Tester } from './world.ts';

let onedrive: Tester;
const get = async (path: string) => onedrive.ask('GET', path);

beforeEach(async () => {
  onedrive = await startTester({
    kind: 'business',
    accounts: [{ userPrincipalName: 'alex@contoso.com' }, { userPrincipalName: 'megan@contoso.com' }],
    sites: [{ path: 'sites/team', group: 'team@contoso.com', libraries: [{ name: 'A' }, { name: 'B' }] }],
    seed: { 'a.txt': 'a', 'b.txt': 'b', F: { folder: { 'c.txt': 'c' } } },
  });
});

it.each([
  ['/me/drive/root/children/$count', '3'],
  ['/me/drive/root:/F:/children/$count', '1'],
  ['/me/drive/root:/a.txt:/versions/$count', '1'],
  ['/users/$count', '2'],
  ["/users/$count?$filter=startswith(mail,'m')", '1'],
  ['/sites/root:/sites/team:/drives/$count', '2'],
  ['/groups/$count', '1'],
])('%s is a number in plain text', async (path, number) => {
  const { status, text, headers } = await get(path);
  expect([status, text, headers.get('content-type')]).toEqual([200, number, 'text/plain']);
});

it('other lists have no count, and the count of children ignores filters', async () => {
  expect((await get('/me/drive/root/delta/$count')).status).toBe(400);
  expect((await get("/me/drive/root/children/$count?$filter=name eq 'a.txt'")).status).toBe(400);
  expect((await get('/me/drive/root:/none:/children/$count')).json.error.code).toBe('itemNotFound');
});

it('the photo of a user is missing, and that of an unknown user is a different error', async () => {
  for (const path of ['/me/photo/$value', '/users/megan@contoso.com/photo', '/me/photos/48x48/$value']) {
    const { status, json } = await get(path);
    expect([status, json.error.code], path).toEqual([404, 'ImageNotFound']);
  }
  expect((await get('/users/nobody/photo')).json.error.code).toBe('Request_ResourceNotFound');
});
