import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LiveTester, liveTester } from './asking.ts';

let live: LiveTester;
beforeEach(async () => {
  live = await liveTester();
});
afterEach(() => live.close());

const open = (url: string) => live.ask('GET', url, { token: null });
const made = async (path: string, body: string, method = 'PUT') =>
  (await live.ask(method, path, { body })).json as { id: string };
const linkOf = async (id: string, kind = 'shared_read_link') =>
  (await live.ask('GET', `${id}/${kind}`)).json as { link: string; embed_html: string };
const hrefs = (text: string) =>
  [...text.matchAll(/href="([^"]+)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'));

test('a link to a file returns its content to everyone, without a token', async () => {
  const { id } = await made('me/skydrive/files/a.txt', 'hello');
  const opened = await open((await linkOf(id)).link);
  expect(opened.status).toBe(302);
  expect((await open(opened.headers.get('location') ?? '')).text).toBe('hello');
});

test('a link to a folder shows a page of its children, at any depth and nothing outside of it', async () => {
  const { id } = await made('me/skydrive', '{"name":"Trip & home"}', 'POST');
  const { id: inner } = await made(id, '{"name":"Day"}', 'POST');
  await made(`${inner}/files/a.txt`, 'deep');
  const { id: other } = await made('me/skydrive', '{"name":"Other"}', 'POST');
  await made(`${other}/files/secret.txt`, 'not shared');
  const { link } = await linkOf(id);
  const page = await open(link);
  expect(page.text).toContain('<h1>Trip &amp; home</h1>');
  const [below = ''] = hrefs(page.text);
  const [file = ''] = hrefs((await open(below)).text);
  expect((await open(file)).text).toBe('deep');
  const beside = new URL(below);
  for (let key = 0; key < 20; key++) {
    beside.searchParams.set('below', String(key));
    expect((await open(beside.href)).text).not.toContain('secret');
  }
  beside.searchParams.set('below', 'x');
  expect((await open(beside.href)).status).toBe(404);
});

test('the page of an embed link may be framed by any page; no other page may', async () => {
  const { id } = await made('me/skydrive/files/a.txt', 'hello');
  const { embed_html: frame } = await linkOf(id, 'embed');
  const [, address = ''] = /src="([^"]+)"/.exec(frame) ?? [];
  const shown = await open(address);
  expect(shown.headers.get('content-security-policy')).toContain('frame-ancestors *');
  const { id: folder } = await made('me/skydrive', '{"name":"d"}', 'POST');
  const plain = await open((await linkOf(folder)).link);
  expect(plain.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect((await open(hrefs(shown.text)[0] ?? '')).text).toBe('hello');
});

test('a forged or deleted link is refused, and the address of an item redirects to the sign-in', async () => {
  const { id } = await made('me/skydrive/files/a.txt', 'hello');
  const { link } = await linkOf(id);
  expect((await open(`${new URL(link).origin}/u/s!nonsense`)).status).toBe(404);
  const { link: page } = (await live.ask('GET', id)).json as { link: string };
  expect((await open(page)).headers.get('location')).toBe(`${new URL(page).origin}/`);
  await live.ask('DELETE', id);
  const gone = await open(link);
  expect([gone.status, gone.text.includes('cannot be opened')]).toEqual([404, true]);
});
