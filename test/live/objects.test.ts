import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LiveTester, liveTester } from './asking.ts';

let live: LiveTester;
beforeEach(async () => {
  live = await liveTester();
});
afterEach(() => live.close());

describe('objects', () => {
  test('the root is folder.CID, and every id has the format that clients expect', async () => {
    const root = await live.ask('GET', 'me/skydrive');
    expect(root.json).toMatchObject({
      id: `folder.${live.cid}`,
      name: 'SkyDrive',
      type: 'folder',
      parent_id: null,
    });
    expect(live.cid).toMatch(/^[0-9a-f]{16}$/);
    const made = await live.ask('POST', 'me/skydrive', { body: '{"name": "d"}' });
    expect(made.status).toBe(201);
    expect(made.json.id).toMatch(/^folder\.[0-9a-f]{16}\.[0-9A-F]{16}!\d+$/);
    expect((await live.put('f', 'x')).id).toMatch(/^file\.[0-9a-f]{16}\.[0-9A-F]{16}!\d+$/);
  });

  test('a file has the documented keys, times without a colon in the zone', async () => {
    const { id } = await live.put('a.txt', 'hello');
    const { json } = await live.ask('GET', id);
    expect(json).toMatchObject({
      id,
      name: 'a.txt',
      description: null,
      parent_id: `folder.${live.cid}`,
      size: 5,
      comments_count: 0,
      type: 'file',
      shared_with: { access: 'Just me' },
      upload_location: `https://apis.live.net/v5.0/${id}/content/`,
    });
    expect(json.created_time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/);
    expect(json.from).toEqual({ name: 'Alex Wilber', id: live.cid });
  });

  test('JSON has = and & escaped, as the service had', async () => {
    expect((await live.ask('GET', 'me/skydrive')).text).toMatch(
      /redir\.aspx\?cid\\u003d[0-9a-f]+\\u0026page/,
    );
  });

  test('properties are accepted as JSON and as a form', async () => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const made = await live.ask('POST', 'me/skydrive', { body: 'name=A+form&description=of%20old', headers });
    expect(made.json).toMatchObject({ name: 'A form', description: 'of old' });
    const changed = await live.ask('PUT', made.json.id as string, { body: 'name=renamed', headers });
    expect(changed.json.name).toBe('renamed');
    const untyped = { headers: { 'Content-Type': '' }, body: 'name=again' };
    expect((await live.ask('PUT', made.json.id as string, untyped)).json.name).toBe('again');
  });

  test('items created through Graph are visible in v5.0, and vice versa', async () => {
    const token = live.token();
    const headers = { authorization: `Bearer ${token}` };
    const url = (path: string) => `https://graph.microsoft.com/v1.0${path}`;
    await live.fetch(
      new Request(url('/me/drive/root:/by graph.txt:/content'), { method: 'PUT', headers, body: 'g' }),
    );
    const { id } = await live.put('by live.txt', 'l');
    expect(await live.names()).toEqual(['by graph.txt', 'by live.txt']);
    const seen = await live.fetch(new Request(url(`/me/drive/items/${id.split('.')[2] ?? ''}`), { headers }));
    expect(((await seen.json()) as { name: string }).name).toBe('by live.txt');
  });

  test('DELETE returns 204 without a body, and the item no longer exists', async () => {
    const { id } = await live.put('a', 'x');
    const gone = await live.ask('DELETE', id);
    expect([gone.status, gone.text]).toEqual([204, '']);
    expect((await live.ask('GET', id)).json.error).toEqual({
      code: 'resource_not_found',
      message: `The resource '${id}' doesn't exist.`,
    });
  });

  test.each([
    ['as a method', (id: string, verb: string) => [verb, id] as const, {}],
    ['in the query', (id: string, verb: string) => ['POST', `${id}?method=${verb}`] as const, {}],
    ['in a header', (id: string) => ['POST', id] as const, 'header'],
  ])('MOVE and COPY work %s', async (_, how, header) => {
    const { id } = await live.put('a.txt', 'hello');
    const { id: folder } = (await live.ask('POST', 'me/skydrive', { body: '{"name":"d"}' })).json as {
      id: string;
    };
    for (const verb of ['COPY', 'MOVE']) {
      const [method, path] = how(id, verb);
      const headers: Record<string, string> = header === 'header' ? { 'X-HTTP-Method-Override': verb } : {};
      const target =
        verb === 'COPY'
          ? folder
          : ((await live.ask('POST', folder, { body: '{"name":"e"}' })).json.id as string);
      const answer = await live.ask(method, path, { headers, body: JSON.stringify({ destination: target }) });
      expect([answer.status, answer.json.parent_id, answer.json.id === id]).toEqual([
        201,
        target,
        verb === 'MOVE',
      ]);
    }
  });

  test('MOVE and COPY refuse a taken name, unless the request asks to overwrite or rename', async () => {
    const { json } = await live.ask('POST', 'me/skydrive', { body: '{"name":"d"}' });
    const folder = json.id as string;
    const { id } = await live.put('a.txt', 'new');
    await live.ask('PUT', `${folder}/files/a.txt`, { body: 'old' });
    const to = (method: string, query = '', destination = folder) =>
      live.ask(method, `${id}${query}`, { body: JSON.stringify({ destination }) });
    for (const refused of ['', '?overwrite=false']) expect((await to('COPY', refused)).status).toBe(409);
    expect((await to('COPY', '?overwrite=true', `folder.${live.cid}`)).status).toBe(409);
    const beside = await to('COPY', '?overwrite=ChooseNewName');
    expect([beside.status, beside.json.name]).toEqual([201, 'a 1.txt']);
    const over = await to('COPY', '?overwrite=True');
    expect([over.status, over.json.name]).toEqual([201, 'a.txt']);
    expect((await live.ask('GET', over.json.source as string)).text).toBe('new');
    const moved = await to('MOVE', '?overwrite=true');
    expect([moved.status, moved.json.id]).toEqual([201, id]);
    expect(await live.names(folder)).toEqual(['a 1.txt', 'a.txt']);
    expect(await live.names()).toEqual(['d']);
  });

  test('ids built by BITS clients from short ids are accepted', async () => {
    const { id } = await live.put('a.txt', 'x');
    const short = id.split('.')[2] ?? '';
    expect((await live.ask('GET', `file.${short.split('!')[0] ?? ''}.${short}`)).json.id).toBe(id);
  });

  test('a folder has its size and its comments, and can be embedded, unlike the root', async () => {
    const { json } = await live.ask('POST', 'me/skydrive', { body: '{"name":"d"}' });
    await live.ask('PUT', `${json.id as string}/files/a`, { body: 'hello' });
    await live.ask('POST', `${json.id as string}/comments`, { body: '{"message":"hi"}' });
    const seen = { size: 5, count: 1, comments_count: 1, comments_enabled: true, is_embeddable: true };
    expect((await live.ask('GET', json.id as string)).json).toMatchObject(seen);
    expect((await live.ask('GET', 'me/skydrive')).json.is_embeddable).toBe(false);
  });

  test('folders cannot be moved, and friendly names are not valid destinations', async () => {
    const { id: folder } = (await live.ask('POST', 'me/skydrive', { body: '{"name":"d"}' })).json as {
      id: string;
    };
    const folderMove = await live.ask('MOVE', folder, { body: `{"destination":"folder.${live.cid}"}` });
    expect([folderMove.status, folderMove.json.error.code]).toEqual([400, 'request_parameter_invalid']);
    const { id } = await live.put('a', 'x');
    const friendly = await live.ask('COPY', id, { body: '{"destination":"me/skydrive"}' });
    expect([friendly.status, friendly.json.error.code]).toEqual([400, 'request_parameter_invalid']);
  });

  test('albums are created in the root, and their ids are those of folders', async () => {
    const made = await live.ask('POST', 'me/albums', { body: '{"name":"Trip"}' });
    expect(made.json).toMatchObject({ type: 'album', name: 'Trip' });
    expect(made.json.id).toMatch(/^folder\./);
    expect((await live.ask('GET', 'me/albums')).json.data).toHaveLength(1);
    expect((await live.ask('GET', 'me/skydrive/files?filter=albums')).json.data).toHaveLength(1);
    expect((await live.ask('GET', 'me/skydrive/files?filter=folders')).json.data).toHaveLength(0);
  });

  test('friendly folders exist from the first request on', async () => {
    for (const name of ['my_documents', 'my_photos', 'public_documents', 'camera_roll']) {
      const { json } = await live.ask('GET', `me/skydrive/${name}`);
      expect((await live.ask('GET', json.id as string)).json.name).toBe(json.name);
      expect((await live.ask('GET', `me/skydrive/${name}/files`)).json.data).toEqual([]);
    }
    const shared = (await live.ask('GET', 'me/skydrive/public_documents')).json.shared_with;
    expect(shared).toEqual({ access: 'Everyone (public)' });
  });
});

