import { afterEach, beforeEach, expect, test } from 'vitest';
import { bytesBody } from '../../packages/kit/src/http/bodies.ts';
import { readText } from '../../packages/kit/src/http/read.ts';
import type { Transport } from '../../packages/kit/src/http/transport.ts';
import * as live from '../../packages/kit/src/live/index.ts';
import { type EmbeddedLive, embeddedLive } from '../embedded/embedded-live.ts';

let under: EmbeddedLive;
let client: live.LiveClient;
beforeEach(async () => {
  under = await embeddedLive();
  client = under.client;
});
afterEach(() => under.server.close());

const bytes = (text: string) => bytesBody(new TextEncoder().encode(text));
async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of list) found.push(one);
  return found;
}

test('the user, the permissions, the picture and the quota are returned', async () => {
  const user = await live.getUser(client);
  expect(await live.getUser(client, user.id)).toEqual(user);
  expect(await live.getPermissions(client)).toContain('User.Read');
  expect(await live.getPictureUrl(client)).toMatch(/^https:/);
  expect(await live.getQuota(client)).toEqual({ quota: 26843545600, available: 26843545600 });
});

test('folders and albums are created and listed', async () => {
  const folder = await live.createFolder(client, 'me/skydrive', {
    name: 'd',
    description: 'x',
    sort_by: 'name',
  });
  expect(folder).toMatchObject({ type: 'folder', count: 0, sort_by: 'name' });
  const album = await live.createAlbum(client, { name: 'a' });
  expect((await all(live.listAlbums(client))).map(({ id }) => id)).toEqual([album.id]);
  const sorted = live.listFiles(client, 'me/skydrive', {
    sortBy: 'name',
    sortOrder: 'descending',
    pageSize: 1,
  });
  expect((await all(sorted)).map(({ name }) => name)).toEqual(['d', 'a']);
  expect(await all(live.listFiles(client, 'me/skydrive', { filter: 'albums' }))).toHaveLength(1);
});

test('a file is uploaded, replaced, found, and listed among recent and shared files', async () => {
  const { id } = await live.putFile(client, 'me/skydrive', 'a & b.txt', bytes('one'));
  await live.putContent(client, id, bytes('two'));
  const place = await live.getContent(client, id, { byteRange: '1-' });
  if (place.kind !== 'url') throw new Error('a redirect was expected');
  expect(await readText(await live.readSource(client, place.url, { what: 'read it', byteRange: '1-' }))).toBe(
    'wo',
  );
  expect((await all(live.searchObjects(client, 'a &'))).map((object) => object.id)).toEqual([id]);
  expect((await live.listRecent(client)).data).toHaveLength(1);
  expect((await live.listShared(client)).data).toEqual([]);
  expect((await live.getLink(client, id)).link).toMatch(/^https:/);
});

test('a tag of a photo is created, listed and deleted; other files have no tags', async () => {
  const photo = await live.putFile(client, 'me/skydrive', 'p.jpg', bytes('x'));
  expect(await live.listTags(client, photo.id)).toEqual({ data: [] });
  const tag = await live.addTag(client, photo.id, { user: { name: 'Bo' }, x: 43.9, y: 54.4 });
  expect(tag).toMatchObject({ user: { name: 'Bo', id: null }, x: 43.9, y: 54.4 });
  expect(await live.getTag(client, tag.id)).toEqual(tag);
  expect(await live.listTags(client, photo.id)).toEqual({ data: [tag] });
  expect(await live.getObject(client, photo.id)).toMatchObject({ tags_count: 1 });
  await live.deleteTag(client, tag.id);
  await expect(live.getTag(client, tag.id)).rejects.toMatchObject({ code: 'not-found' });
  const text = await live.putFile(client, 'me/skydrive', 'a.txt', bytes('x'));
  await expect(live.addTag(client, text.id, { user: { name: 'Bo' } })).rejects.toMatchObject({
    liveCode: 'request_parameter_invalid',
  });
});

