import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LiveTester, liveTester } from './asking.ts';

let live: LiveTester;
beforeEach(async () => {
  live = await liveTester();
});
afterEach(() => live.close());

describe('lists', () => {
  test('limit and offset select a page, filter selects types, sort_by and sort_order sort', async () => {
    for (const [name, size] of [
      ['c.txt', 1],
      ['a.mp3', 3],
      ['b.jpg', 2],
    ] as const)
      await live.put(name, 'x'.repeat(size));
    const list = async (query: string) =>
      ((await live.ask('GET', `me/skydrive/files?${query}`)).json.data as { name: string }[]).map(
        (one) => one.name,
      );
    expect(await list('sort_by=name')).toEqual(['a.mp3', 'b.jpg', 'c.txt']);
    expect(await list('sort_by=size&sort_order=descending')).toEqual(['a.mp3', 'b.jpg', 'c.txt']);
    expect(await list('limit=2&sort_by=name')).toEqual(['a.mp3', 'b.jpg']);
    expect(await list('limit=2&offset=2&sort_by=name')).toEqual(['c.txt']);
    expect(await list('offset=9')).toEqual([]);
    expect(await list('limit=0')).toEqual([]);
    expect(await list('filter=photos,audio&sort_by=name')).toEqual(['a.mp3', 'b.jpg']);
    for (const wrong of ['limit=x', 'offset=-1', 'filter=nonsense', 'sort_by=colour', 'sort_order=up'])
      expect((await live.ask('GET', `me/skydrive/files?${wrong}`)).status).toBe(400);
  });

  test('pages by limit and offset return each of 1,203 items exactly once', async () => {
    const { json } = await live.ask('POST', 'me/skydrive', { body: '{"name":"many"}' });
    for (let at = 0; at < 1203; at++)
      await live.ask('PUT', `${json.id as string}/files/f${at}`, { body: '' });
    const seen = new Set<string>();
    for (let offset = 0; ; offset += 500) {
      const page = (await live.ask('GET', `${json.id as string}/files?limit=500&offset=${offset}`)).json
        .data as { id: string }[];
      for (const { id } of page) seen.add(id);
      if (page.length < 500) break;
    }
    expect(seen.size).toBe(1203);
  });

  test('search returns a link to the next page', async () => {
    for (const name of ['needle 1', 'needle 2', 'hay']) await live.put(name, 'x');
    const first = (await live.ask('GET', 'me/skydrive/search?q=NEEDLE&limit=1')).json;
    expect(first.data).toHaveLength(1);
    expect((await live.ask('GET', first.paging.next as string)).json.data).toHaveLength(1);
  });
});

describe('pages', () => {
  test('a client that requests pages gets links to the neighboring pages, without the token', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) await live.put(name, name);
    const seen: string[] = [];
    let next: string | undefined = 'me/skydrive/files?limit=2&sort_by=name';
    const texts: string[] = [];
    while (next !== undefined) {
      const { json, text } = await live.ask('GET', next);
      seen.push(...(json.data as { name: string }[]).map(({ name }) => name));
      texts.push(text);
      next = json.paging.next as string | undefined;
    }
    expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(texts).toHaveLength(3);
    expect(texts.join()).not.toContain('access_token');
    const { paging } = (await live.ask('GET', 'me/skydrive/files?sort_by=name&limit=2')).json;
    expect(paging.next).toMatch(/\?offset=2&limit=2&sort_by=name$/);
    const last = await live.ask('GET', 'me/skydrive/files?limit=2&offset=4');
    expect(last.json.paging).toEqual({ previous: expect.stringContaining('offset=2') });
    expect((await live.ask('GET', 'me/skydrive/files')).json).not.toHaveProperty('paging');
  });

  test('comments and tags are paged too', async () => {
    const { id } = await live.put('p.jpg', 'x');
    for (const message of ['one', 'two', 'three'])
      await live.ask('POST', `${id}/comments`, { body: JSON.stringify({ message }) });
    const page = (await live.ask('GET', `${id}/comments?limit=1&offset=1`)).json;
    expect(page.data).toEqual([expect.objectContaining({ message: 'two' })]);
    expect(page.paging).toEqual({ previous: expect.any(String), next: expect.any(String) });
    for (const name of ['Ann', 'Bo'])
      await live.ask('POST', `${id}/tags`, { body: JSON.stringify({ user: { name } }) });
    const tags = (await live.ask('GET', `${id}/tags?offset=1`)).json.data as { user: { name: string } }[];
    expect(tags.map(({ user }) => user.name)).toEqual(['Bo']);
  });
});

describe('tags', () => {
  test('a tag has the documented id and keys; a tag of a video has no position', async () => {
    const photo = await live.put('p.jpg', 'x');
    const made = await live.ask('POST', `${photo.id}/tags`, {
      body: JSON.stringify({ user: { id: live.cid, name: 'Alex' }, x: 0, y: 100 }),
    });
    expect(made.status).toBe(201);
    expect(made.json).toEqual({
      id: expect.stringMatching(/^tag\.[0-9a-f]{16}\.[0-9a-f]{16}!\d+\.[\w-]{27}$/),
      user: { name: 'Alex', id: live.cid },
      x: 0,
      y: 100,
      created_time: expect.stringMatching(/\+0000$/),
    });
    const film = await live.put('f.mp4', 'x');
    const other = await live.ask('POST', `${film.id}/tags`, {
      body: '{"user": {"name": "Bo"}, "x": 5, "y": 5}',
    });
    expect(other.json).not.toHaveProperty('x');
    expect((await live.ask('GET', film.id)).json.tags_count).toBe(1);
    expect((await live.ask('DELETE', made.json.id as string)).status).toBe(204);
    expect((await live.ask('DELETE', made.json.id as string)).status).toBe(404);
  });

  test.each([
    '{}',
    '{"user": {}}',
    '{"user": {"name": "a"}, "x": 101}',
    '{"user": {"name": "a"}, "y": "one"}',
  ])('a tag of %s is refused', async (body) => {
    const { id } = await live.put('p.jpg', 'x');
    expect((await live.ask('POST', `${id}/tags`, { body })).status).toBe(400);
    expect((await live.ask('GET', `${id}/tags`)).json.data).toEqual([]);
  });
});
