/* eslint-disable @typescript-eslint/no-explicit-any -- answers are looked into as they came */
import { describe, expect, test } from 'vitest';
import { host, startTester } from './world.ts';

const seed = {
  Documents: { folder: { 'README.txt': 'hello' } },
  Pics: { folder: { 'image1.jpg': { size: 2000 }, 'clip.mp4': { size: 1 }, 'song.mp3': { size: 1 } } },
  Notes: { package: 'oneNote' as const },
  'a.txt': 'a',
};

describe.each(['personal', 'business'] as const)('a %s drive', (kind) => {
  test('the user, the drive and its quota are returned', async () => {
    const one = await startTester({ kind, seed });
    const { json: me } = await one.ask('GET', '/me');
    const { json: drive } = await one.ask('GET', '/me/drive');
    expect(me).toMatchObject({ displayName: 'Alex Wilber', givenName: 'Alex', surname: 'Wilber' });
    expect(drive).toMatchObject({
      driveType: kind,
      owner: { user: { id: me.id } },
      quota: { used: 2008, state: 'normal' },
    });
    expect(drive.id).toMatch(kind === 'personal' ? /^[\da-f]{16}$/ : /^b![\w-]{64}$/);
    expect((await one.ask('GET', '/me/drives')).json.value).toEqual([
      expect.objectContaining({ id: drive.id }),
    ]);
    for (const path of [
      `/drives/${drive.id}`,
      `/drives/${drive.id}/?select=quota`,
      `/users/${me.id}/drive`,
      `/users/${me.userPrincipalName}/drive`,
    ])
      expect((await one.ask('GET', path)).json.quota).toEqual(drive.quota);
    expect((await one.ask('GET', '/me?$select=displayName')).json).toMatchObject({
      displayName: 'Alex Wilber',
    });
  });

  test('the parentReference of the root contains the drive and no parent', async () => {
    const one = await startTester({ kind, seed });
    const { json: drive } = await one.ask('GET', '/me/drive');
    const { json: root } = await one.ask('GET', '/me/drive/root');
    expect(root).toMatchObject({ name: 'root', root: {}, folder: { childCount: 4 }, size: 2008 });
    expect(root.parentReference).toEqual({ driveId: drive.id, driveType: kind });
    for (const path of [
      '/me/drive/items/root',
      `/me/drive/items/${root.id}`,
      `/me/drive/items/${root.id}:/`,
      '/me/drive/root/?select=id',
    ])
      expect((await one.ask('GET', path)).json.id).toBe(root.id);
  });

  test('all addresses of an item return the same item, and names are case-insensitive', async () => {
    const one = await startTester({ kind, seed });
    const { json: item } = await one.ask('GET', '/me/drive/root:/Documents/README.txt');
    const { json: folder } = await one.ask('GET', '/me/drive/root:/documents');
    for (const path of [
      `/me/drive/items/${item.id}`,
      '/me/drive/root:/DOCUMENTS/readme.TXT:',
      '/me/drive/root:/.%2FDocuments%2FREADME.txt:/?select=*',
      `/me/drive/items/${folder.id}:/README.txt:`,
      '/me/drive/root/children/Documents/children/README.txt',
      `/me/drive/items/${folder.id}/children('README.txt')`,
      `/drives/${item.parentReference.driveId}/items/${item.id}`,
      '/me/drive/special/documents:/README.txt',
      `${host}/_api/v2.0/drives/${item.parentReference.driveId}/root:/Documents/README.txt`,
    ]) {
      const answer = await one.ask('GET', path);
      expect([path, answer.status, answer.json.id]).toEqual([path, 200, item.id]);
    }
    expect(item.parentReference).toEqual({
      driveId: item.parentReference.driveId,
      driveType: kind,
      id: folder.id,
      name: 'Documents',
      path: `/drives/${item.parentReference.driveId}/root:/Documents`,
    });
  });

  test('the properties of a file depend on the kind of drive', async () => {
    const one = await startTester({ kind, seed });
    const item = async (name: string) => (await one.ask('GET', `/me/drive/root:/Pics/${name}`)).json;
    const image = await item('image1.jpg');
    expect(image.file.mimeType).toBe('image/jpeg');
    expect(image.file.hashes.quickXorHash).toBe('thh6VJchzx+iANlhckU6l4KjsqI=');
    expect('sha1Hash' in image.file.hashes).toBe(kind === 'personal');
    expect(image.image).toEqual({});
    expect('photo' in image).toBe(kind === 'personal');
    expect('video' in (await item('clip.mp4'))).toBe(kind === 'personal');
    expect('audio' in (await item('song.mp3'))).toBe(kind === 'personal');
    expect(image.lastModifiedDateTime).toBe(
      kind === 'personal' ? '2026-01-02T03:04:05.678Z' : '2026-01-02T03:04:05Z',
    );
    expect(image.eTag).toMatch(kind === 'personal' ? /^a[\w+/]+=*$/ : /^"\{[\dA-F-]{36}\},1"$/);
  });

  test('a notebook is listed as a package, and its content is refused', async () => {
    const one = await startTester({ kind, seed });
    const { json: notes } = await one.ask('GET', '/me/drive/root:/Notes');
    expect(notes.package).toEqual({ type: 'oneNote' });
    expect(notes).not.toHaveProperty('folder');
    expect(notes).not.toHaveProperty('file');
    expect((await one.ask('GET', `/me/drive/items/${notes.id}/content`)).status).toBe(400);
    expect((await one.ask('PUT', '/me/drive/root:/Notes:/content', { body: 'x' })).status).toBe(409);
  });
});

