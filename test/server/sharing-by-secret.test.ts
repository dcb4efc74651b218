/** Links with a password or without an account, the application's folder, and search on all drives. */
import { beforeEach, describe, expect, it } from 'vitest';
import { startTester, type Tester } from './world.ts';

let onedrive: Tester;
let megan: string;

const start = async (kind: 'personal' | 'business') => {
  onedrive = await startTester({
    kind,
    accounts: [
      { userPrincipalName: 'alex@contoso.com', drive: { files: { Docs: { folder: { 'a.txt': 'hello' } } } } },
      { userPrincipalName: 'megan@contoso.com', drive: { files: { 'plan a.docx': 'x', 'plan b.pdf': 'x' } } },
    ],
    ...(kind === 'business' ? { sites: [{ libraries: [{ files: { 'plan c.docx': 'c' } }] }] } : {}),
  });
  megan = onedrive.token({ account: 'megan@contoso.com' });
};
const link = async (body: object) =>
  (await onedrive.ask('POST', '/me/drive/root:/Docs:/createLink', { body })).json.shareId as string;

describe('a link with a password', () => {
  it('can be used after the password was sent', async () => {
    await start('personal');
    const share = await link({ type: 'view', password: 'geheim' });
    const ask = (method: string, path: string, body?: object) =>
      onedrive.ask(method, `/shares/${share}/driveItem${path}`, { token: megan, ...(body && { body }) });
    expect((await ask('GET', '')).json.error.innerError.code).toBe('passwordRequired');
    const wrong = await ask('POST', '/validatePermission', { password: 'falsch' });
    expect([wrong.status, wrong.json.error.innerError.code]).toEqual([403, 'invalidPassword']);
    expect((await ask('GET', '')).status).toBe(403);
    expect((await ask('POST', '/validatePermission', { password: 'geheim' })).status).toBe(204);
    expect((await ask('GET', '/children')).json.value[0].name).toBe('a.txt');
  });
});

describe('an anonymous link of a personal drive', () => {
  it('allows anyone to write below the item if it is for editing, and to read if it is for viewing', async () => {
    await start('personal');
    const edit = await link({ type: 'edit' });
    const view = await link({ type: 'view' });
    const put = (share: string, name: string) =>
      onedrive.ask('PUT', `/shares/${share}/driveItem:/${name}:/content`, { anonymous: true, body: 'new' });
    const made = await put(edit, 'b.txt');
    expect([made.status, made.json.createdBy.user.displayName]).toEqual([201, 'Anonymous']);
    expect((await put(view, 'c.txt')).status).toBe(401);
    const listed = await onedrive.ask('GET', `/shares/${view}/driveItem/children`, { anonymous: true });
    expect(listed.json.value).toHaveLength(2);
    const session = await onedrive.ask('POST', `/shares/${edit}/driveItem:/d.bin:/createUploadSession`, {
      anonymous: true,
    });
    const last = await onedrive.ask('PUT', session.json.uploadUrl, {
      anonymous: true,
      headers: { 'content-range': 'bytes 0-3/4', 'content-length': '4' },
      body: 'abcd',
    });
    expect([last.status, last.json.name]).toEqual([201, 'd.bin']);
    expect(
      (await onedrive.ask('PUT', '/me/drive/root:/x:/content', { anonymous: true, body: 'x' })).status,
    ).toBe(401);
  });
});

