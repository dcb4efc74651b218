/** Shortcuts to other users' folders, through the handler in memory. */
import { beforeEach, describe, expect, it } from 'vitest';
import { startTester, type Tester } from './world.ts';

const alex = 'alex@outlook.com';
const megan = 'megan@outlook.com';
const asked = { Prefer: 'Include-Feature=AddToOneDrive' };

let onedrive: Tester;
let meganToken: string;
let alexDrive: string;
let docs: string;

const add = (body: object, path = '/me/drive/root') =>
  onedrive.ask('POST', `${path}/children`, { token: meganToken, body });
const shared = () => ({ remoteItem: { id: docs, parentReference: { driveId: alexDrive } } });
const get = (path: string, headers: Record<string, string> = {}) =>
  onedrive.ask('GET', path, { token: meganToken, headers });

describe.each(['personal', 'business'] as const)('a shared folder added to a %s drive', (kind) => {
  beforeEach(async () => {
    onedrive = await startTester({
      kind,
      accounts: [
        {
          userPrincipalName: alex,
          drive: { files: { Docs: { folder: { 'a.txt': 'hello', Deep: { folder: {} } } } } },
        },
        { userPrincipalName: megan, drive: { files: { Own: { folder: {} }, 'b.txt': 'b' } } },
      ],
    });
    meganToken = onedrive.token({ account: megan });
    alexDrive = (await onedrive.ask('GET', '/me/drive')).json.id;
    docs = (await onedrive.ask('GET', '/me/drive/root:/Docs')).json.id;
    await onedrive.ask('POST', '/me/drive/root:/Docs:/invite', {
      body: { recipients: [{ email: megan }], roles: ['write'], requireSignIn: true, sendInvitation: false },
    });
  });

  it('is an item whose remoteItem is the folder on its own drive', async () => {
    const made = await add({ name: 'From Alex', ...shared() });
    expect([made.status, made.json.name, made.json.folder]).toEqual([201, 'From Alex', undefined]);
    const { remoteItem } = made.json;
    expect([remoteItem.id, remoteItem.name, remoteItem.folder.childCount]).toEqual([docs, 'Docs', 2]);
    expect(remoteItem.parentReference.driveId).toBe(alexDrive);
    const path = `/drives/${remoteItem.parentReference.driveId}/items/${remoteItem.id}/children`;
    expect((await get(path)).json.value).toHaveLength(2);
  });

  it('is listed, in children and delta, for clients that request shortcuts', async () => {
    const { id } = (await add({ name: 'From Alex', ...shared() })).json;
    const names = async (path: string, headers = {}) =>
      (await get(path, headers)).json.value.map(({ name }: { name: string }) => name);
    expect(await names('/me/drive/root/children')).toEqual(['Own', 'b.txt']);
    expect(await names('/me/drive/root/children', asked)).toEqual(['From Alex', 'Own', 'b.txt']);
    expect(await names('/me/drive/root/children?$top=1')).toEqual(['Own']);
    expect(await names('/me/drive/root/delta')).not.toContain('From Alex');
    const told = (await get('/me/drive/root/delta', asked)).json;
    expect(told.value.find((item: { id: string }) => item.id === id).remoteItem.id).toBe(docs);
    await onedrive.ask('PUT', `/drives/${alexDrive}/items/${docs}:/new.txt:/content`, { body: 'x' });
    expect((await get(told['@odata.deltaLink'], asked)).json.value).toEqual([]);
  });

  it('has no children of its own', async () => {
    const { id } = (await add({ name: 'From Alex', ...shared() })).json;
    expect((await get(`/me/drive/items/${id}/children`)).status).toBe(400);
    expect((await get(`/me/drive/items/${id}:/a.txt`)).status).toBe(404);
    expect((await add({ name: 'New', folder: {} }, `/me/drive/items/${id}`)).status).toBe(400);
    const copy = await onedrive.ask('POST', `/me/drive/items/${id}/copy`, {
      token: meganToken,
      body: { name: 'Copy' },
    });
    expect((await onedrive.ask('GET', copy.headers.get('location')!)).json.status).toBe('failed');
  });

  it('can be deleted without deleting the folder, and is inaccessible after the sharing ends', async () => {
    const { id } = (await add({ name: 'From Alex', ...shared() })).json;
    const { value } = (await onedrive.ask('GET', `/me/drive/items/${docs}/permissions`)).json;
    const permission = value.find(({ roles }: { roles: string[] }) => roles[0] === 'write').id;
    await onedrive.ask('DELETE', `/me/drive/items/${docs}/permissions/${permission}`);
    const { remoteItem } = (await get(`/me/drive/items/${id}`)).json;
    expect(remoteItem).toEqual({ id: docs, parentReference: { driveId: alexDrive } });
    const gone = await onedrive.ask('DELETE', `/me/drive/items/${id}`, { token: meganToken });
    expect(gone.status).toBe(204);
    expect((await onedrive.ask('GET', `/me/drive/items/${docs}`)).status).toBe(200);
  });

  it('requires a permission on the folder, the root as parent, a free name, and a folder of another drive', async () => {
    const elsewhere = (await onedrive.ask('PUT', '/me/drive/root:/x.txt:/content', { body: 'x' })).json.id;
    const remote = (id: string, driveId = alexDrive) => ({
      name: 'N',
      remoteItem: { id, parentReference: { driveId } },
    });
    const status = async (answer: Promise<{ status: number }>) => (await answer).status;
    expect(await status(add(remote(elsewhere)))).toBe(403);
    expect(await status(add(remote('none')))).toBe(404);
    const file = (await onedrive.ask('GET', '/me/drive/root:/Docs/a.txt')).json.id;
    expect(await status(add(remote(file)))).toBe(400);
    expect(await status(add({ name: 'N', remoteItem: { id: docs } }))).toBe(400);
    expect(await status(add({ name: 'N', ...shared() }, '/me/drive/root:/Own:'))).toBe(400);
    expect(await status(add({ name: 'Own', ...shared() }))).toBe(409);
    const renamed = await add({
      name: 'Own',
      '@microsoft.graph.conflictBehavior': 'rename',
      ...shared(),
    });
    expect([renamed.status, renamed.json.name]).toEqual([201, 'Own 1']);
    const own = (await get('/me/drive/root:/Own')).json;
    expect(await status(add(remote(own.id, own.parentReference.driveId)))).toBe(400);
  });
});
