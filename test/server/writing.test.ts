/* eslint-disable @typescript-eslint/no-explicit-any -- answers are looked into as they came */
import { describe, expect, test } from 'vitest';
import { startTester, type Tester } from './world.ts';

const behavior = (value: string): string => `@microsoft.graph.conflictBehavior=${value}`;
const names = async (one: Tester, path = '/me/drive/root'): Promise<string[]> =>
  (await one.ask('GET', `${path}/children`)).json.value.map((item: any) => item.name);

describe('a simple PUT', () => {
  test('creates, with the folders that are missing, and replaces', async () => {
    const one = await startTester();
    const put = async (query = '') =>
      one.ask('PUT', `/me/drive/root:/x/y/a.txt:/content${query}`, { body: `b${query}` });
    const first = await put();
    expect([first.status, first.json.size]).toEqual([201, 1]);
    const second = await put('?z=1');
    expect([second.status, second.json.id, second.json.size]).toEqual([200, first.json.id, 5]);
    expect(second.json.eTag).not.toBe(first.json.eTag);
    const { json: folder } = await one.ask('GET', '/me/drive/root:/x');
    expect(folder).toMatchObject({ size: 5, folder: { childCount: 1 } });
  });

  test('does what the conflict behavior says', async () => {
    const one = await startTester({ seed: { 'a.txt': 'old' } });
    const put = (how: string) =>
      one.ask('PUT', `/me/drive/root:/A.TXT:/content?${behavior(how)}`, { body: 'new' });
    expect((await put('fail')).json.error.code).toBe('nameAlreadyExists');
    expect((await put('rename')).json.name).toBe('A 1.TXT');
    expect((await put('rename')).json.name).toBe('A 2.TXT');
    expect((await put('replace')).json.name).toBe('a.txt');
    expect((await put('whatever')).status).toBe(400);
  });

  test('replaces by id and goes by child name, and a failed If-Match changes nothing', async () => {
    const one = await startTester({ seed: { d: { folder: {} } } });
    const { json: made } = await one.ask('PUT', '/me/drive/root/children/d/children/n.txt/content', {
      body: '1',
    });
    expect(
      (
        await one.ask('PUT', `/me/drive/items/${made.id}/content`, {
          body: '22',
          headers: { 'if-match': made.cTag },
        })
      ).status,
    ).toBe(200);
    const refused = await one.ask('PUT', `/me/drive/items/${made.id}/content`, {
      body: '333',
      headers: { 'if-match': made.eTag },
    });
    expect(refused.status).toBe(412);
    expect(refused.json.error).toMatchObject({
      code: 'resourceModified',
      innerError: { code: 'entityTagDoesNotMatch' },
    });
    expect((await one.ask('GET', `/me/drive/items/${made.id}`)).json.size).toBe(2);
  });

  test('of nothing makes an empty file, and one of too much is refused', async () => {
    const one = await startTester({ settings: { simpleUploadLimit: 10 } });
    expect((await one.ask('PUT', '/me/drive/root:/empty:/content', { body: '' })).json.size).toBe(0);
    expect((await one.ask('PUT', '/me/drive/root:/big:/content', { body: 'x'.repeat(11) })).status).toBe(413);
    expect(await names(one)).toEqual(['empty']);
  });

  test('over the quota is 507, onto a folder 409, through a file 404', async () => {
    const one = await startTester({
      accounts: [{ drive: { total: 10, files: { 'f.txt': '12345', d: { folder: {} } } } }],
    });
    const put = (path: string, body: string) => one.ask('PUT', `/me/drive/root:/${path}:/content`, { body });
    expect((await put('g.txt', '123456')).json.error.code).toBe('quotaLimitReached');
    expect((await put('f.txt', '1234567890')).status).toBe(200);
    expect((await put('d', 'x')).status).toBe(409);
    expect((await put('f.txt/x', 'x')).status).toBe(404);
    expect((await one.ask('GET', '/me/drive')).json.quota.state).toBe('exceeded');
  });
});