describe('an application with a scope for its own folder', () => {
  it('can access that folder and nothing else', async () => {
    await start('personal');
    const token = onedrive.token({ scopes: ['Files.ReadWrite.AppFolder'] });
    const ask = async (method: string, path: string, body?: object | string) =>
      (await onedrive.ask(method, path, { token, ...(body === undefined ? {} : { body }) })).status;
    expect(await ask('GET', '/me/drive/root/children')).toBe(403);
    expect(await ask('GET', '/me/drive/root:/Docs/a.txt')).toBe(403);
    expect(await ask('PUT', '/me/drive/root:/x.txt:/content', 'x')).toBe(403);
    expect(await ask('GET', '/me/drive/special/approot')).toBe(200);
    expect(await ask('PUT', '/me/drive/special/approot:/x.txt:/content', 'x')).toBe(201);
    expect(await ask('GET', '/me/drive/special/approot/children')).toBe(200);
    const root = (await onedrive.ask('GET', '/me/drive/root')).json.id;
    const out = { parentReference: { id: root } };
    expect(await ask('PATCH', '/me/drive/special/approot:/x.txt:', out)).toBe(403);
    expect(await ask('POST', '/me/drive/special/approot:/x.txt:/copy', out)).toBe(403);
    expect(await ask('GET', '/me/drive')).toBe(200);
    expect(await ask('GET', '/me/drive/recent')).toBe(403);
    expect((await onedrive.ask('POST', '/search/query', { token, body: {} })).status).toBe(403);
  });
});

describe('search on all drives', () => {
  const search = (queryString: string, entityTypes = ['driveItem'], more: object = {}) =>
    onedrive.ask('POST', '/search/query', {
      token: megan,
      body: { requests: [{ entityTypes, query: { queryString }, ...more }] },
    });
  const names = async (answer: ReturnType<typeof search>) =>
    (await answer).json.value[0].hitsContainers[0].hits
      .map(({ resource }: { resource: { name: string } }) => resource.name)
      .sort();

  beforeEach(() => start('business'));

  it('finds items that the caller may read, on any drive', async () => {
    expect(await names(search('plan'))).toEqual(['plan a.docx', 'plan b.pdf', 'plan c.docx']);
    expect(await names(search('plan filetype:docx'))).toEqual(['plan a.docx', 'plan c.docx']);
    expect(await names(search('a.txt'))).toEqual([]);
    await onedrive.ask('POST', '/me/drive/root:/Docs:/invite', {
      body: { recipients: [{ email: 'megan@contoso.com' }], roles: ['read'], requireSignIn: true },
    });
    expect(await names(search('a.txt'))).toEqual(['a.txt']);
  });

  it('returns pages, and also list items and sites', async () => {
    const { hits, total, moreResultsAvailable } = (await search('plan', ['driveItem'], { size: 1, from: 1 }))
      .json.value[0].hitsContainers[0];
    expect([hits.length, hits[0].rank, total, moreResultsAvailable]).toEqual([1, 2, 3, true]);
    expect(hits[0].resource['@odata.type']).toBe('#microsoft.graph.driveItem');
    expect(hits[0].resource.file.hashes).toBeUndefined();
    const rows = (await search('plan', ['listItem'])).json.value[0].hitsContainers[0];
    expect(rows.hits[0].resource.contentType.name).toBe('Document');
    expect((await search('site', ['site'])).json.value[0].hitsContainers[0].total).toBe(1);
    expect((await search('x', ['message'])).status).toBe(400);
  });
});

describe('OData metadata', () => {
  it('is omitted on request, except for links', async () => {
    await start('business');
    const headers = { accept: 'application/json;odata.metadata=none' };
    const plain = await onedrive.ask('GET', '/me/drive/root/delta?$top=1', { headers });
    expect(plain.headers.get('content-type')).toContain('odata.metadata=none');
    expect(Object.keys(plain.json).sort()).toEqual(['@odata.nextLink', 'value']);
  });
});

describe('an upload session that must not replace', () => {
  it('is refused while another session has the name', async () => {
    await start('personal');
    const create = (behavior: string, name = 'big.bin') =>
      onedrive.ask('POST', `/me/drive/root:/${name}:/createUploadSession`, {
        body: { item: { '@microsoft.graph.conflictBehavior': behavior } },
      });
    const first = await create('fail');
    const second = await create('fail', 'BIG.bin');
    expect([second.status, second.json.error.code]).toEqual([409, 'nameAlreadyExists']);
    expect((await create('replace')).status).toBe(200);
    await onedrive.ask('DELETE', first.json.uploadUrl, { anonymous: true });
    expect((await create('fail', 'other.bin')).status).toBe(200);
  });
});
