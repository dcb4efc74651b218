/**
 * Requests that no good client sends, drawn from a seed: broken paths, tokens, tickets, ranges, lengths, JSON and
 * headers.
 */
import fc from 'fast-check';
import type { Target } from './target.ts';

/** One request. */
export interface Hostile {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
}

const methods = fc.constantFrom(
  'GET',
  'GET',
  'PUT',
  'POST',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'MOVE',
  'COPY',
);
const pieces = fc.oneof(
  fc.constantFrom(
    '..',
    '%2e%2e',
    '..%2f',
    '%2F',
    '%5c..%5c',
    '%00',
    '%',
    '%zz',
    '%ff%fe',
    ':',
    ':/',
    '::',
    '/',
    '//',
    '\\',
    '.',
    '~',
    "'",
    "('",
    "')",
    '$value',
    'me',
    'drive',
    'root',
    'items',
    'children',
    'content',
    'delta',
    'search',
    "search(q='a')",
    'own.txt',
    'a',
    'b.txt',
    'secret.txt',
    'createUploadSession',
    'versions',
    'permissions',
    'createLink',
    'invite',
    'copy',
    'restore',
    'checkout',
    'thumbnails',
    'shares',
    'u!aHR0cHM6Ly9',
    'special',
    'approot',
    'sites',
    'users',
    'victim@contoso.com',
    '$batch',
  ),
  fc.string({ maxLength: 12 }).map(encodeURIComponent),
  fc
    .string({ unit: 'binary', maxLength: 6 })
    .map((text) => encodeURIComponent(text.replaceAll(/[\uD800-\uDFFF]/g, ''))),
);
const prefixes = [
  '/v1.0/',
  '/v1.0/me/drive/root:/',
  '/v1.0/me/drive/',
  '/v1.0/me/drive/items/',
  '/_content/',
  '/_upload/',
  '/_monitor/',
  '/v5.0/',
  '/_api/v2.0/',
  '/v1.0/shares/',
  '/v1.0/drives/',
  '/',
  '/common/oauth2/v2.0/',
  '/v1.0/$batch',
];
/** Addresses that are served: with an odd header, query or body they get further in. */
const good = fc.constantFrom(
  '/v1.0/me',
  '/v1.0/me/drive',
  '/v1.0/me/drive/root/children',
  '/v1.0/me/drive/root/delta',
  "/v1.0/me/drive/root/search(q='own')",
  '/v1.0/me/drive/root:/own.txt',
  '/v1.0/me/drive/root:/own.txt:/content',
  '/v1.0/me/drive/root:/own.txt:/versions',
  '/v1.0/me/drive/root:/own.txt:/permissions',
  '/v1.0/me/drive/root:/own.txt:/createLink',
  '/v1.0/me/drive/root:/own.txt:/invite',
  '/v1.0/me/drive/root:/own.txt:/copy',
  '/v1.0/me/drive/root:/own.txt:/createUploadSession',
  '/v1.0/me/drive/root:/own.txt:/listItem',
  '/v1.0/me/drive/root:/new.bin:/content',
  '/v1.0/me/drive/root:/a:/children',
  '/v1.0/me/drive/recent',
  '/v1.0/me/drive/sharedWithMe',
  '/v1.0/me/drive/special/documents',
  '/v1.0/$batch',
  '/v1.0/subscriptions',
  '/v5.0/me/skydrive/files',
);
const queries = fc.oneof(
  fc.constant(''),
  fc
    .array(
      fc.tuple(
        fc.constantFrom(
          '$top',
          '$skip',
          '$skiptoken',
          'token',
          '$select',
          '$expand',
          '$filter',
          '$orderby',
          'format',
          '@microsoft.graph.conflictBehavior',
          '$count',
          'q',
        ),
        fc.oneof(
          fc.constantFrom(
            '-1',
            '0',
            '1e9',
            '99999999999999999999',
            'latest',
            'NaN',
            'children($expand=children)',
            'name',
            "a eq 'b",
            '%00',
            'replace',
            'zzz',
            '../..',
          ),
          fc.string({ maxLength: 10 }),
        ),
      ),
      { minLength: 1, maxLength: 3 },
    )
    .map((pairs) => `?${new URLSearchParams(pairs).toString()}`),
);
const headerNames = [
  'range',
  'content-range',
  'if-match',
  'if-none-match',
  'prefer',
  'content-type',
  'x-http-method-override',
  'x-forwarded-proto',
  'x-forwarded-host',
  'bits-packet-type',
  'bits-session-id',
  'origin',
  'client-request-id',
  'accept',
  'transfer-encoding-x',
  'content-encoding',
];
const headerValues = fc.oneof(
  fc.constantFrom(
    'bytes=0-',
    'bytes=-0',
    'bytes=5-1',
    'bytes=99999999999999999999-',
    'bytes=0-1,2-3',
    'bytes 0-2/3',
    'bytes 0-99999999999/5',
    'bytes */*',
    'bytes 5-2/1',
    '"x"',
    '*',
    'W/"',
    'respond-async',
    'application/json',
    'text/html',
    'DELETE',
    'TRACE',
    'https',
    'evil.example',
    'Create-Session',
    'Fragment',
    'http://evil.example',
    '',
  ),
  fc.string({ unit: 'grapheme-ascii', maxLength: 20 }).map((text) => text.trim()),
);
const bodies = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom(
    '{',
    '[]',
    'null',
    '""',
    '{"name":"../x"}',
    '{"name":"a","folder":{},"@microsoft.graph.conflictBehavior":"x"}',
    '{"name":null}',
    '{"item":5}',
    '{"requests":[{"id":"1","method":"GET","url":"/me"}]}',
    '{"requests":[{"id":"1","method":"GET","url":"//evil"},{"id":"1","dependsOn":["1"]}]}',
    '{"parentReference":{"id":"x"}}',
    '{"__proto__":{"x":1},"name":"p"}',
    '[[[[[[[[',
    '{"a":'.repeat(2000),
    '\u0000',
  ),
  fc.json({ maxDepth: 3 }),
  fc.uint8Array({ maxLength: 40 }),
);
const tokens = fc.oneof(
  { weight: 6, arbitrary: fc.constant('own') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      'Bearer',
      'Bearer ',
      'Basic YTpi',
      'Bearer eyJhbGciOiJub25lIn0.e30.',
      'bearer \t x',
      'Bearer undefined',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 30 }).map((text) => `Bearer ${text.trim()}`),
  },
);

/** Requests for this target. */
export function hostileRequests({ token, known }: Target): fc.Arbitrary<Hostile> {
  const starts = fc.constantFrom(
    ...prefixes,
    ...known,
    ...known.map((path) => `${path}/`),
    ...known.map((path) => `${path}:/`),
  );
  const bent = fc
    .tuple(starts, fc.array(pieces, { maxLength: 4 }), fc.constantFrom('/', '', ':/'))
    .map(([start, parts, glue]) => `${start}${parts.join(glue)}`);
  const targets = fc
    .tuple(fc.oneof(bent, good), queries)
    .map(([path, query]) => `${path}${query}`.replaceAll(/[\s#]/g, ''));
  const headers = fc.dictionary(fc.constantFrom(...headerNames), headerValues, {
    maxKeys: 3,
    noNullPrototype: true,
  });
  return fc
    .record({ method: methods, target: targets, headers, body: bodies, authorization: tokens })
    .map(({ method, target, headers: sent, body, authorization }) => ({
      method,
      target,
      headers: {
        ...sent,
        ...(authorization === ''
          ? {}
          : { authorization: authorization === 'own' ? `Bearer ${token}` : authorization }),
      },
      body: method === 'GET' || method === 'HEAD' ? undefined : body,
    }));
}
