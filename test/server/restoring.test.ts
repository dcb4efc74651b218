/** Restoring from the recycle bin under a name that is taken, and the vault over Live v5.0. */
import { describe, expect, it } from 'vitest';
import { startTester } from './world.ts';

describe('restoring an item whose name is taken', () => {
  const start = async () => {
    const onedrive = await startTester({ seed: { 'a.txt': 'old', Docs: { folder: {} } } });
    const { id } = (await onedrive.ask('GET', '/me/drive/root:/a.txt')).json;
    await onedrive.ask('DELETE', `/me/drive/items/${id}`);
    await onedrive.ask('PUT', '/me/drive/root:/a.txt:/content', { body: 'new' });
    const restore = async (query: string, body: object = {}) =>
      onedrive.ask('POST', `/me/drive/items/${id}/restore${query}`, { body });
    const names = async () =>
      (await onedrive.ask('GET', '/me/drive/root/children')).json.value.map(
        ({ name }: { name: string }) => name,
      );
    return { onedrive, id, restore, names };
  };

  it.each([
    ['', {}],
    ['?@microsoft.graph.conflictBehavior=fail', {}],
  ])('fails by default%s', async (query, body) => {
    const { restore } = await start();
    expect((await restore(query, body)).status).toBe(409);
  });

  it('takes another name with rename, in the query or in the body', async () => {
    const first = await start();
    expect((await first.restore('?@microsoft.graph.conflictBehavior=rename')).json.name).toBe('a 1.txt');
    const second = await start();
    const body = { '@microsoft.graph.conflictBehavior': 'rename' };
    expect((await second.restore('', body)).json).toMatchObject({ name: 'a 1.txt', id: second.id });
    expect(await second.names()).toEqual(['Docs', 'a 1.txt', 'a.txt']);
  });

  it('replaces a file with replace, which goes to the recycle bin; never a folder', async () => {
    const { restore, names, id, onedrive } = await start();
    const body = { '@microsoft.graph.conflictBehavior': 'replace' };
    expect((await restore('', { ...body, name: 'Docs' })).status).toBe(409);
    expect((await restore('', body)).json).toMatchObject({ name: 'a.txt', id, size: 3 });
    expect(await names()).toEqual(['Docs', 'a.txt']);
    expect((await onedrive.ask('GET', '/me/drive/root')).json.folder.childCount).toBe(2);
  });

  it('refuses other values', async () => {
    const { restore } = await start();
    expect((await restore('?@microsoft.graph.conflictBehavior=merge')).status).toBe(400);
  });
});

describe('the locked vault over Live v5.0', () => {
  it('has properties and nothing else', async () => {
    const onedrive = await startTester({ settings: { quirks: ['vault'] }, seed: { 'a.txt': 'a' } });
    const base = 'https://graph.example/v5.0';
    const { data } = (await onedrive.ask('GET', `${base}/me/skydrive/files`)).json;
    const vault = data.find(({ name }: { name: string }) => name === 'Personal Vault').id as string;
    const file = data.find(({ name }: { name: string }) => name === 'a.txt').id as string;
    expect((await onedrive.ask('GET', `${base}/${vault}`)).status).toBe(200);
    const move = { headers: { 'content-type': 'application/json' } };
    const calls: readonly [string, string, object?][] = [
      ['GET', `${vault}/files`],
      ['GET', `${vault}/content`],
      ['DELETE', vault],
      ['PUT', vault, { name: 'Other' }],
      ['PUT', `${vault}/files/b.txt`, {}],
      ['POST', vault, { name: 'Below' }],
      ['GET', `${vault}/comments`],
      ['GET', `${vault}/shared_read_link`],
      ['MOVE', vault, { destination: 'me/skydrive/my_documents' }],
      ['COPY', vault, { destination: 'me/skydrive/my_documents' }],
      ['MOVE', file, { destination: vault }],
      ['COPY', file, { destination: vault }],
    ];
    for (const [method, path, body] of calls) {
      const answer = await onedrive.ask(method, `${base}/${path}`, { ...move, ...(body && { body }) });
      expect([method, path, answer.status >= 400 && answer.status < 500]).toEqual([method, path, true]);
    }
    const after = (await onedrive.ask('GET', `${base}/me/skydrive/files`)).json.data;
    expect(after.map(({ id }: { id: string }) => id).sort()).toEqual(
      data.map(({ id }: { id: string }) => id).sort(),
    );
  });
});
