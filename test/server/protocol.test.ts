/* eslint-disable @typescript-eslint/no-explicit-any -- answers are looked into as they came */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { host, startTester } from './world.ts';

describe('an answer', () => {
  test('has ids, and returns the one that the client sent', async () => {
    const one = await startTester();
    const answer = await one.ask('GET', '/me/drive/nothing', { headers: { 'client-request-id': 'my-id' } });
    expect(answer.headers.get('client-request-id')).toBe('my-id');
    expect(answer.headers.get('request-id')).toMatch(/^[\da-f-]{36}$/);
    expect(answer.json.error.innerError).toEqual({
      date: '2026-01-02T03:04:05',
      'request-id': answer.headers.get('request-id'),
      'client-request-id': 'my-id',
    });
    expect(answer.headers.get('odata-version')).toBe('4.0');
  });

  test('is 401 with a challenge for a missing, invalid or expired token', async () => {
    const one = await startTester();
    for (const headers of [{}, { authorization: 'Bearer nonsense' }, { authorization: 'Basic eA==' }]) {
      const answer = await one.ask('GET', '/me/drive', { anonymous: true, headers });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer /);
      expect(answer.json.error.code).toBe('InvalidAuthenticationToken');
    }
    await one.clock.advance(3600_000);
    expect((await one.ask('GET', '/me/drive')).status).toBe(401);
  });

  test('is 403 for a read-only token, and for the drive of another user', async () => {
    const one = await startTester({ accounts: [{ displayName: 'A A' }, { displayName: 'B B' }] });
    const reader = one.token({ scopes: ['files.read'] });
    expect((await one.ask('GET', '/me/drive', { token: reader })).status).toBe(200);
    expect((await one.ask('PUT', '/me/drive/root:/x:/content', { token: reader, body: 'x' })).status).toBe(
      403,
    );
    const other = one.token({ account: 'b.b@outlook.com' });
    const { json } = await one.ask('GET', '/me/drive');
    expect((await one.ask('GET', `/drives/${json.id}`, { token: other })).json.error.code).toBe(
      'accessDenied',
    );
    expect((await one.ask('GET', '/drives/none')).status).toBe(404);
  });

  test.each([
    ['GET', '/me/drive/foo', 400, 'BadRequest'],
    ['GET', '/nothing', 400, 'BadRequest'],
    ['GET', '/me/drive/root/foo', 400, 'BadRequest'],
    ['GET', '/me/drive/root:/%FF', 400, 'invalidRequest'],
    ['GET', '/me/drive/recent?$filter=name eq 1', 400, 'invalidRequest'],
    ['GET', '/me/drive/root?$expand=mood', 400, 'invalidRequest'],
    ['DELETE', '/me/drive', 501, 'notSupported'],
    ['POST', '/me/drive/root/content', 405, 'invalidRequest'],
    ['GET', '/me/drive/root/workbook', 501, 'notSupported'],
    ['GET', `${host}/nowhere/at/all`, 404, 'itemNotFound'],
    ['GET', '/me/drive/root/children?$skip=2', 400, 'invalidRequest'],
    ['GET', '/me/drive/items', 400, 'invalidRequest'],
    ['GET', '/me/drive?$expand=mood', 400, 'invalidRequest'],
  ])('to %s %s is %d %s', async (method, path, status, code) => {
    const one = await startTester();
    const answer = await one.ask(method, path);
    expect([answer.status, answer.json.error.code]).toEqual([status, code]);
  });

  test.each([
    ['/foo', 'foo'],
    ['/me/mood', 'mood'],
    ['/me/drive/root/delta/$count', '$count'],
    ['/me/drive/root/versions/1.0/mood', 'mood'],
  ])('to %s contains the unknown segment: %s', async (path, segment) => {
    const answer = await (await startTester()).ask('GET', path);
    expect(answer.json.error.message).toBe(`Resource not found for the segment '${segment}'.`);
  });

  test.each(['http://localhost:3000', 'https://app.example'])(
    'allows pages of %s, in the preflight and in the response',
    async (origin) => {
      const one = await startTester({ cors: ['https://app.example'] });
      const headers = {
        origin,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'authorization',
      };
      const before = await one.ask('OPTIONS', '/me/drive', { anonymous: true, headers });
      expect([before.status, before.headers.get('access-control-allow-headers')]).toEqual([
        204,
        'authorization',
      ]);
      const after = await one.ask('GET', '/me/drive', { headers: { origin } });
      expect(after.headers.get('access-control-allow-origin')).toBe(origin);
    },
  );

  test('to HEAD is that to GET without the body', async () => {
    const one = await startTester();
    const head = await one.ask('HEAD', '/me/drive/root');
    expect([head.status, head.text]).toEqual([200, '']);
  });

  test('has links with the scheme and the host that the client sees', async () => {
    const one = await startTester({ seed: { 'a.txt': 'a', 'b.txt': 'b' } });
    const { json } = await one.ask('GET', 'http://127.0.0.1:8080/_api/v2.0/me/drive/root/children?$top=1');
    expect(json['@odata.nextLink']).toMatch(/^http:\/\/127\.0\.0\.1:8080\/_api\/v2\.0\/drives\//);
    expect(json.value[0]['@microsoft.graph.downloadUrl']).toMatch(/^http:\/\/127\.0\.0\.1:8080\/_content\//);
  });
});

test('reset deletes all changes, and creates the seed again', async () => {
  const one = await startTester({ seed: { 'a.txt': 'a' } });
  await one.ask('PUT', '/me/drive/root:/b.txt:/content', { body: 'b' });
  await one.reset();
  const { json } = await one.ask('GET', '/me/drive/root/children');
  expect(json.value.map((item: any) => item.name)).toEqual(['a.txt']);
});

test('no request gives a 500', async () => {
  const one = await startTester({ seed: { a: { folder: { 'x.txt': 'x' } }, Notes: { package: 'oneNote' } } });
  const { json: drive } = await one.ask('GET', '/me/drive');
  const { json: item } = await one.ask('GET', '/me/drive/root:/a/x.txt');
  const { json: session } = await one.ask('POST', '/me/drive/root:/s:/createUploadSession');
  const words = [
    'me',
    'drive',
    'drives',
    drive.id,
    'root',
    'root:',
    'items',
    item.id,
    `${item.id}:`,
    'a',
    'x.txt',
    'x.txt:',
    'Notes',
    ':',
    'children',
    'content',
    'delta',
    "delta(token='x')",
    "search(q='a')",
    'search',
    'special',
    'approot',
    'copy',
    'createLink',
    'createUploadSession',
    'restore',
    'recent',
    'shares',
    'u!x',
    'users',
    'sites',
    '%',
    '%00',
    '%2F',
    '..',
    'permissions',
    '$count',
    '@a1',
  ];
  const segment = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...words) },
    { weight: 1, arbitrary: fc.string({ maxLength: 8 }) },
  );
  const value: fc.Arbitrary<unknown> = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.constant(null),
    fc.constant({}),
    fc.constant('root'),
    fc.constant(item.id),
  );
  const body = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .record(
        {
          name: value,
          folder: value,
          parentReference: fc.oneof(
            value,
            fc.record({ id: value, path: value, driveId: value }, { requiredKeys: [] }),
          ),
          fileSystemInfo: fc.oneof(value, fc.record({ lastModifiedDateTime: value }, { requiredKeys: [] })),
          item: value,
          type: fc.oneof(value, fc.constant('view')),
          scope: value,
          '@microsoft.graph.sourceUrl': fc.oneof(value, fc.constant(session.uploadUrl)),
        },
        { requiredKeys: [] },
      )
      .map((made) => JSON.stringify(made)),
  );
  const query = fc.constantFrom(
    '',
    '?$top=1',
    '?$top=x',
    '?$select=name,',
    '?$expand=children',
    '?$orderby=size',
    '?token=latest',
    '?$skiptoken=x',
    '?(token=',
    '?%',
    '?$select=%FF&x',
  );
  const header = fc.constantFrom<Record<string, string>>(
    {},
    { 'content-range': 'bytes 0-0/2' },
    { 'if-match': '"' },
    { range: 'bytes=5-' },
    { 'content-length': 'x' },
    { 'x-http-method-override': 'PATCH' },
  );
  const start = fc.oneof(
    { weight: 8, arbitrary: fc.constant('/v1.0/me/drive/') },
    {
      weight: 2,
      arbitrary: fc.constantFrom('/v1.0/', '/_content/', '/_upload/', '/_monitor/', '/_api/v2.0/drive/', '/'),
    },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'),
      start,
      fc.array(segment, { maxLength: 6 }),
      query,
      header,
      body,
      async (method, prefix, segments, search, headers, text) => {
        let url: URL;
        try {
          url = new URL(`${host}${prefix}${segments.join('/')}${search}`);
        } catch {
          return;
        }
        const answer = await one.handler({
          method,
          url,
          headers: {
            authorization: `Bearer ${one.token()}`,
            'content-length': String(text.length),
            ...headers,
          },
          body: (async function* () {
            yield new TextEncoder().encode(text);
          })(),
        });
        if (answer.status >= 500 && answer.status !== 501)
          throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
      },
    ),
    { numRuns: 4000 },
  );
});

