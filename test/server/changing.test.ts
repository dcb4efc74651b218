/* eslint-disable @typescript-eslint/no-explicit-any -- answers are looked into as they came */
import { describe, expect, test } from 'vitest';
import { startTester, type Tester } from './world.ts';

const behavior = (value: string): string => `@microsoft.graph.conflictBehavior=${value}`;
const names = async (one: Tester, path = '/me/drive/root'): Promise<string[]> =>
  (await one.ask('GET', `${path}/children`)).json.value.map((item: any) => item.name);

describe('PATCH', () => {
  const seed = {
    a: { folder: { 'x.txt': '123', sub: { folder: { 'y.txt': '12' } } } },
    b: { folder: { 'x.txt': 'other' } },
  };

  test('renames, also in case only, but never to a name that is taken', async () => {
    const one = await startTester({ seed });
    const patch = (path: string, body: object) => one.ask('PATCH', `/me/drive/root:/${path}`, { body });
    expect((await patch('a', { name: 'A' })).json.name).toBe('A');
    expect((await patch('a', { name: 'b' })).json.error.code).toBe('nameAlreadyExists');
    expect((await patch('a', { name: 'b', '@microsoft.graph.conflictBehavior': 'rename' })).json.name).toBe(
      'b 1',
    );
    expect((await patch('b', { name: 'x?' })).status).toBe(400);
  });

  test('moves by id or by path, with the sizes of the folders', async () => {
    const one = await startTester({ seed });
    const size = async (path: string) => (await one.ask('GET', `/me/drive/root:/${path}`)).json.size;
    const { json: b } = await one.ask('GET', '/me/drive/root:/b');
    const moved = await one.ask('PATCH', '/me/drive/root:/a/sub', {
      body: { parentReference: { id: b.id, path: '', driveId: '' }, name: 'sub 2' },
    });
    expect(moved.json.parentReference).toMatchObject({ id: b.id, name: 'b' });
    expect([await size('a'), await size('b'), await size('b/sub 2'), await size('b/sub 2/y.txt')]).toEqual([
      3, 7, 2, 2,
    ]);
    await one.ask('PATCH', '/me/drive/root:/b/sub 2', {
      body: { parentReference: { path: '/drive/root:/a' } },
    });
    expect([await size('a'), await size('b')]).toEqual([5, 5]);
    await one.ask('PATCH', '/me/drive/root:/a/sub 2', {
      body: { parentReference: { path: '/drive/root:' } },
    });
    expect(await names(one)).toEqual(['a', 'b', 'sub 2']);
  });

  test('refuses to move a folder into itself, to move the root, and to use the id "root" as the target', async () => {
    const one = await startTester({ seed });
    const { json: sub } = await one.ask('GET', '/me/drive/root:/a/sub');
    const { json: a } = await one.ask('GET', '/me/drive/root:/a');
    const patch = async (path: string, body: object) =>
      (await one.ask('PATCH', `/me/drive/${path}`, { body })).status;
    expect(await patch(`items/${a.id}`, { parentReference: { id: sub.id } })).toBe(400);
    expect(await patch(`items/${a.id}`, { parentReference: { id: a.id } })).toBe(400);
    expect(await patch('root', { name: 'x' })).toBe(403);
    expect(await patch(`items/${a.id}`, { parentReference: { id: 'root' } })).toBe(400);
    expect(await patch(`items/${a.id}`, { parentReference: { id: 'nobody' } })).toBe(404);
    expect(await patch(`items/${a.id}`, { parentReference: { path: '/drive/root:/none' } })).toBe(404);
    expect(await patch('root:/none', { name: 'x' })).toBe(404);
  });

  test('stores the times in the request, and a move without times sets the modification time', async () => {
    const one = await startTester({ seed });
    const fileSystemInfo = {
      createdDateTime: '2001-02-03T04:05:06.000000000Z',
      lastModifiedDateTime: '2002-02-03T04:05:06Z',
    };
    const { json: timed } = await one.ask('PATCH', '/me/drive/root:/a/x.txt', { body: { fileSystemInfo } });
    expect(timed.fileSystemInfo).toEqual({
      createdDateTime: '2001-02-03T04:05:06Z',
      lastModifiedDateTime: '2002-02-03T04:05:06Z',
    });
    const { json: moved } = await one.ask('PATCH', '/me/drive/root:/a/x.txt', {
      body: { parentReference: { path: '/drive/root:' } },
    });
    expect(moved.fileSystemInfo.lastModifiedDateTime).toBe('2026-01-02T03:04:05.678Z');
    expect(
      (
        await one.ask('PATCH', '/me/drive/root:/x.txt', {
          body: { fileSystemInfo: { createdDateTime: 'soon' } },
        })
      ).status,
    ).toBe(400);
  });

  test('keeps a description on personal drives only', async () => {
    for (const kind of ['personal', 'business'] as const) {
      const one = await startTester({ seed, kind });
      const { json } = await one.ask('PATCH', '/me/drive/root:/a', { body: { description: 'mine' } });
      expect(json.description).toBe(kind === 'personal' ? 'mine' : undefined);
    }
  });
});

