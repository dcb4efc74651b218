import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LiveTester, liveTester } from './asking.ts';

let live: LiveTester;
let file = '';
beforeAll(async () => {
  live = await liveTester();
  file = (await live.ask('PUT', 'me/skydrive/files/a.txt', { body: 'hello' })).json.id as string;
});
afterAll(() => live.close());

const word = fc.oneof(
  fc.constantFrom(
    'me',
    'skydrive',
    'files',
    'content',
    'comments',
    'quota',
    'search',
    'shared',
    'picture',
    'albums',
    'embed',
    'tags',
  ),
  fc.constantFrom(
    'my_photos',
    'folder.0',
    'file.0123456789abcdef.0!1',
    'comment.x',
    '%00',
    '%2F',
    '%ff',
    '..',
    '~',
    'Å',
  ),
  fc.string({ maxLength: 8 }).map(encodeURIComponentSafely),
  fc.constant('FILE'),
  fc.constant('ROOT'),
);
const query = fc.constantFrom(
  ...[
    '',
    '?limit=-1',
    '?limit=1e9',
    '?offset=99999999',
    '?filter=x',
    '?sort_by=',
    '?method=MOVE',
    '?method=%00',
    '?overwrite=false',
  ],
  ...[
    '?callback=x',
    '?pretty=maybe',
    '?suppress_response_codes=true',
    '?q=%25',
    '?download=perhaps',
    '?access_token=x',
  ],
);
const body = fc.oneof(
  fc.constantFrom(
    '',
    '{',
    'null',
    '[]',
    '{"name":1}',
    '{"name":""}',
    '{"destination":{}}',
    '{"message":[]}',
    '{"name":"a","sort_by":3}',
  ),
  fc.string({ maxLength: 40 }),
);
const header = fc.constantFrom(
  {},
  { 'content-type': 'multipart/form-data' },
  { 'content-type': 'multipart/form-data; boundary=x' },
  { 'content-type': 'application/x-www-form-urlencoded' },
  { range: 'bytes=9-' },
  { overwrite: 'perhaps' },
  { 'x-http-method-override': 'BITS_POST' },
  { 'content-length': '-1' },
);

function encodeURIComponentSafely(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '')) || 'x';
}

test('no request to v5.0 causes a defect: every response is a success or a v5.0 error', async () => {
  const request = fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'MOVE', 'COPY', 'PATCH', 'HEAD', 'NONSENSE'),
    path: fc.array(word, { maxLength: 4 }),
    query,
    body,
    headers: header,
  });
  await fc.assert(
    fc.asyncProperty(request, async ({ method, path, query: search, body: text, headers }) => {
      const named = path
        .map((part) => part.replace('FILE', file).replace('ROOT', `folder.${live.cid}`))
        .join('/');
      const bodiless = method === 'GET' || method === 'HEAD';
      const answer = await live.ask(method, `${named}${search}`, {
        headers: headers as unknown as Record<string, string>,
        ...(bodiless ? {} : { body: text }),
      });
      expect([500, 502, 503]).not.toContain(answer.status);
      if (answer.status >= 400 && method !== 'HEAD' && named !== '' && !search.includes('callback'))
        expect((answer.json as { error: { code: string } }).error.code).toMatch(/^[a-zA-Z_]+$/);
    }),
    { numRuns: 1500 },
  );
});

test('no BITS packet causes a defect', async () => {
  const packet = fc.record({
    type: fc.constantFrom('Create-Session', 'Fragment', 'Ping', 'Close-Session', 'Cancel-Session', 'x'),
    path: fc.constantFrom(
      '/items/x/y',
      '/items/0!1/%00',
      '/users/0x1/LiveFolders/a',
      '/users/0xg/LiveFolders/',
      '/users/0x1/livefolders//',
    ),
    range: fc.constantFrom('', 'bytes 0-0/1', 'bytes 1-0/1', 'bytes 0-9/9999999999999999', 'x'),
    session: fc.string({ maxLength: 10 }).map((text) => text.replace(/[^ -~]/g, '')),
    body: fc.string({ maxLength: 10 }),
  });
  await fc.assert(
    fc.asyncProperty(packet, async ({ type, path, range, session, body: text }) => {
      const headers = {
        'BITS-Session-Id': session,
        'Content-Range': range,
        'BITS-Supported-Protocols': '{7df0354d-249b-430f-820d-3d2a9bef4931}',
      };
      expect((await live.packet(type, path, headers, text)).status).not.toBe(500);
    }),
    { numRuns: 400 },
  );
});