describe('a new file without content', () => {
  const make = (one: Tester, extra = {}) =>
    one.ask('POST', '/me/drive/root/children', { body: { name: 'a.docx', file: {}, ...extra } });

  test('is made like a folder on a business drive', async () => {
    const one = await startTester({ kind: 'business' });
    const { status, json } = await make(one);
    expect([status, json.name, json.size, json.file.mimeType]).toEqual([
      201,
      'a.docx',
      0,
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ]);
    expect((await make(one)).json.error.code).toBe('nameAlreadyExists');
    const renamed = await make(one, { '@microsoft.graph.conflictBehavior': 'rename' });
    expect(renamed.json.name).toBe('a 1.docx');
  });

  test('is refused on a personal drive', async () => {
    const answer = await make(await startTester({ kind: 'personal' }));
    expect([answer.status, answer.json.error.message]).toEqual([400, 'Cannot create a file without content']);
  });
});

describe('a JSON body', () => {
  test.each([
    [undefined, 'Write requests (excluding DELETE) must contain the Content-Type header declaration.'],
    ['text/plain', 'Entity only allows writes with a JSON Content-Type header.'],
  ])('with the Content-Type %s is refused by the gateway', async (type, message) => {
    const one = await startTester();
    const body = new TextEncoder().encode('{"name":"x","folder":{}}');
    const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
    const answer = await one.ask('POST', '/me/drive/root/children', { body, headers });
    expect([answer.status, answer.json.error.code, answer.json.error.message]).toEqual([
      400,
      'BadRequest',
      message,
    ]);
  });

  test('may have parameters in its type, and an empty one needs no type', async () => {
    const one = await startTester();
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const body = '{"name":"x","folder":{}}';
    expect((await one.ask('POST', '/me/drive/root/children', { body, headers })).status).toBe(201);
    expect((await one.ask('POST', '/me/drive/root:/y:/createUploadSession')).status).toBe(200);
  });
});

describe('a new folder', () => {
  test('fails by default when the name is taken, is numbered or found when asked', async () => {
    const one = await startTester();
    const make = (extra = {}) =>
      one.ask('POST', '/me/drive/root/children', { body: { name: 'New', folder: {}, ...extra } });
    expect((await make()).status).toBe(201);
    expect((await make()).json.error.code).toBe('nameAlreadyExists');
    expect((await make({ '@name.conflictBehavior': 'fail' })).status).toBe(409);
    expect((await make({ '@microsoft.graph.conflictBehavior': 'rename' })).json.name).toBe('New 1');
    expect((await make({ '@microsoft.graph.conflictBehavior': 'replace' })).status).toBe(200);
  });

  test.each([
    [{ folder: {} }],
    [{ name: 'x' }],
    [{ name: 7, folder: {} }],
    [{ name: 'a/b', folder: {} }],
    [{ name: '.', folder: {} }],
    ['{'],
    ['[]'],
    ['null'],
  ])('%j is refused', async (body) => {
    const one = await startTester();
    const headers = { 'content-type': 'application/json' };
    const answer = await one.ask('POST', '/me/drive/root/children', { body, headers });
    expect([answer.status, answer.json.error.code]).toEqual([400, 'invalidRequest']);
  });

  test('by path makes the folders on the way, or nothing at all', async () => {
    const one = await startTester({ seed: { 'f.txt': 'file' } });
    const make = (parent: string, name: string) =>
      one.ask('POST', `/me/drive/root:/${parent}:/children`, { body: { name, folder: {} } });
    expect((await make('a/b', 'c')).status).toBe(201);
    expect((await one.ask('GET', '/me/drive/root:/a/b/c')).json.folder.childCount).toBe(0);
    expect((await make('x/y', 'z?')).status).toBe(400);
    expect((await one.ask('GET', '/me/drive/root:/x')).status).toBe(404);
    expect((await make('f.txt/x', 'z')).status).toBe(404);
  });

  test('goes under no item whose id is unknown', async () => {
    const one = await startTester();
    const body = { name: 'c', folder: {} };
    expect((await one.ask('POST', '/me/drive/items/nowhere:/a:/children', { body })).status).toBe(404);
  });
});