describe('comments and links', () => {
  test('a comment is added, listed, counted and deleted', async () => {
    const { id } = await live.put('a.txt', 'x');
    const made = await live.ask('POST', `${id}/comments`, { body: '{"message": "well"}' });
    expect(made.status).toBe(201);
    expect(made.json.id).toMatch(/^comment\.[0-9a-f]{16}\.[0-9a-f]{16}!\d+\.[0-9A-F]{16}!1$/);
    expect((await live.ask('GET', `${id}/comments`)).json.data).toEqual([made.json]);
    expect((await live.ask('GET', id)).json.comments_count).toBe(1);
    expect((await live.ask('DELETE', made.json.id as string)).status).toBe(204);
    expect((await live.ask('GET', `${id}/comments`)).json.data).toEqual([]);
    expect((await live.ask('POST', `${id}/comments`, { body: '{}' })).json.error.code).toBe(
      'request_parameter_missing',
    );
    const long = JSON.stringify({ message: 'x'.repeat(10_001) });
    expect((await live.ask('POST', `${id}/comments`, { body: long })).status).toBe(400);
  });

  test('a link shares the object, on Graph too, and is returned again the next time', async () => {
    const { id } = await live.put('a.txt', 'x');
    const { link } = (await live.ask('GET', `${id}/shared_read_link`)).json as { link: string };
    expect((await live.ask('GET', `${id}/shared_read_link`)).json.link).toBe(link);
    expect((await live.ask('GET', `${id}/shared_edit_link`)).json.link).not.toBe(link);
    expect((await live.ask('GET', `${id}/embed`)).json.embed_html).toMatch(
      /^<iframe src="https:[^"]+" width="98"/,
    );
    expect((await live.ask('GET', id)).json.shared_with.access).toBe('People with a link');
    const share = `u!${btoa(link).replaceAll('=', '').replaceAll('/', '_').replaceAll('+', '-')}`;
    const redeemed = await live.fetch(
      new Request(`https://graph.microsoft.com/v1.0/shares/${share}/driveItem`),
    );
    expect(((await redeemed.json()) as { name: string }).name).toBe('a.txt');
  });
});

