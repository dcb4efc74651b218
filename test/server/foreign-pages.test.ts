/** Pages of other sites get nothing from the embedded server, at any address. In Chromium: foreign-pages.interop.ts. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTester, type Tester } from './world.ts';

const origin = 'http://127.0.0.1:8080';
const evil = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' };
const subresource = {
  'sec-fetch-site': 'cross-site',
  'sec-fetch-mode': 'no-cors',
  'sec-fetch-dest': 'image',
};
const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const authorize = (more: Record<string, string> = {}) =>
  `${origin}/common/oauth2/v2.0/authorize?${new URLSearchParams({
    client_id: 'x',
    response_type: 'code',
    redirect_uri: 'http://localhost:3000/',
    scope: 'Files.ReadWrite.All',
    ...more,
  }).toString()}`;

let one: Tester;
let item: { readonly id: string; readonly '@microsoft.graph.downloadUrl': string };
beforeEach(async () => {
  one = await startTester({
    seed: { 'a.txt': 'secret', 'p.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>' },
    identity: { clients: [{ id: 'spa', singlePage: true, redirectUris: ['https://app.example/'] }] },
    cors: ['https://trusted.example'],
  });
  item = (await one.ask('GET', `${origin}/v1.0/me/drive/root:/a.txt`)).json;
});
afterEach(() => one.close());

const grants = [
  'grant_type=client_credentials&client_id=x&client_secret=x&scope=https://graph.microsoft.com/.default',
  'grant_type=password&client_id=x&username=alex.wilber@outlook.com&password=x&scope=Files.Read',
  'grant_type=urn:ietf:params:oauth:grant-type:device_code&client_id=x&device_code=x',
  'grant_type=refresh_token&client_id=x&refresh_token=x',
  'grant_type=authorization_code&client_id=x&code=x',
] as const;

describe('a page of another site', () => {
  it.each([
    ['GET', '/v1.0/me'],
    ['GET', '/v1.0/me/drive/root/children'],
    ['GET', '/beta/me/drive'],
    ['GET', '/_api/v2.0/drive'],
    ['PUT', '/v1.0/me/drive/root:/planted.txt:/content'],
    ['POST', '/v1.0/$batch'],
    ['POST', '/v1.0/subscriptions'],
    ['GET', '/v5.0/me/skydrive/files'],
    ['POST', '/v5.0/me/skydrive/files'],
    ['POST', '/common/oauth2/v2.0/token'],
    ['POST', '/common/oauth2/token'],
    ['POST', '/oauth20_token.srf'],
    ['POST', '/common/oauth2/v2.0/devicecode'],
    ['GET', '/common/oauth2/devicecode?client_id=x&resource=r'],
    ['POST', '/devicelogin?user_code=x'],
    ['POST', '/common/oauth2/v2.0/authorize'],
    ['GET', '/common/adminconsent?client_id=x&redirect_uri=http://localhost/'],
    ['GET', '/_control/requests'],
    ['POST', '/_control/reset'],
    ['POST', '/_control/token'],
    ['PUT', '/_control/faults'],
    ['GET', '/common/v2.0/.well-known/openid-configuration'],
    ['GET', '/'],
    ['GET', '/nothing'],
    ['OPTIONS', '/v1.0/me/drive'],
  ])('is refused %s %s, by Origin, by `Origin: null` and by Sec-Fetch-Site', async (method, path) => {
    const token = one.token();
    const by = [evil, { origin: 'null' }, { origin: 'https://evil.example' }, subresource];
    for (const headers of by) {
      const asked = { ...headers, authorization: `Bearer ${token}`, 'access-control-request-method': 'GET' };
      const answer = await one.ask(method, `${origin}${path}`, { headers: asked });
      expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([403, null]);
      expect(answer.headers.get('vary')).toContain('Origin');
    }
    expect((await one.ask('GET', '/me/drive/root:/planted.txt')).status).toBe(404);
  });

  it('reads no content by a download URL, writes none by an upload URL, and follows no thumbnail', async () => {
    const session = await one.ask('POST', `${origin}/v1.0/me/drive/root:/b.txt:/createUploadSession`, {
      body: {},
    });
    const put = { headers: { ...evil, 'content-range': 'bytes 0-0/1' }, body: 'x', anonymous: true };
    expect((await one.ask('PUT', session.json.uploadUrl, put)).status).toBe(403);
    for (const headers of [evil, subresource])
      expect(
        (await one.ask('GET', item['@microsoft.graph.downloadUrl'], { headers, anonymous: true })).status,
      ).toBe(403);
    expect((await one.ask('GET', '/me/drive/root:/b.txt')).status).toBe(404);
  });

  it('can link to the sign-in page, and gets no response without user interaction', async () => {
    const page = await one.ask('GET', authorize(), { headers: link, anonymous: true });
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('Alex Wilber')]);
    const alone = authorize({ auto_consent: '1', login_hint: 'alex.wilber@outlook.com' });
    for (const headers of [
      link,
      { ...link, referer: 'http://localhost:3000/' },
      { referer: 'https://evil.example/' },
    ]) {
      const answer = await one.ask('GET', alone, { headers, anonymous: true });
      expect([answer.status, answer.headers.get('location')]).toEqual([403, null]);
    }
    expect((await one.ask('GET', alone, { anonymous: true })).status).toBe(302);
  });

  it('shows the sign-in page to an account that consents automatically, unless the application has a registered address', async () => {
    const alone = await startTester({
      autoConsent: true,
      identity: { clients: [{ id: 'web', redirectUris: ['https://app.example/cb'] }] },
    });
    const to = { client_id: 'web', redirect_uri: 'https://app.example/cb' };
    const ask = async (url: string) =>
      (await alone.ask('GET', url, { headers: link, anonymous: true })).status;
    expect([await ask(authorize()), await ask(authorize(to))]).toEqual([200, 302]);
    await alone.close();
  });

  it('can open a file, a sharing link and a sign-in in a window, and nothing else', async () => {
    const shared = await one.ask('POST', `${origin}/v1.0/me/drive/items/${item.id}/createLink`, {
      body: { type: 'view', scope: 'anonymous' },
    });
    const ask = async (url: string, dest: string) =>
      (await one.ask('GET', url, { headers: { ...link, 'sec-fetch-dest': dest }, anonymous: true })).status;
    expect(await ask(shared.json.link.webUrl, 'document')).toBe(302);
    expect(await ask(item['@microsoft.graph.downloadUrl'], 'document')).toBe(200);
    expect(await ask(item['@microsoft.graph.downloadUrl'], 'embed')).toBe(403);
    expect(await ask(`${origin}/devicelogin`, 'document')).toBe(200);
    expect(await ask(`${origin}/devicelogin`, 'iframe')).toBe(403);
    expect(await ask(`${origin}/`, 'iframe')).toBe(403);
    expect(await ask(authorize(), 'iframe')).toBe(200);
    expect(await ask(`${origin}/v1.0/me`, 'document')).toBe(403);
    expect(await ask(`${origin}/_control/requests`, 'document')).toBe(403);
  });
});

describe('a page of an allowed origin', () => {
  it.each(['https://app.example', 'https://trusted.example'])(
    'of %s can use its own token only',
    async (page) => {
      const headers = { ...form, origin: page, 'sec-fetch-site': 'cross-site' };
      const statuses = await Promise.all(
        grants.map(async (body) => {
          const answer = await one.ask('POST', `${origin}/common/oauth2/v2.0/token`, {
            headers,
            body,
            anonymous: true,
          });
          return answer.status;
        }),
      );
      expect(statuses).toEqual([403, 403, 403, 400, 400]);
      for (const path of ['/common/oauth2/v2.0/devicecode', '/devicelogin?user_code=X', '/_control/token'])
        expect(
          (await one.ask('POST', origin + path, { headers, body: 'client_id=x&scope=Files.Read' })).status,
        ).not.toBe(200);
      const drive = await one.ask('GET', `${origin}/v1.0/me/drive`, { headers: { origin: page } });
      expect([drive.status, drive.headers.get('access-control-allow-origin')]).toEqual([200, page]);
    },
  );
});

it.each([
  ['/v1.0/me', 'onedrive-kit-page', {}],
  ['/', 'x', {}],
  ['/', 'onedrive-kit-page', { code_challenge: 'a'.repeat(43), code_challenge_method: 'plain' }],
  [
    '/',
    'onedrive-kit-page',
    { response_type: 'token', nonce: 'n', code_challenge: 'a'.repeat(43), code_challenge_method: 'S256' },
  ],
  ['/?x=1', 'onedrive-kit-page', {}],
  ['/_control/health', 'onedrive-kit-page', {}],
])('a sign-in does not end at %s of the server for %s %j', async (path, clientId, more) => {
  for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
    const redirect = `http://${host}:8080${path}`;
    const asked = {
      client_id: clientId,
      redirect_uri: redirect,
      login_hint: 'alex.wilber@outlook.com',
      auto_consent: '1',
    };
    const answer = await one.ask('GET', authorize({ ...asked, ...more }), { anonymous: true });
    const location = answer.headers.get('location') ?? '';
    expect(location).not.toMatch(/[?&#](?:code|access_token)=/);
    expect([400, 302]).toContain(answer.status);
  }
});

it('a sign-in ends at the own page of the server for its client id with PKCE', async () => {
  const own = {
    client_id: 'onedrive-kit-page',
    redirect_uri: `${origin}/`,
    login_hint: 'alex.wilber@outlook.com',
  };
  const proof = { code_challenge: 'a'.repeat(43), code_challenge_method: 'S256', auto_consent: '1' };
  const answer = await one.ask('GET', authorize({ ...own, ...proof }), { anonymous: true });
  expect(answer.headers.get('location')).toMatch(/^http:\/\/127\.0\.0\.1:8080\/\?code=/);
});

it('a subscription never makes the server call itself', async () => {
  for (const url of [`${origin}/_control/reset`, 'http://localhost:8080/_control/reset']) {
    const answer = await one.ask('POST', `${origin}/v1.0/subscriptions`, {
      body: {
        changeType: 'updated',
        notificationUrl: url,
        resource: '/me/drive/root',
        expirationDateTime: '2026-01-03T00:00:00Z',
      },
    });
    expect([answer.status, answer.json.error.message]).toEqual([400, expect.stringContaining('this server')]);
  }
});
