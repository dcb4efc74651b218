/** The requests of wl.js, Microsoft's own SDK for scripts in pages. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LiveTester, liveTester } from './asking.ts';

let live: LiveTester;
beforeEach(async () => {
  live = await liveTester();
});
afterEach(() => live.close());

const root = () => `folder.${live.cid}`;
const common = () => ({
  pretty: 'false',
  return_ssl_resources: 'undefined',
  x_http_live_library: 'Web/chrome_5.5',
  suppress_redirects: 'true',
  suppress_response_codes: 'true',
  access_token: live.token(),
});

/** `WL.api({ path, method, body })` if the page may send cross-origin requests. */
function api(path: string, method: string, body: Record<string, string> = {}) {
  const all = new URLSearchParams({ ...body, ...common() }).toString();
  const query = `ts=1&method=${method}`;
  if (method === 'get' || method === 'delete')
    return live.ask('GET', `${path}?ts=1&${all}&method=${method}`, { token: null });
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  return live.ask('POST', `${path}?${query}`, { body: all, headers, token: null });
}

/** The same if the page may only load scripts. */
function jsonp(path: string, method: string, body: Record<string, string> = {}) {
  const all = new URLSearchParams({ ...body, ...common(), callback: 'WL.Internal.jsonp.r1' }).toString();
  return live.ask('GET', `${path}?${all}&method=${method}`, { token: null });
}

test('objects are created, changed, copied, moved and deleted by forms with the token and the parameters', async () => {
  const { json: made, text } = await api('me/skydrive', 'post', { name: 'd', description: 'by a page' });
  expect(text).not.toContain('\n');
  expect(made).toMatchObject({ name: 'd', description: 'by a page' });
  const id = made.id as string;
  expect((await api(id, 'put', { name: 'e' })).json.name).toBe('e');
  const { json: file } = await live.ask('PUT', 'me/skydrive/files/a.txt', { body: 'x' });
  expect((await api(file.id as string, 'copy', { destination: id })).json.parent_id).toBe(id);
  const again = await api(file.id as string, 'move', { destination: id });
  expect([again.status, again.json.error.code]).toEqual([200, 'resource_already_exists']);
  expect((await api(`${id}/files`, 'get')).json.data).toHaveLength(1);
  const gone = await api(id, 'delete');
  expect([gone.status, gone.text]).toEqual([200, '{}']);
  expect((await api(id, 'get')).json.error.code).toBe('resource_not_found');
});

test('nested properties are sent as names with dots, and numbers as text', async () => {
  const { json: photo } = await live.ask('PUT', 'me/skydrive/files/p.jpg', { body: 'x' });
  const tag = { 'user.id': live.cid, 'user.name': 'Alex', x: '43.5', y: '0' };
  const made = await api(`${photo.id as string}/tags`, 'post', tag);
  expect(made.json).toMatchObject({ user: { id: live.cid, name: 'Alex' }, x: 43.5, y: 0 });
  expect((await api(`${photo.id as string}/tags`, 'post', { ...tag, x: 'left' })).json.error.code).toBe(
    'request_parameter_invalid',
  );
});

test('a page that can only load scripts does the same by query, and gets a callback for every response', async () => {
  const made = await jsonp(root(), 'post', { name: 'd' });
  expect(made.text).toMatch(/^WL\.Internal\.jsonp\.r1\(\{[^]*"name":"d"[^]*\}\);$/);
  const [, id = ''] = /"id":"(folder\.[^"]*![^"]*)"/.exec(made.text) ?? [];
  expect((await jsonp(id, 'delete')).text).toBe('WL.Internal.jsonp.r1({});');
  expect((await jsonp(id, 'get')).text).toContain('resource_not_found');
});

test('content with the type of a form is stored unchanged', async () => {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const body = 'access_token=mine&name=b';
  const put = await live.ask('PUT', 'me/skydrive/files/a.txt', { body, headers });
  expect((await live.ask('GET', put.json.source as string)).text).toBe(body);
  const tunnelled = await live.ask('POST', 'me/skydrive/files/b.txt?method=PUT', { body, headers });
  expect((await live.ask('GET', tunnelled.json.source as string)).text).toBe(body);
});
