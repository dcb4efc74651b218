/* eslint-disable @typescript-eslint/no-explicit-any -- answers are looked into as they came */
import { describe, expect, test } from 'vitest';
import { startTester, type Tester } from './world.ts';

const behavior = (value: string): string => `@microsoft.graph.conflictBehavior=${value}`;
const names = async (one: Tester, path = '/me/drive/root'): Promise<string[]> =>
  (await one.ask('GET', `${path}/children`)).json.value.map((item: any) => item.name);

describe('a simple PUT', () => {
  test('creates the file with missing folders, and replaces it', async () => {
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

  test('applies the conflict behavior', async () => {
    const one = await startTester({ seed: { 'a.txt': 'old' } });
    const put = (how: string) =>
      one.ask('PUT', `/me/drive/root:/A.TXT:/content?${behavior(how)}`, { body: 'new' });
    expect((await put('fail')).json.error.code).toBe('nameAlreadyExists');
    expect((await put('rename')).json.name).toBe('A 1.TXT');
    expect((await put('rename')).json.name).toBe('A 2.TXT');
    expect((await put('replace')).json.name).toBe('a.txt');
    expect((await put('whatever')).status).toBe(400);
  });

  test('works by id and by child name, and a failed If-Match changes nothing', async () => {
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

  test('without content creates an empty file, and too much content is refused', async () => {
    const one = await startTester({ settings: { simpleUploadLimit: 10 } });
    expect((await one.ask('PUT', '/me/drive/root:/empty:/content', { body: '' })).json.size).toBe(0);
    expect((await one.ask('PUT', '/me/drive/root:/big:/content', { body: 'x'.repeat(11) })).status).toBe(413);
    expect(await names(one)).toEqual(['empty']);
  });

  test('returns 507 over the quota, 409 for a folder, 404 below a file', async () => {
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

describe('an empty file', () => {
  const make = (one: Tester, extra = {}) =>
    one.ask('POST', '/me/drive/root/children', { body: { name: 'a.docx', file: {}, ...extra } });

  test('is created like a folder on a business drive', async () => {
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

  test('may have parameters in its Content-Type, and an empty body needs none', async () => {
    const one = await startTester();
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const body = '{"name":"x","folder":{}}';
    expect((await one.ask('POST', '/me/drive/root/children', { body, headers })).status).toBe(201);
    expect((await one.ask('POST', '/me/drive/root:/y:/createUploadSession')).status).toBe(200);
  });
});

describe('a new folder', () => {
  test('fails by default if the name is taken, and is renamed or merged on request', async () => {
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

  test('by path creates all missing folders, or none', async () => {
    const one = await startTester({ seed: { 'f.txt': 'file' } });
    const make = (parent: string, name: string) =>
      one.ask('POST', `/me/drive/root:/${parent}:/children`, { body: { name, folder: {} } });
    expect((await make('a/b', 'c')).status).toBe(201);
    expect((await one.ask('GET', '/me/drive/root:/a/b/c')).json.folder.childCount).toBe(0);
    expect((await make('x/y', 'z?')).status).toBe(400);
    expect((await one.ask('GET', '/me/drive/root:/x')).status).toBe(404);
    expect((await make('f.txt/x', 'z')).status).toBe(404);
  });

  test('cannot be created below an unknown id', async () => {
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

  test.each(['gzip', 'deflate'] as const)(
    'in %s is decompressed as JSON, and stored unchanged as content',
    async (format) => {
      const one = await startTester();
      const body = await packed(format, '{"name":"d","folder":{}}');
      expect((await ask(one, format, body)).json.name).toBe('d');
      const headers = { 'content-encoding': format };
      const put = await one.ask('PUT', '/me/drive/root:/a.gz:/content', { headers, body });
      expect(put.json.size).toBe(body.byteLength);
    },
  );

  test('in another format, with invalid data, or too large, is refused', async () => {
    const one = await startTester();
    expect((await ask(one, 'br', '{}')).status).toBe(415);
    expect((await ask(one, 'gzip', '{"name":"d","folder":{}}')).status).toBe(400);
    expect((await ask(one, 'gzip', await packed('gzip', ' '.repeat(5 * 1024 * 1024)))).status).toBe(413);
    expect((await ask(one, 'identity', '{"name":"d","folder":{}}')).status).toBe(201);
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

  test('creates a file from both parts on a personal drive, and fails if the name is taken', async () => {
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
