import fc from 'fast-check';
import { expect, it } from 'vitest';
import { authorizeUrl, origin, startIdentity } from './identity.ts';

const names = [
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'response_type',
  'response_mode',
  'prompt',
  'login_hint',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'grant_type',
  'code',
  'code_verifier',
  'refresh_token',
  'device_code',
  'client_secret',
  'client_info',
  'auto_consent',
  'action',
  'account',
  'password',
  'form_key',
  'user_code',
  'post_logout_redirect_uri',
];
const values = fc.oneof(
  fc.constantFrom(
    'code',
    'query',
    'form_post',
    'none',
    'login',
    'accept',
    'signin',
    'decline',
    'openid',
    'alex@outlook.com',
    'http://localhost/',
    'authorization_code',
    'refresh_token',
    'device_code',
    'S256',
    '1',
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 60 }),
);
const odd = fc.uniqueArray(fc.tuple(fc.constantFrom(...names), values), {
  maxLength: 8,
  selector: ([name]) => name,
});
/** Half of the requests are valid ones with a mutation, which reach more code. */
const parameters = fc.tuple(odd, fc.boolean()).map(([pairs, good]) => {
  if (!good) return pairs;
  const valid = [...new URL(authorizeUrl()).searchParams].filter(
    ([name]) => !pairs.some(([other]) => other === name),
  );
  return [...valid, ...pairs] as [string, string][];
});
const paths = fc.oneof(
  fc.constantFrom(
    '/common/oauth2/v2.0/authorize',
    '/consumers/oauth2/v2.0/token',
    '/common/oauth2/v2.0/devicecode',
    '/devicelogin',
    '/common/oauth2/v2.0/logout',
    '/common/discovery/instance',
    '/error',
  ),
  fc.string({ maxLength: 20 }).map((tenant) => `/${encodeURIComponent(tenant)}/oauth2/v2.0/authorize`),
  fc
    .string({ maxLength: 20 })
    .map((tenant) => `/${encodeURIComponent(tenant)}/v2.0/.well-known/openid-configuration`),
);
const headers = fc.record(
  {
    cookie: fc.string({ maxLength: 60 }),
    authorization: fc.oneof(
      fc.base64String().map((text) => `Basic ${text}`),
      fc.string(),
    ),
    'client-request-id': fc.string(),
  },
  { requiredKeys: [] },
);

it('no mutated request makes the identity service fail, or redirect to an address that is not allowed', async () => {
  const { onedrive } = await startIdentity();
  const ask = async (
    method: string,
    path: string,
    pairs: [string, string][],
    more: Record<string, string | undefined>,
  ) => {
    const query = new URLSearchParams(pairs).toString();
    const sent: Record<string, string> = {};
    for (const [name, value] of Object.entries(more)) if (value !== undefined) sent[name] = value;
    const text = method === 'POST' ? query : '';
    return onedrive.handler({
      method,
      url: new URL(`${origin}${path}${method === 'GET' ? `?${query}` : ''}`),
      headers: sent,
      body: (async function* () {
        yield new TextEncoder().encode(text);
      })(),
    });
  };
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'POST'),
      paths,
      parameters,
      headers,
      async (method, path, pairs, more) => {
        const response = await ask(method, path, pairs, more);
        expect(response.status).toBeLessThan(500);
        for (const value of Object.values(response.headers)) expect(value).not.toMatch(/[\r\n]/);
        const location = response.headers['Location'];
        if (location !== undefined) {
          expect(new URL(location).hostname).toMatch(/^(localhost|127\.0\.0\.1|\[::1\]|auth|login\..*)$/);
        }
      },
    ),
    { numRuns: 3000 },
  );
});

it('pages escape all values of a request', async () => {
  const { browser } = await startIdentity();
  const nasty = `"><img src=x onerror=alert(1)>'`;
  for (const name of ['client_id', 'login_hint', 'state', 'nonce', 'redirect_uri', 'scope', 'prompt']) {
    const view = await browser().open(authorizeUrl({ [name]: nasty }));
    expect(view.text, name).not.toContain('<img');
  }
  expect((await browser().open(`/devicelogin?user_code=${encodeURIComponent(nasty)}`)).text).not.toContain(
    '<img',
  );
  expect((await browser().open(authorizeUrl({}, encodeURIComponent(nasty)))).text).not.toContain('<img');
  expect((await browser().open(`/error?code=${encodeURIComponent(nasty)}`)).text).not.toContain('<img');
});