describe('a compressed body', () => {
  const packed = async (format: 'gzip' | 'deflate', text: string) =>
    new Uint8Array(
      await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream(format))).arrayBuffer(),
    );
  const ask = (one: Tester, encoding: string, body: string | Uint8Array) => {
    const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
    return one.ask('POST', '/me/drive/root/children', { headers, body });
  };

  test.each(['gzip', 'deflate'] as const)('in %s is read as JSON, and kept as content', async (format) => {
    const one = await startTester();
    const body = await packed(format, '{"name":"d","folder":{}}');
    expect((await ask(one, format, body)).json.name).toBe('d');
    const headers = { 'content-encoding': format };
    const put = await one.ask('PUT', '/me/drive/root:/a.gz:/content', { headers, body });
    expect(put.json.size).toBe(body.byteLength);
  });

  test('of another kind, or none of that kind, or without bounds, is refused', async () => {
    const one = await startTester();
    expect((await ask(one, 'br', '{}')).status).toBe(415);
    expect((await ask(one, 'gzip', '{"name":"d","folder":{}}')).status).toBe(400);
    expect((await ask(one, 'gzip', await packed('gzip', ' '.repeat(5 * 1024 * 1024)))).status).toBe(413);
    expect((await ask(one, 'identity', '{"name":"d","folder":{}}')).status).toBe(201);
  });
});

describe('PATCH', () => {
  const seed = {
    a: { folder: { 'x.txt': '123', sub: { folder: { 'y.txt': '12' } } } },
    b: { folder: { 'x.txt': 'other' } },
  };

  test('renames, also by case alone, and takes the name of nobody', async () => {
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

  test('refuses to move a folder into itself, the root anywhere, and anything to the id "root"', async () => {
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

  test('keeps the times that it is sent, and a move without any sets a new one', async () => {
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
  test('takes everything beneath along, and frees the names and the space', async () => {
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

  test('can be tunnelled through POST', async () => {
    const one = await startTester({ seed: { 'x.txt': '123' } });
    expect(
      (await one.ask('POST', '/me/drive/root:/x.txt', { headers: { 'x-http-method-override': 'DELETE' } }))
        .status,
    ).toBe(204);
    expect(await names(one)).toEqual([]);
  });

  test('can be undone on personal drives, and done for good on the others', async () => {
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

  test('is accepted at once; its monitor needs no token and tells how it went', async () => {
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

  test('tells of a conflict in the monitor, and renames or replaces when asked', async () => {
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

  test('outlives its original', async () => {
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
  test('makes a link, and hands it out again', async () => {
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

  test('knows what business drives have', async () => {
    const one = await startTester({ kind: 'business', seed: { 'a.jpg': 'x' } });
    const link = async (body: object) =>
      (await one.ask('POST', '/me/drive/root:/a.jpg:/createLink', { body })).status;
    expect(await link({ type: 'view', scope: 'organization' })).toBe(201);
    expect(await link({ type: 'embed' })).toBe(400);
    expect(await link({ type: 'view', password: 'x' })).toBe(400);
  });
});

describe('a multipart upload', () => {
  const body = (metadata: object) =>
    [
      '--A100x',
      'Content-ID: <metadata>',
      'Content-Type: application/json',
      '',
      JSON.stringify({ file: {}, '@microsoft.graph.sourceUrl': 'cid:content', ...metadata }),
      '--A100x',
      'Content-ID: <content>',
      'Content-Type: text/plain',
      '',
      'the content\r\n',
      '--A100x--',
    ].join('\r\n');
  const post = (on: Tester, metadata: object) =>
    on.ask('POST', '/me/drive/root/children', {
      headers: { 'content-type': 'multipart/related; boundary="A100x"' },
      body: body(metadata),
    });

  test('makes a file of both parts on a personal drive, and fails where the name is taken', async () => {
    const personal = await startTester();
    const made = await post(personal, { name: 'new.txt' });
    expect([made.status, made.json.name, made.json.size]).toEqual([201, 'new.txt', 13]);
    expect((await post(personal, { name: 'new.txt' })).status).toBe(409);
    const rename = { name: 'new.txt', '@microsoft.graph.conflictBehavior': 'rename' };
    expect((await post(personal, rename)).json.name).toBe('new 1.txt');
    expect((await post(personal, { name: 'x', '@microsoft.graph.sourceUrl': 'cid:other' })).status).toBe(400);
  });

  test('is refused on a business drive', async () => {
    expect((await post(await startTester({ kind: 'business' }), { name: 'new.txt' })).status).toBe(400);
  });
});