test('a comment is read by its id', async () => {
  const { id } = await live.putFile(client, 'me/skydrive', 'a.txt', bytes('x'));
  const comment = await live.addComment(client, id, 'well said');
  expect(await live.getComment(client, comment.id)).toEqual(comment);
});

test('a photo has addresses for other sizes', async () => {
  const { id } = await live.putFile(client, 'me/skydrive', 'p.jpg', bytes('x'));
  expect(await live.getPhotoUrl(client, id, 'album')).toMatch(/^https:.*\/album\//);
  const text = await live.putFile(client, 'me/skydrive', 'a.txt', bytes('x'));
  await expect(live.getPhotoUrl(client, text.id)).rejects.toMatchObject({ code: 'invalid-request' });
});

test('the upload location of a folder accepts new files, that of a file new content', async () => {
  const { id, upload_location: folder } = await live.createFolder(client, 'me/skydrive', { name: 'd' });
  const made = await live.putToLocation(client, folder, 'a b.txt', bytes('one'));
  expect(await live.getObject(client, made.id)).toMatchObject({ name: 'a b.txt', parent_id: id, size: 3 });
  const { upload_location: file } = (await live.getObject(client, made.id)) as live.LiveFile;
  await live.putToLocation(client, `${file}?x=1`, undefined, bytes('three'));
  expect(await live.getObject(client, made.id)).toMatchObject({ size: 5 });
});

test('an upload location on another host is requested without a token', async () => {
  const seen: string[] = [];
  const plain: Transport = async ({ url, headers }) => {
    seen.push(`${url} ${headers['authorization'] ?? 'unsigned'}`);
    return {
      status: 201,
      headers: {},
      body: (async function* () {
        yield new TextEncoder().encode('{"id":"x"}');
      })(),
    };
  };
  await live.putToLocation({ ...client, plain }, 'https://other.example/up', 'a', bytes('x'));
  expect(seen).toEqual(['https://other.example/up/a unsigned']);
});

test('the upload service responds to a ping', async () => {
  const user = await live.getUser(client);
  await live.pingBits(client, live.bitsUrl(client, user.id, { path: ['a'] }));
});

test('a name that would change the path of the URL is refused before a request is sent', async () => {
  const before = under.asked.length;
  for (const object of ['', '..', 'me//skydrive', 'a/../b'])
    expect(() => void live.getObject(client, object)).toThrow(expect.objectContaining({ code: 'usage' }));
  expect(() => live.bitsUrl(client, 'x', { folder: 'file.txt', name: 'a' })).toThrow(
    expect.objectContaining({ code: 'usage' }),
  );
  expect(under.asked).toHaveLength(before);
});

test.each([
  [502, '<html>gateway</html>', 'service', /web page/],
  [401, '', 'auth-required', /without a reason/],
  [
    409,
    '{"error":{"code":"resource_already_exists","message":"There."}}',
    'conflict',
    /There \(409 resource_already_exists\)/,
  ],
  [
    403,
    '{"error":{"code":"x","message":"See https://a.example/b?access_token=secret"}}',
    'access-denied',
    /b \(403 x\)/,
  ],
])('status %i with %s is %s', async (status, body, code, message) => {
  const transport: Transport = async () => ({
    status,
    headers: {},
    body: (async function* () {
      yield new TextEncoder().encode(body);
    })(),
  });
  const error: unknown = await live.getObject({ ...client, transport }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'LiveError', status, code, message: expect.stringMatching(message) });
  expect(JSON.stringify(error)).not.toContain('secret');
});

test('a response that is not JSON is a protocol error that names the request', async () => {
  const transport: Transport = async () => ({ status: 200, headers: {}, body: (async function* () {})() });
  await expect(live.getQuota({ ...client, transport })).rejects.toMatchObject({
    code: 'protocol',
    message: expect.stringMatching(/^Could not read the quota/),
  });
});

test('object ids returned by the client can be used in requests', async () => {
  const root = await live.getObject(client);
  expect(live.parseObjectId(root.id)?.item).toBeUndefined();
  const { id } = await live.putFile(client, root.id, 'a.txt', bytes('x'));
  expect(live.looksLikeObjectId(id)).toBe(true);
});
