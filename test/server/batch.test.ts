/** `$batch`, through the handler in memory. */
import { beforeEach, describe, expect, it } from 'vitest';
import { startTester, type Tester } from './world.ts';

let onedrive: Tester;
beforeEach(async () => {
  onedrive = await startTester({ seed: { 'a.txt': 'hello' } });
});

const batch = (requests: unknown) => onedrive.ask('POST', '/$batch', { body: { requests } });

describe('a batch', () => {
  it('answers every member under its id, with its own status, headers and body', async () => {
    const { status, json } = await batch([
      { id: '1', method: 'GET', url: '/me/drive/root:/a.txt' },
      { id: '2', method: 'GET', url: 'me/drive/root:/none.txt' },
      { id: '3', method: 'GET', url: '/me/drive/root:/a.txt:/content' },
    ]);
    expect(status).toBe(200);
    expect(json.responses.map((one: { id: string; status: number }) => [one.id, one.status])).toEqual([
      ['1', 200],
      ['2', 404],
      ['3', 302],
    ]);
    expect(json.responses[0].body.name).toBe('a.txt');
    expect(json.responses[1].body.error.code).toBe('itemNotFound');
    const bytes = await onedrive.ask('GET', json.responses[2].headers.Location, { anonymous: true });
    expect(bytes.text).toBe('hello');
  });

  it('accepts JSON bodies as they are, and others as base64', async () => {
    const { json } = await batch([
      {
        id: 'folder',
        method: 'POST',
        url: '/me/drive/root/children',
        headers: { 'Content-Type': 'application/json' },
        body: { name: 'New', folder: {} },
      },
      {
        id: 'file',
        method: 'PUT',
        url: '/me/drive/root:/New/b.bin:/content',
        headers: { 'Content-Type': 'application/octet-stream' },
        body: Buffer.from('bytes').toString('base64'),
        dependsOn: ['folder'],
      },
    ]);
    expect(json.responses.map((one: { status: number }) => one.status)).toEqual([201, 201]);
    expect(json.responses[1].body.size).toBe(5);
  });

  it('returns 424 for members that depend on a failed member', async () => {
    const { json } = await batch([
      { id: '1', method: 'GET', url: '/me/drive/root:/none.txt' },
      { id: '2', method: 'DELETE', url: '/me/drive/root:/a.txt', dependsOn: ['1'] },
      { id: '3', method: 'GET', url: '/me/drive', dependsOn: ['2'] },
    ]);
    expect(json.responses.map((one: { status: number }) => one.status)).toEqual([404, 424, 424]);
    expect((await onedrive.ask('GET', '/me/drive/root:/a.txt')).status).toBe(200);
  });

  it.each([
    ['no list', 'nonsense'],
    ['an empty list', []],
    [
      'more than 20 members',
      Array.from({ length: 21 }, (_, at) => ({ id: `${at}`, method: 'GET', url: '/me' })),
    ],
    [
      'an id twice',
      [
        { id: '1', method: 'GET', url: '/me' },
        { id: '1', method: 'GET', url: '/me' },
      ],
    ],
    ['an absolute URL', [{ id: '1', method: 'GET', url: 'https://graph.example/v1.0/me' }]],
    ['a nested batch', [{ id: '1', method: 'POST', url: '/$batch' }]],
    ['an unknown dependency', [{ id: '1', method: 'GET', url: '/me', dependsOn: ['2'] }]],
    ['a body without a type', [{ id: '1', method: 'PATCH', url: '/me/drive/root:/a.txt', body: {} }]],
  ])('with %s is refused completely', async (_, requests) => {
    const { status, json } = await batch(requests);
    expect([status, json.error.code]).toEqual([400, 'BadRequest']);
  });

  it('logs, counts and throttles each member separately', async () => {
    const get = (id: string) => ({ id, method: 'GET', url: '/me/drive/root/children' });
    onedrive.control.throttle.rules = { units: 5, window: 60_000 };
    const { status, json } = await batch([get('1'), get('2'), get('3')]);
    expect(status).toBe(200);
    const [, second, third] = json.responses;
    expect([second.status, second.headers['RateLimit-Remaining']]).toEqual([200, '1']);
    expect([third.status, third.body.error.code]).toEqual([429, 'activityLimitReached']);
    expect(third.headers['Retry-After']).toBe('60');
    const logged = onedrive.control.requests.entries();
    expect(logged.map(({ method, url, units }) => [method, new URL(url).pathname, units])).toEqual([
      ...Array.from({ length: 3 }, () => ['GET', '/v1.0/me/drive/root/children', 2]),
      ['POST', '/v1.0/$batch', 0],
    ]);
  });

  it('applies faults and quirks to its members, not to itself', async () => {
    const bad = { match: { path: '*/children' }, times: 1, fault: { kind: 'status', status: 503 } } as const;
    const cut = { match: { path: '*/root' }, fault: { kind: 'reset' } } as const;
    onedrive.control.faults.set({ rules: [bad, cut] });
    const get = (id: string, url: string) => ({ id, method: 'GET', url });
    const { json } = await batch([
      get('1', '/me/drive/root/children'),
      get('2', '/me/drive/root/children'),
      get('3', '/me/drive/root'),
    ]);
    expect(json.responses.map((one: { status: number }) => one.status)).toEqual([503, 200, 502]);
    const quirky = await startTester({
      seed: { 'a b.txt': 'x' },
      settings: { quirks: ['url-encoded-names'] },
    });
    const answer = await quirky.ask('POST', '/$batch', {
      body: { requests: [get('1', '/me/drive/root/children')] },
    });
    expect(answer.json.responses[0].body.value[0].name).toBe('a%20b.txt');
  });

  it('needs a token like any other request', async () => {
    expect((await onedrive.ask('POST', '/$batch', { anonymous: true, body: { requests: [] } })).status).toBe(
      401,
    );
  });
});