describe('the format of responses', () => {
  test('errors are {error: {code, message}}, with status 200 when codes are suppressed', async () => {
    const missing = await live.ask('GET', 'me', { token: null });
    expect([missing.status, missing.json.error.code]).toEqual([401, 'request_token_missing']);
    expect(missing.headers.get('www-authenticate')).toBe('Bearer realm="OneDriveAPI"');
    const wrong = await live.ask('GET', 'me', { token: 'nonsense' });
    expect([wrong.status, wrong.json.error.code]).toEqual([401, 'request_token_invalid']);
    const quiet = await live.ask('GET', 'me?suppress_response_codes=true', { token: null });
    expect([quiet.status, quiet.json.error.code]).toEqual([200, 'request_token_missing']);
    const asInTheExample = await live.ask('GET', 'me?suppress_response_code=true', { token: null });
    expect(asInTheExample.status).toBe(200);
  });

  test('an expired token has an error of its own', async () => {
    const token = live.token({ expiresIn: -1 });
    const answer = await live.ask('GET', 'me', { token });
    expect([answer.status, answer.json.error.code]).toEqual([401, 'request_token_expired']);
    expect(answer.headers.get('www-authenticate')).toContain('error="expired_token"');
  });

  test('the error for a missing scope names the scope', async () => {
    const token = live.token({ scopes: ['wl.basic'] });
    expect((await live.ask('GET', 'me', { token })).status).toBe(200);
    const answer = await live.ask('GET', 'me/skydrive', { token });
    expect([answer.status, answer.json.error.code]).toEqual([403, 'request_token_unauthorized']);
    expect(answer.json.error.message).toContain("'wl.skydrive'");
    const reading = live.token({ scopes: ['wl.skydrive'] });
    expect((await live.ask('PUT', 'me/skydrive/files/a', { body: 'x', token: reading })).status).toBe(403);
  });

  test('JSON is indented unless the client disables it', async () => {
    expect((await live.ask('GET', 'me/skydrive/quota')).text).toMatch(/^\{\n {3}"quota"/);
    expect((await live.ask('GET', 'me/skydrive/quota?pretty=false')).text).toMatch(/^\{"quota"/);
  });

  test('responses with a callback have status 200, even for errors', async () => {
    const missing = `file.${live.cid}.${live.cid.toUpperCase()}!9999`;
    const answer = await live.ask('GET', `${missing}?callback=f`);
    expect(answer.status).toBe(200);
    expect(answer.text).toMatch(/^f\(\{[^]*resource_not_found[^]*\}\);$/);
  });

  test('callback and pretty change the text; a callback that is not a name is refused', async () => {
    const wrapped = await live.ask('GET', 'me/skydrive/quota?callback=a.b&pretty=true');
    expect(wrapped.text).toMatch(/^a\.b\(\{\n {3}"quota": \d+,\n {3}"available": \d+\n\}\);$/);
    expect((await live.ask('GET', 'me?callback=alert(1)//')).status).toBe(400);
  });

  test.each([
    ['POST', 'me', 405, 'request_method_invalid'],
    ['GET', 'me/nonsense', 400, 'request_url_invalid'],
    ['GET', 'nonsense', 400, 'request_url_invalid'],
    ['GET', '%E0%A4%A', 400, 'request_url_invalid'],
    ['GET', 'file.0000000000000000.0!1', 404, 'resource_not_found'],
    ['POST', 'me/skydrive', 400, 'request_parameter_missing'],
  ])('%s %s is %i %s', async (method, path, status, code) => {
    const answer = await live.ask(method, path);
    expect([answer.status, answer.json.error.code]).toEqual([status, code]);
  });

  test('a business account is refused, and the error names the supported API', async () => {
    const business = await liveTester({
      accounts: [{}, { kind: 'business', userPrincipalName: 'b@contoso.com' }],
    });
    const answer = await business.ask('GET', 'me', { token: business.token({ account: 'b@contoso.com' }) });
    expect([answer.status, answer.json.error.code]).toEqual([403, 'request_token_unauthorized']);
    await business.close();
  });
});