describe('DELETE', () => {
  test('deletes everything below the folder, and frees the names and the space', async () => {
    const one = await startTester({ seed: { d: { folder: { 'x.txt': '123' } } } });
    const { json: file } = await one.ask('GET', '/me/drive/root:/d/x.txt');
    expect((await one.ask('DELETE', '/me/drive/root:/d', { headers: { 'if-match': 'x' } })).status).toBe(412);
    expect((await one.ask('DELETE', '/me/drive/root:/d')).status).toBe(204);
    expect((await one.ask('GET', `/me/drive/items/${file.id}`)).json.error.code).toBe('itemNotFound');
    expect((await one.ask('GET', file['@microsoft.graph.downloadUrl'], { anonymous: true })).status).toBe(
      404,
    );
    expect((await one.ask('GET', '/me/drive')).json.quota).toMatchObject({ used: 0, deleted: 3 });
    expect((await one.ask('PUT', '/me/drive/root:/d:/content', { body: 'x' })).status).toBe(201);
    expect((await one.ask('DELETE', '/me/drive/root')).status).toBe(403);
  });

  test('can be tunneled through POST', async () => {
    const one = await startTester({ seed: { 'x.txt': '123' } });
    expect(
      (await one.ask('POST', '/me/drive/root:/x.txt', { headers: { 'x-http-method-override': 'DELETE' } }))
        .status,
    ).toBe(204);
    expect(await names(one)).toEqual([]);
  });

  test('can be undone on personal drives, and be permanent on others', async () => {
    const seed = { d: { folder: { 'x.txt': '123' } } };
    const personal = await startTester({ seed });
    const { json: folder } = await personal.ask('GET', '/me/drive/root:/d');
    await personal.ask('DELETE', '/me/drive/root:/d');
    await personal.ask('POST', '/me/drive/root/children', { body: { name: 'd', folder: {} } });
    const restore = (body: object) => personal.ask('POST', `/me/drive/items/${folder.id}/restore`, { body });
    expect((await restore({})).status).toBe(409);
    expect((await restore({ name: 'back' })).json).toMatchObject({ id: folder.id, name: 'back', size: 3 });
    expect((await personal.ask('GET', '/me/drive/root:/back/x.txt')).status).toBe(200);
    expect((await restore({})).status).toBe(404);
    expect((await personal.ask('POST', '/me/drive/root:/back:/permanentDelete')).status).toBe(400);

    const business = await startTester({ seed, kind: 'business' });
    expect((await business.ask('POST', '/me/drive/root:/d:/permanentDelete')).status).toBe(204);
    expect((await business.ask('GET', '/me/drive')).json.quota).toMatchObject({ used: 0, deleted: 0 });
  });
});

