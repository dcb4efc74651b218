/** Options of copies, and the recycle bin by kind of drive. */
import { describe, expect, it } from 'vitest';
import { startTester } from './world.ts';

const names = (list: { value: { name: string }[] }) => list.value.map(({ name }) => name);
const tree = { Docs: { folder: { 'a.txt': 'a', 'b.txt': 'b' } }, Out: { folder: {} } };

describe('a copy', () => {
  it('with childrenOnly copies the children of a folder, also of the root', async () => {
    const onedrive = await startTester({ seed: tree });
    const { id } = (await onedrive.ask('GET', '/me/drive/root:/Out')).json;
    const copy = await onedrive.ask('POST', '/me/drive/root:/Docs:/copy', {
      body: { parentReference: { id }, childrenOnly: true },
    });
    expect(copy.status).toBe(202);
    expect(names((await onedrive.ask('GET', '/me/drive/root:/Out:/children')).json)).toEqual([
      'a.txt',
      'b.txt',
    ]);
    const plain = await onedrive.ask('POST', '/me/drive/root/copy', { body: { parentReference: { id } } });
    expect(plain.status).toBe(400);
  });

  it('with includeAllVersionHistory copies the versions, unless the copy has another name', async () => {
    const onedrive = await startTester({ kind: 'business', seed: tree });
    await onedrive.ask('PUT', '/me/drive/root:/Docs/a.txt:/content', { body: 'second' });
    const { id } = (await onedrive.ask('GET', '/me/drive/root:/Out')).json;
    for (const more of [{}, { name: 'c.txt' }])
      await onedrive.ask('POST', '/me/drive/root:/Docs/a.txt:/copy', {
        body: { parentReference: { id }, includeAllVersionHistory: true, ...more },
      });
    const count = async (name: string) =>
      (await onedrive.ask('GET', `/me/drive/root:/Out/${name}:/versions`)).json.value.length;
    expect([await count('a.txt'), await count('c.txt')]).toEqual([2, 1]);
    const first = await onedrive.ask('GET', '/me/drive/root:/Out/a.txt:/versions/1.0/content');
    const { text } = await onedrive.ask('GET', first.headers.get('location') ?? '', { anonymous: true });
    expect(text).toBe('a');
  });

  it('is possible between personal drives, and never between different kinds of drives', async () => {
    const accounts = [
      { userPrincipalName: 'a@outlook.com', drive: { files: tree } },
      { userPrincipalName: 'b@outlook.com', drive: { files: tree } },
      { userPrincipalName: 'c@contoso.com', kind: 'business' as const, drive: { files: tree } },
    ];
    const onedrive = await startTester({ accounts });
    for (const [upn, status] of [
      ['b@outlook.com', 202],
      ['c@contoso.com', 400],
    ] as const) {
      const token = onedrive.token({ account: upn });
      const { id, parentReference } = (await onedrive.ask('GET', '/me/drive/root:/Out', { token })).json;
      await onedrive.ask('POST', `/drives/${parentReference.driveId}/items/${id}/invite`, {
        token,
        body: { recipients: [{ email: 'a@outlook.com' }], roles: ['write'], requireSignIn: true },
      });
      const copy = await onedrive.ask('POST', '/me/drive/root:/Docs:/copy', {
        body: { parentReference: { driveId: parentReference.driveId, id } },
      });
      expect(copy.status).toBe(status);
      const found = await onedrive.ask('GET', '/me/drive/root:/Out/Docs/a.txt', { token });
      expect(found.status).toBe(status === 202 ? 200 : 404);
    }
  });
});

describe('the recycle bin', () => {
  it('of a personal drive is read by id, and its items can be restored', async () => {
    const onedrive = await startTester({ seed: tree });
    const { id } = (await onedrive.ask('GET', '/me/drive/root:/Docs/a.txt')).json;
    await onedrive.ask('DELETE', `/me/drive/items/${id}`);
    expect((await onedrive.ask('GET', `/me/drive/items/${id}`)).status).toBe(404);
    const deleted = await onedrive.ask('GET', `/me/drive/items/${id}?includeDeletedItems=true`);
    expect(deleted.json).toMatchObject({ name: 'a.txt', deleted: { state: 'deleted' } });
    const restored = await onedrive.ask('POST', `/me/drive/items/${id}/restore`, { body: { name: 'c.txt' } });
    expect([restored.status, restored.json.name]).toEqual([200, 'c.txt']);
  });

  it('of a business drive is bypassed by permanentDelete, and cannot be read by id', async () => {
    const onedrive = await startTester({ kind: 'business', seed: tree });
    const { id } = (await onedrive.ask('GET', '/me/drive/root:/Docs/a.txt')).json;
    expect((await onedrive.ask('POST', `/me/drive/items/${id}/permanentDelete`)).status).toBe(204);
    expect((await onedrive.ask('GET', '/me/drive')).json.quota.deleted).toBe(0);
    expect((await onedrive.ask('POST', `/me/drive/items/${id}/restore`)).status).toBe(400);
    expect((await onedrive.ask('GET', `/me/drive/items/${id}?includeDeletedItems=true`)).status).toBe(404);
  });
});
