import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LiveTester, liveTester } from './asking.ts';

let live: LiveTester;
beforeEach(async () => {
  live = await liveTester();
});
afterEach(() => live.close());

const login = 'https://login.live.com';
const desktop = `${login}/oauth20_desktop.srf`;
const scope = 'wl.skydrive wl.skydrive_update wl.offline_access';

const authorize = async (more: Record<string, string> = {}) => {
  const query = new URLSearchParams({
    client_id: '00000000620A3E4A',
    scope,
    response_type: 'code',
    redirect_uri: desktop,
    ...more,
  });
  const answer = await live.ask('GET', `${login}/oauth20_authorize.srf?${query.toString()}`);
  return new URL(answer.headers.get('location') ?? 'about:blank');
};
const token = (fields: Record<string, string>) =>
  live.ask('POST', `${login}/oauth20_token.srf`, {
    body: new URLSearchParams({ client_id: '00000000620A3E4A', redirect_uri: desktop, ...fields }).toString(),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  });
const byCode = async () =>
  token({
    grant_type: 'authorization_code',
    client_secret: 'secret',
    code: (await authorize()).searchParams.get('code') ?? '',
  });

test('a code is exchanged for tokens: bearer in lower case, one hour, scopes as requested', async () => {
  const { status, json } = await byCode();
  expect(status).toBe(200);
  expect(json).toMatchObject({ token_type: 'bearer', expires_in: 3600, scope, user_id: live.cid });
  expect((await live.ask('GET', 'me', { token: json.access_token as string })).json.id).toBe(live.cid);
  expect(json.refresh_token).toBeTruthy();
});

const renew = (of: { json: { refresh_token: string } }, more: Record<string, string> = {}) =>
  token({ grant_type: 'refresh_token', refresh_token: of.json.refresh_token, ...more });

test('an application that refreshes without a secret is treated as mobile, and is refused with a secret from then on', async () => {
  const mobile = await renew(await byCode());
  expect(mobile.json).toMatchObject({ token_type: 'bearer', scope });
  const refused = await renew(mobile, { client_secret: 'secret' });
  expect([refused.status, refused.json]).toEqual([
    400,
    { error: 'invalid_request', error_description: "Public clients can't send a client secret." },
  ]);
  expect((await renew(mobile)).status).toBe(200);
});

test('an application that was not marked as mobile refreshes with its secret from the desktop page, whatever its grant was', async () => {
  const code = (await authorize()).searchParams.get('code') ?? '';
  const signedIn = await token({ grant_type: 'authorization_code', code });
  const first = await renew(signedIn, { client_secret: 'secret' });
  expect(first.json).toMatchObject({ token_type: 'bearer', scope });
  expect((await renew(first, { client_secret: 'secret' })).status).toBe(200);
});

test('an application that is registered without a secret must not send one', async () => {
  await live.close();
  live = await liveTester({ identity: { clients: [{ id: '00000000620A3E4A' }] } });
  const signedIn = await byCode();
  expect((await renew(signedIn, { client_secret: 'secret' })).status).toBe(400);
  expect((await renew(signedIn)).status).toBe(200);
});

test('wl.offline_access gives a refresh token, and wl.signin an authentication token', async () => {
  const code = (await authorize({ scope: 'wl.signin,wl.skydrive' })).searchParams.get('code') ?? '';
  const { json } = await token({ grant_type: 'authorization_code', code });
  expect(json).not.toHaveProperty('refresh_token');
  expect(json.authentication_token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
});

test('the implicit flow returns the token in the fragment', async () => {
  const { hash, search } = await authorize({ response_type: 'token', state: 's1' });
  const values = new URLSearchParams(hash.slice(1));
  expect(search).toBe('');
  expect(Object.fromEntries(values)).toMatchObject({
    token_type: 'bearer',
    expires_in: '3600',
    scope,
    state: 's1',
  });
  const { status } = await live.ask('GET', 'me/skydrive', { token: values.get('access_token') ?? '' });
  expect(status).toBe(200);
});

test('errors are OAuth errors', async () => {
  expect((await token({ grant_type: 'authorization_code', code: 'nonsense' })).json.error).toBe(
    'invalid_grant',
  );
  expect((await token({ grant_type: 'password' })).json.error).toBe('unsupported_grant_type');
  expect((await token({})).json).toEqual({
    error: 'invalid_request',
    error_description: "The provided request must include a 'grant_type' input parameter.",
  });
  const back = (await authorize({ response_type: 'nonsense' })).searchParams;
  expect([...back.keys()]).toEqual(['error', 'error_description']);
  expect(back.get('error')).toBe('unsupported_response_type');
});

test('display=none shows no page and returns immediately whether a user is signed in', async () => {
  await live.close();
  live = await liveTester({ autoConsent: false });
  expect((await authorize({ response_type: 'token' })).href).toBe('about:blank');
  const { hash } = await authorize({ response_type: 'token', display: 'none' });
  expect(new URLSearchParams(hash.slice(1)).get('error')).toBe('login_required');
});

test('an error of the implicit flow is returned in the fragment, like the token', async () => {
  const { hash, search } = await authorize({ response_type: 'token', scope: '' });
  expect([new URLSearchParams(hash.slice(1)).get('error'), search]).toEqual(['invalid_request', '']);
});

test('the desktop page exists, and signing out redirects to allowed addresses', async () => {
  expect((await live.ask('GET', desktop)).status).toBe(200);
  const out = await live.ask(
    'GET',
    `${login}/oauth20_logout.srf?client_id=x&redirect_uri=${encodeURIComponent(desktop)}`,
  );
  expect(out.headers.get('location')).toBe(desktop);
  const away = await live.ask(
    'GET',
    `${login}/oauth20_logout.srf?client_id=x&redirect_uri=https%3A%2F%2Fevil.example`,
  );
  expect(away.headers.get('location')).toBeNull();
});