describe('a listing', () => {
  test('lists folders first and has no gaps between pages', async () => {
    const files = Object.fromEntries(Array.from({ length: 7 }, (_, at) => [`f${at}.txt`, 'x']));
    const one = await startTester({ seed: { ...files, zzz: { folder: {} }, Aaa: { folder: {} } } });
    const names: string[] = [];
    let url: string | undefined = '/me/drive/root/children?$top=4&$select=name&$count=true';
    while (url !== undefined) {
      const { json }: { json: any } = await one.ask('GET', url);
      expect(json.value.length).toBeGreaterThan(0);
      for (const item of json.value) expect(Object.keys(item)).toEqual(['id', 'name']);
      names.push(...json.value.map((item: any) => item.name));
      url = json['@odata.nextLink'];
    }
    expect(names).toEqual(['Aaa', 'zzz', ...Object.keys(files)]);
  });

  test('can be sorted, and a property that cannot be sorted by is refused', async () => {
    const one = await startTester({ seed: { b: 'xxx', a: 'xx', c: 'x', d: { folder: {} } } });
    const names = async (order: string) =>
      (await one.ask('GET', `/me/drive/root/children?$orderby=${order}`)).json.value.map(
        (item: any) => item.name,
      );
    expect(await names('name')).toEqual(['a', 'b', 'c', 'd']);
    expect(await names('name desc')).toEqual(['d', 'c', 'b', 'a']);
    expect(await names('size desc')).toEqual(['b', 'a', 'c', 'd']);
    expect((await one.ask('GET', '/me/drive/root/children?$orderby=mood')).status).toBe(400);
    expect((await one.ask('GET', '/me/drive/root/children?$skiptoken=junk')).status).toBe(400);
  });

  test('is included in an item on request', async () => {
    const one = await startTester({ seed: { d: { folder: { x: '1', y: '2' } } } });
    const { json } = await one.ask(
      'GET',
      '/me/drive/root?$select=name&$expand=children($select=name;$expand=children($select=size))',
    );
    expect(json.children).toEqual([
      {
        id: expect.any(String),
        name: 'd',
        children: [
          { id: expect.any(String), size: 1 },
          { id: expect.any(String), size: 1 },
        ],
      },
    ]);
  });
});

