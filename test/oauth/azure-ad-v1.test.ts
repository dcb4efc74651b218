/** The endpoints of Azure AD v1.0: a resource in place of scopes. */
import { decodeJwt } from 'jose';
import { expect, it } from 'vitest';
import { clientId, megan, origin, password, redirectUri, startIdentity } from './identity.ts';

const graph = 'https://graph.microsoft.com/';
const tenant = '8f4a2c6e-1b3d-4e5f-9a7b-0c1d2e3f4a5b';
const start = () => startIdentity({ autoConsent: true });

const authorize = (parameters: Record<string, string> = {}) =>
  `${origin}/common/oauth2/authorize?${new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    resource: graph,
    state: 's',
    ...parameters,
  })}`;

const signIn = async (identity: Awaited<ReturnType<typeof start>>) => {
  const { left } = await identity.browser().open(authorize());
  const code = left?.searchParams.get('code') ?? '';
  return identity.post('common/oauth2/token', {
    grant_type: 'authorization_code',
    client_id: clientId,
    code,
    redirect_uri: redirectUri,
  });
};

it('a code gives tokens for its resource, with numbers as strings', async () => {
  const identity = await start();
  const { status, body } = await signIn(identity);
  expect(status).toBe(200);
  const now = Math.floor(identity.clock.now() / 1000);
  expect(body).toMatchObject({
    token_type: 'Bearer',
    resource: graph,
    expires_in: '3599',
    ext_expires_in: '3599',
    expires_on: String(now + 3599),
    not_before: String(now),
    scope: 'Files.ReadWrite.All Sites.ReadWrite.All User.Read',
  });
  const me = await identity.get('/v1.0/me', { authorization: `Bearer ${body.access_token}` });
  expect(await me.json()).toMatchObject({ userPrincipalName: megan });
  expect(decodeJwt(body.id_token)).toMatchObject({
    iss: `https://sts.windows.net/${tenant}/`,
    aud: clientId,
    upn: megan,
    ver: '1.0',
  });
});

it('a refresh token renews for the same resource by default', async () => {
  const identity = await start();
  const { body } = await signIn(identity);
  const renewed = await identity.post('common/oauth2/token', {
    grant_type: 'refresh_token',
    client_id: clientId,
    refresh_token: body.refresh_token,
  });
  expect(renewed.body).toMatchObject({ resource: graph, expires_in: '3599' });
});

it('personal accounts are not supported', async () => {
  const { browser } = await start();
  const { left } = await browser().open(authorize({ login_hint: 'alex@outlook.com', prompt: 'none' }));
  expect(left?.searchParams.get('error')).toBe('login_required');
});

it('an application gets a token of its own, without scopes', async () => {
  const { post } = await start();
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: 's' };
  const { body } = await post(`${tenant}/oauth2/token`, { ...form, resource: graph });
  expect(body).toMatchObject({ token_type: 'Bearer', resource: graph, expires_in: '3599' });
  expect(body).not.toHaveProperty('scope');
  expect(body).not.toHaveProperty('refresh_token');
  expect((await post(`${tenant}/oauth2/token`, form)).body.error_codes).toEqual([900144]);
});

it('a resource other than Graph and SharePoint is refused', async () => {
  const { post } = await start();
  const { status, body } = await post(`${tenant}/oauth2/token`, {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: 's',
    resource: 'https://vault.azure.net',
  });
  expect(status).toBe(400);
  expect(body).toMatchObject({ error: 'invalid_resource', error_codes: [500011] });
});

it('Graph may be named by its application id, which the response repeats', async () => {
  const { post } = await start();
  const resource = '00000003-0000-0000-c000-000000000000';
  const form = { grant_type: 'password', client_id: clientId, username: megan, password, resource };
  const { body } = await post('common/oauth2/token', form);
  expect(body).toMatchObject({ resource });
  expect(body.refresh_token).toBeTypeOf('string');
});

it('a device code is requested with a resource, and polled as `code`', async () => {
  const { post, get } = await start();
  const asked = await get(
    `/common/oauth2/devicecode?client_id=${clientId}&resource=${graph}&api-version=1.0`,
  );
  const device = (await asked.json()) as Record<string, string>;
  expect(device).toMatchObject({
    expires_in: '900',
    interval: '5',
    verification_url: `${origin}/devicelogin`,
  });
  const form = {
    grant_type: 'device_code',
    client_id: clientId,
    resource: graph,
    code: device['device_code'] ?? '',
  };
  expect((await post('common/oauth2/token', form)).body).toMatchObject({ resource: graph });
});

it('its discovery leads to its endpoints', async () => {
  const { get } = await start();
  const answer = await get(`/${tenant}/.well-known/openid-configuration`);
  const document = (await answer.json()) as Record<string, string>;
  expect(document).toMatchObject({
    issuer: `https://sts.windows.net/${tenant}/`,
    token_endpoint: `${origin}/${tenant}/oauth2/token`,
  });
  expect((await get(new URL(document['jwks_uri'] ?? '').pathname)).status).toBe(200);
});

it('the user realm is managed for domains of the directory', async () => {
  const { get } = await start();
  const realm = async (name: string): Promise<unknown> =>
    (await get(`/common/UserRealm/${name}?api-version=1.0`)).json();
  expect(await realm(megan)).toMatchObject({ account_type: 'Managed', domain_name: 'contoso.com' });
  expect(await realm('nobody@elsewhere.example')).toMatchObject({ account_type: 'Unknown' });
});
