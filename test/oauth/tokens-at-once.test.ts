/** The hybrid and the implicit flow: tokens are in the authorization response. */
import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { expect, it } from 'vitest';
import { authorizeUrl, clientId, origin, startIdentity } from './identity.ts';

const start = () => startIdentity({ autoConsent: true });
const openid = { scope: 'openid profile Files.ReadWrite', nonce: 'n-1' };
const half = (text: string) =>
  createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url');

const back = async (identity: Awaited<ReturnType<typeof start>>, parameters: Record<string, string>) => {
  const { left, text } = await identity.browser().open(authorizeUrl(parameters));
  return { fragment: new URLSearchParams(left?.hash.slice(1)), left, text };
};

it('code id_token returns both in the fragment, and the id token contains the hash of the code', async () => {
  const identity = await start();
  const { fragment, left } = await back(identity, { ...openid, response_type: 'code id_token' });
  expect(left?.search).toBe('');
  const code = fragment.get('code') ?? '';
  const claims = decodeJwt(fragment.get('id_token') ?? '');
  expect(claims).toMatchObject({ aud: clientId, nonce: 'n-1', c_hash: half(code), ver: '2.0' });
  expect(claims).not.toHaveProperty('at_hash');
  expect(fragment.get('state')).toBe('st&te');
  const redeemed = await identity.token({
    grant_type: 'authorization_code',
    code,
    redirect_uri: 'http://localhost:53682/',
  });
  expect(redeemed.status).toBe(200);
});

it('form_post sends them in a form', async () => {
  const { left, text } = await back(await start(), {
    ...openid,
    response_type: 'code id_token',
    response_mode: 'form_post',
  });
  expect(left).toBeUndefined();
  expect(text).toMatch(/name="id_token" value="eyJ/);
  expect(text).toMatch(/name="code" value="/);
});

it('the returned access token works, and no refresh token is returned', async () => {
  const identity = await start();
  const { fragment } = await back(identity, { ...openid, response_type: 'id_token token' });
  const token = fragment.get('access_token') ?? '';
  expect(Object.fromEntries(fragment)).toMatchObject({ token_type: 'Bearer', expires_in: '3599' });
  expect(fragment.has('refresh_token')).toBe(false);
  expect(fragment.has('code')).toBe(false);
  expect(decodeJwt(fragment.get('id_token') ?? '')).toMatchObject({ at_hash: half(token) });
  const me = await identity.get('/v1.0/me/drive', { authorization: `Bearer ${token}` });
  expect(me.status).toBe(200);
});

it('an id token requires a nonce, and no token is sent in a query', async () => {
  const identity = await start();
  const without = await back(identity, { scope: 'openid', response_type: 'id_token' });
  expect(without.fragment.get('error_description')).toMatch(/^AADSTS900144: .*'nonce'/);
  const query = await back(identity, { ...openid, response_type: 'id_token', response_mode: 'query' });
  expect(query.fragment.get('error_description')).toMatch(/^AADSTS70007: /);
  expect(query.left?.search).toBe('');
});

it('discovery lists the supported response types', async () => {
  const { get } = await start();
  const document = await get('/common/v2.0/.well-known/openid-configuration');
  expect(await document.json()).toMatchObject({
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    authorization_endpoint: `${origin}/common/oauth2/v2.0/authorize`,
  });
});