test('contentStream returns the content directly, whole or in part', async () => {
  const one = await startTester({ seed: { 'a.txt': 'hello', d: { folder: {} } } });
  const get = (path: string, headers = {}) =>
    one.ask('GET', `https://graph.example/beta/me/drive/root:/${path}:/contentStream`, { headers });
  const whole = await get('a.txt');
  expect([whole.status, whole.text]).toEqual([200, 'hello']);
  const part = await get('a.txt', { range: 'bytes=1-2' });
  expect([part.status, part.text, part.headers.get('content-range')]).toEqual([206, 'el', 'bytes 1-2/5']);
  expect((await get('d')).status).toBe(400);
});

describe('a filter on a listing', () => {
  test('returns matching items, page by page', async () => {
    const seed = Object.fromEntries(
      [1, 2, 3, 4, 5, 6].map((n) => [`${n}.txt`, n % 3 === 0 ? { folder: {} } : `${n}`]),
    );
    const one = await startTester({ kind: 'business', seed });
    const list = async (query: string) => {
      const seen: string[] = [];
      for (let url = `/me/drive/root/children?${query}`; url !== ''; ) {
        const { json } = await one.ask('GET', url);
        seen.push(...json.value.map((item: any) => item.name));
        url = json['@odata.nextLink'] ?? '';
      }
      return seen.sort();
    };
    expect(await list('$filter=folder ne null')).toEqual(['3.txt', '6.txt']);
    expect(await list('$filter=folder ne null&$top=1&$select=id,name')).toEqual(['3.txt', '6.txt']);
    expect(await list("$filter=name eq '2.TXT'")).toEqual(['2.txt']);
    expect(await list("$filter=file ne null and startswith(name,'4')")).toEqual(['4.txt']);
    expect((await one.ask('GET', '/me/drive/root/children?$filter=nonsense')).status).toBe(400);
  });
});

describe('content', () => {
  test('is available at a URL that needs no token, supports ranges, and expires', async () => {
    const one = await startTester({ seed: { 'a.txt': '0123456789' } });
    const answer = await one.ask('GET', '/me/drive/root:/a.txt:/content', {
      headers: { range: 'bytes=1-2' },
    });
    expect(answer.status).toBe(302);
    const url = answer.headers.get('location') ?? '';
    const get = (headers = {}, method = 'GET') => one.ask(method, url, { anonymous: true, headers });
    expect(await get()).toMatchObject({ status: 200, text: '0123456789' });
    const part = await get({ range: 'bytes=2-4' });
    expect(part).toMatchObject({ status: 206, text: '234' });
    expect(part.headers.get('content-range')).toBe('bytes 2-4/10');
    expect(await get({ range: 'bytes=-2' })).toMatchObject({ status: 206, text: '89' });
    expect(await get({ range: 'bytes=10-' })).toMatchObject({ status: 416 });
    expect(await get({ range: 'bytes=2-4', 'if-range': part.headers.get('etag') })).toMatchObject({
      status: 206,
    });
    expect(await get({ range: 'bytes=2-4', 'if-range': '"other"' })).toMatchObject({ status: 200 });
    expect(await get({ 'if-none-match': part.headers.get('etag') })).toMatchObject({ status: 304 });
    expect(await get({ 'if-match': '"other"' })).toMatchObject({ status: 412 });
    const head = await get({}, 'HEAD');
    expect([head.status, head.text, head.headers.get('content-length')]).toEqual([200, '', '10']);
    expect((await one.ask('GET', `${url.slice(0, -1)}x`, { anonymous: true })).status).toBe(401);
    await one.clock.advance(3601_000);
    expect((await get()).status).toBe(401);
  });

  test('of a folder is refused, and an empty file is empty', async () => {
    const one = await startTester({ seed: { d: { folder: {} }, empty: '' } });
    expect((await one.ask('GET', '/me/drive/root:/d:/content')).status).toBe(400);
    const { json } = await one.ask('GET', '/me/drive/root:/empty');
    expect(await one.ask('GET', json['@microsoft.graph.downloadUrl'], { anonymous: true })).toMatchObject({
      status: 200,
      text: '',
    });
  });

  test('has a new cTag after a change, and unchanged content is not sent again', async () => {
    const one = await startTester({ seed: { 'a.txt': 'a' } });
    const { json: before } = await one.ask('GET', '/me/drive/root:/a.txt');
    expect(
      (await one.ask('GET', '/me/drive/root:/a.txt', { headers: { 'if-none-match': before.eTag } })).status,
    ).toBe(304);
    await one.ask('PATCH', '/me/drive/root:/a.txt', { body: { description: 'new' } });
    const { json: described } = await one.ask('GET', '/me/drive/root:/a.txt');
    expect(described.eTag).not.toBe(before.eTag);
    expect(described.cTag).toBe(before.cTag);
    await one.ask('PUT', '/me/drive/root:/a.txt:/content', { body: 'b' });
    expect((await one.ask('GET', '/me/drive/root:/a.txt')).json.cTag).not.toBe(before.cTag);
  });
});

