import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LiveTester, liveTester } from './asking.ts';

let live: LiveTester;
beforeEach(async () => {
  live = await liveTester();
});
afterEach(() => live.close());

describe('uploads', () => {
  test('a new file gives 201, an overwritten one 200 with the same id, each with id, name and source', async () => {
    const first = await live.ask('PUT', 'me/skydrive/files/a.txt', { body: '1' });
    const second = await live.ask('PUT', 'me/skydrive/files/a.txt', { body: '22' });
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.json).toEqual({
      id: first.json.id,
      name: 'a.txt',
      source: expect.stringMatching(/^https:/),
    });
    expect((await live.ask('GET', second.json.source as string)).text).toBe('22');
  });

  test('overwrite=false keeps both files under one name; on Graph the second has another name', async () => {
    const first = await live.put('a.txt', '1');
    const second = await live.put('a.txt', '22', '?overwrite=false');
    expect(second.id).not.toBe(first.id);
    expect(await live.names()).toEqual(['a.txt', 'a.txt']);
    const headers = { authorization: `Bearer ${live.token()}` };
    const graph = await live.fetch(
      new Request('https://graph.microsoft.com/v1.0/me/drive/root/children', { headers }),
    );
    const seen = ((await graph.json()) as { value: { name: string }[] }).value
      .map((item) => item.name)
      .sort();
    expect(seen).toEqual(['a 1.txt', 'a.txt']);
    await live.ask('PUT', second.id, { body: '{"name": "b.txt"}' });
    expect(await live.names()).toEqual(['a.txt', 'b.txt']);
  });

  test('an Overwrite: false header refuses, ChooseNewName in any case uses another name', async () => {
    await live.put('a.txt', '1');
    const refused = await live.ask('PUT', 'me/skydrive/files/a.txt', {
      body: '2',
      headers: { Overwrite: 'false' },
    });
    expect([refused.status, refused.json.error.code]).toEqual([409, 'resource_already_exists']);
    const chosen = await live.ask('PUT', 'me/skydrive/files/a.txt?overwrite=choosenewname', { body: '3' });
    expect([chosen.status, chosen.json.name]).toEqual([201, 'a 1.txt']);
    expect((await live.ask('PUT', 'me/skydrive/files/a.txt?overwrite=maybe', { body: '3' })).status).toBe(
      400,
    );
  });

  test('a multipart form uploads one file, with a name in any language', async () => {
    const form = new FormData();
    form.append('file', new Blob(['multi\r\npart\r\n--x']), 'ü 中.txt');
    const made = await live.ask('POST', 'me/skydrive/files', { body: form });
    expect([made.status, made.json.name]).toEqual([201, 'ü 中.txt']);
    expect((await live.ask('GET', made.json.source as string)).text).toBe('multi\r\npart\r\n--x');
  });

  test('upload_location of a folder accepts a name, that of a file accepts content', async () => {
    const { json: root } = await live.ask('GET', 'me/skydrive');
    const made = await live.ask('PUT', `${root.upload_location as string}new.txt`, { body: 'one' });
    const { json: file } = await live.ask('GET', made.json.id as string);
    expect((await live.ask('PUT', file.upload_location as string, { body: 'two' })).status).toBe(200);
    expect((await live.ask('GET', made.json.source as string)).text).toBe('two');
  });

  test('an invalid name is refused before the body is read', async () => {
    const wrong = await live.ask('PUT', 'me/skydrive/files/a%3Ab', { body: 'x' });
    expect([wrong.status, wrong.json.error.code]).toEqual([400, 'request_parameter_invalid']);
  });

  test('a full drive gives resource_quota_exceeded', async () => {
    const small = await liveTester({ accounts: [{ drive: { total: 4 } }] });
    const full = await small.ask('PUT', 'me/skydrive/files/a', { body: 'hello' });
    expect([full.status, full.json.error.code]).toEqual([507, 'resource_quota_exceeded']);
    await small.close();
  });
});

describe('content', () => {
  test('is a redirect that supports Range, or its address in JSON', async () => {
    const { id } = await live.put('a.txt', '0123456789');
    const answer = await live.ask('GET', `${id}/content?download=true`);
    const location = answer.headers.get('location') ?? '';
    expect([answer.status, answer.text]).toEqual([302, '']);
    const part = await live.ask('GET', location, { headers: { Range: 'bytes=2-4' } });
    expect([part.status, part.text, part.headers.get('content-range')]).toEqual([206, '234', 'bytes 2-4/10']);
    expect((await live.ask('GET', location, { headers: { Range: 'bytes=-3' } })).text).toBe('789');
    expect((await live.ask('GET', `${id}/content?suppress_redirects=true`)).json.location).toMatch(/^https:/);
  });

  test('a notebook has no content', async () => {
    const other = await liveTester({ accounts: [{ drive: { files: { Notes: { package: 'oneNote' } } } }] });
    const [notebook] = (await other.ask('GET', 'me/skydrive/files')).json.data as {
      id: string;
      type: string;
    }[];
    expect(notebook).toMatchObject({ type: 'notebook' });
    expect(notebook).not.toHaveProperty('source');
    expect(notebook).not.toHaveProperty('upload_location');
    const refused = await other.ask('GET', `${notebook?.id ?? ''}/content`);
    expect([refused.status, refused.json.error]).toEqual([
      400,
      {
        code: 'request_url_invalid',
        message: "Resource type 'notebook' doesn't support the path 'content'.",
      },
    ]);
    await other.close();
  });
});