describe('input that is nested too deeply or is not text', () => {
  const deep = (open: string, close: string) => open.repeat(3000) + close.repeat(3000);
  const filter = (text: string) => `/me/drive/root/children?$filter=${encodeURIComponent(text)}`;
  const expanded = `$expand=${'children('.repeat(3000)}$select=id${')'.repeat(3000)}`;

  test.each([
    filter(`${'('.repeat(3000)}name eq 'a'${')'.repeat(3000)}`),
    filter(`${'not '.repeat(3000)}name eq 'a'`),
    filter(`${'a/any(b:'.repeat(500)}b eq 'a'${')'.repeat(500)}`),
    filter('('.repeat(3000)),
    `/me/drive/root/children?${expanded}`,
    `/me/drive/root/children?$select=${deep('(', ')')}`,
    `/me/drive/root?$expand=children($expand=${'children($expand='.repeat(900)}children${')'.repeat(901)}`,
  ])('in a query is refused: %#', async (path) => {
    const one = await startTester({ seed: { 'a.txt': 'a' } });
    expect((await one.ask('GET', path)).status).toBe(400);
  });

  test.each([
    ["/me/drive/root/search(q='X')", 200],
    ['/me/drive/root/children?$filter=', 200],
  ])('in a search is treated as text: %s', async (path, status) => {
    const one = await startTester({ seed: { 'a.txt': 'a' } });
    const text = encodeURIComponent(`${'('.repeat(3000)}a${')'.repeat(3000)}`);
    expect((await one.ask('GET', path.replace('X', text))).status).toBe(path.endsWith('=') ? 400 : status);
  });

  test.each([
    ['POST', '/me/drive/root/children', 400],
    ['PATCH', '/me/drive/root:/a.txt:', 400],
    ['POST', '/$batch', 400],
    ['POST', '/search/query', 400],
    ['POST', 'https://graph.example/v5.0/me/skydrive', 400],
    ['PUT', 'http://localhost/_control/faults', 400],
  ])('in a body is refused: %s %s', async (method, path, status) => {
    const one = await startTester({ seed: { 'a.txt': 'a' } });
    const headers = { 'content-type': 'application/json' };
    const bodies = [
      `{"name":${deep('[', ']')}}`,
      `{"name":${deep('{"a":', '}').replace('}', '1}')}}`,
      Uint8Array.of(0x7b, 0x22, 0x6e, 0x61, 0x6d, 0x65, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d),
    ];
    for (const body of bodies) expect((await one.ask(method, path, { headers, body })).status).toBe(status);
    const { json } = await one.ask('GET', '/me/drive/root/children');
    expect(json.value.map(({ name }: { name: string }) => name)).toEqual(['a.txt']);
  });
});