describe('copy', () => {
  const seed = { d: { folder: { 'x.txt': '123', e: { folder: { y: '1' } } } }, t: { folder: {} } };

  test('returns immediately; its monitor URL needs no token and reports the outcome', async () => {
    const one = await startTester({ seed, settings: { copyDelay: 1000 } });
    const { json: target } = await one.ask('GET', '/me/drive/root:/t');
    const accepted = await one.ask('POST', '/me/drive/root:/d:/copy', {
      body: { parentReference: { id: target.id, driveId: '', path: '', driveType: '' }, name: 'copy' },
    });
    expect([accepted.status, accepted.text]).toEqual([202, '']);
    const monitor = () => one.ask('GET', accepted.headers.get('location') ?? '', { anonymous: true });
    expect(await monitor()).toMatchObject({
      status: 202,
      json: { status: 'inProgress', percentageComplete: 0 },
    });
    expect(await names(one, '/me/drive/root:/t:')).toEqual([]);
    await one.clock.advance(1000);
    const done = await monitor();
    expect(done).toMatchObject({ status: 200, json: { status: 'completed', percentageComplete: 100 } });
    const { json: copy } = await one.ask('GET', `/me/drive/items/${done.json.resourceId}`);
    expect(copy).toMatchObject({ name: 'copy', size: 4, parentReference: { id: target.id } });
    expect((await one.ask('GET', '/me/drive/root:/t/copy/e/y')).status).toBe(200);
  });

  test('reports a conflict at the monitor URL, and renames or replaces on request', async () => {
    const one = await startTester({ seed });
    const copy = async (query: string) => {
      const answer = await one.ask('POST', `/me/drive/root:/d/x.txt:/copy${query}`, {
        body: { parentReference: { path: '/drive/root:/d' } },
      });
      return (await one.ask('GET', answer.headers.get('location') ?? '', { anonymous: true })).json;
    };
    expect(await copy('')).toMatchObject({ status: 'failed', error: { code: 'nameAlreadyExists' } });
    expect((await copy(`?${behavior('rename')}`)).status).toBe('completed');
    expect(await names(one, '/me/drive/root:/d:')).toEqual(['e', 'x 1.txt', 'x.txt']);
  });

  test('survives the deletion of the original', async () => {
    const one = await startTester({ seed });
    await one.ask('POST', '/me/drive/root:/d/x.txt:/copy', { body: { name: 'z.txt' } });
    await one.ask('PUT', '/me/drive/root:/d/x.txt:/content', { body: 'changed' });
    const { json } = await one.ask('GET', '/me/drive/root:/d/z.txt');
    expect((await one.ask('GET', json['@microsoft.graph.downloadUrl'], { anonymous: true })).text).toBe(
      '123',
    );
  });

  test('of the root, or of a folder into itself, is refused', async () => {
    const one = await startTester({ seed });
    expect((await one.ask('POST', '/me/drive/root/copy', { body: { name: 'x' } })).status).toBe(400);
    expect(
      (
        await one.ask('POST', '/me/drive/root:/d:/copy', {
          body: { parentReference: { path: '/drive/root:/d/e' } },
        })
      ).status,
    ).toBe(400);
    expect((await one.ask('GET', 'https://graph.example/_monitor/none', { anonymous: true })).status).toBe(
      404,
    );
  });
});

describe('createLink', () => {
  test('creates a link, and returns the same one again', async () => {
    const one = await startTester({ seed: { 'a.jpg': 'x', d: { folder: {} } } });
    const link = (body: object, path = 'a.jpg') =>
      one.ask('POST', `/me/drive/root:/${path}:/createLink`, { body });
    const view = await link({ type: 'view' });
    expect(view).toMatchObject({
      status: 201,
      json: { roles: ['read'], link: { type: 'view', scope: 'anonymous' } },
    });
    expect(await link({ type: 'view', scope: 'anonymous' })).toMatchObject({
      status: 200,
      json: { id: view.json.id },
    });
    expect(await link({ type: 'edit' })).toMatchObject({ status: 201, json: { roles: ['write'] } });
    expect((await link({ type: 'embed' })).json.link.webHtml).toMatch(
      /^<iframe src="https:\/\/[^"<>]+" width="98" height="120" frameborder="0" scrolling="no"><\/iframe>$/,
    );
    expect((await link({ type: 'embed' }, 'd')).status).toBe(400);
    expect((await link({ type: 'sideways' })).status).toBe(400);
    expect((await link({ type: 'view', scope: 'organization' })).status).toBe(400);
    const expires = { type: 'view', expirationDateTime: '2026-02-03T04:05:06.123456789Z' };
    expect((await link(expires)).json.expirationDateTime).toBe('2026-02-03T04:05:06.123Z');
  });

  test('lists the options of business drives', async () => {
    const one = await startTester({ kind: 'business', seed: { 'a.jpg': 'x' } });
    const link = async (body: object) =>
      (await one.ask('POST', '/me/drive/root:/a.jpg:/createLink', { body })).status;
    expect(await link({ type: 'view', scope: 'organization' })).toBe(201);
    expect(await link({ type: 'embed' })).toBe(400);
    expect(await link({ type: 'view', password: 'x' })).toBe(400);
  });
});