describe('finding', () => {
  test('search matches all words, case-insensitively, below the given folder', async () => {
    const one = await startTester({
      seed: { "it's": { folder: { 'Big Report.txt': 'x', 'big.txt': 'x' } }, 'report.txt': 'x' },
    });
    const names = async (path: string) =>
      (await one.ask('GET', path)).json.value.map((item: any) => item.name);
    expect(await names("/me/drive/root/search(q='REPORT')")).toEqual(['Big Report.txt', 'report.txt']);
    expect(await names("/me/drive/search(q='report big')")).toEqual(['Big Report.txt']);
    expect(await names("/me/drive/root:/it's:/search(q='report')")).toEqual(['Big Report.txt']);
    expect(await names("/me/drive/root/search(q='it''s')")).toEqual(["it's"]);
    expect(await names("/me/drive/root/search(q='nothing')")).toEqual([]);
    const { json: first } = await one.ask('GET', "/me/drive/root/search(q='r')?$top=1");
    expect(await names(first['@odata.nextLink'])).toEqual(['report.txt']);
    expect((await one.ask('GET', '/me/drive/root/search')).status).toBe(400);
  });

  test('recent files are sorted newest first', async () => {
    const one = await startTester({ seed: { 'old.txt': 'x' } });
    await one.clock.advance(1000);
    await one.ask('PUT', '/me/drive/root:/new.txt:/content', { body: 'x' });
    expect((await one.ask('GET', '/me/drive/recent')).json.value.map((item: any) => item.name)).toEqual([
      'new.txt',
      'old.txt',
    ]);
  });

  test('special folders are created for callers that may write, and stay special after a rename', async () => {
    const one = await startTester();
    const token = one.token({ scopes: ['Files.Read'] });
    expect((await one.ask('GET', '/me/drive/special/photos', { token })).json.error.code).toBe(
      'accessDenied',
    );
    expect((await one.ask('GET', '/me/drive/special/nonsense')).status).toBe(404);
    expect((await one.ask('HEAD', '/me/drive/special/approot')).status).toBe(404);
    expect((await one.ask('GET', '/me/drive/special/music:/a.mp3')).status).toBe(404);
    expect((await one.ask('GET', '/me/drive/special')).json.value).toEqual([]);
    expect((await one.ask('GET', '/me/drive/special/approot')).json.specialFolder).toEqual({
      name: 'approot',
    });
    expect((await one.ask('GET', '/me/drive/special/photos')).json.name).toBe('Pictures');
    expect((await one.ask('GET', '/me/drive/special/photos', { token })).status).toBe(200);
    await one.ask('PUT', '/me/drive/special/music:/a.mp3:/content', { body: 'x' });
    await one.ask('PATCH', '/me/drive/root:/Music', { body: { name: 'Noise' } });
    const { json } = await one.ask('GET', '/me/drive/special/music');
    expect(json).toMatchObject({ name: 'Noise', specialFolder: { name: 'music' } });
    expect((await one.ask('GET', '/me/drive/special')).json.value).toHaveLength(3);
  });
});
