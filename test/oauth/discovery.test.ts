import { expect, it } from 'vitest';
import { clientId, origin, startIdentity } from './identity.ts';

const document = async (tenant: string, headers: Record<string, string> = {}) => {
  const { get } = await startIdentity();
  const response = await get(`/${tenant}/v2.0/.well-known/openid-configuration`, headers);
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, string>,
  };
};

it('a tenant that is one directory is in the issuer; others have {tenantid}', async () => {
  expect((await document('common')).body['issuer']).toBe(`${origin}/{tenantid}/v2.0`);
  expect((await document('organizations')).body['issuer']).toBe(`${origin}/{tenantid}/v2.0`);
  expect((await document('consumers')).body['issuer']).toBe(
    `${origin}/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0`,
  );
  const id = '8f4a2c6e-1b3d-4e5f-9a7b-0c1d2e3f4a5b';
  for (const name of [id, id.toUpperCase(), 'contoso.com', 'Contoso.OnMicrosoft.com']) {
    expect((await document(name)).body['issuer'], name).toBe(`${origin}/${id}/v2.0`);
  }
});

it('an unknown tenant is refused', async () => {
  expect(await document('11111111-1111-1111-1111-111111111111')).toMatchObject({
    status: 400,
    body: { error: 'invalid_tenant' },
  });
});

it('its addresses work, and pages on this machine can read it', async () => {
  const { get, post } = await startIdentity();
  const { body, headers } = await document('common', { origin: 'http://localhost:3000' });
  expect(headers.get('access-control-allow-origin')).toBe('http://localhost:3000');
  const path = (name: string) => new URL(body[name] ?? '').pathname;
  expect((await get(path('jwks_uri'))).status).toBe(200);
  expect((await get(path('end_session_endpoint'))).status).toBe(200);
  expect((await get(path('authorization_endpoint'))).status).toBe(400);
  expect((await get(path('userinfo_endpoint'))).status).toBe(401);
  expect((await post(path('token_endpoint').slice(1), '')).status).toBe(400);
  expect((await post(path('device_authorization_endpoint').slice(1), '')).status).toBe(400);
});

it('the key set contains public members only, and always the same key', async () => {
  const { get } = await startIdentity();
  const keys = async () =>
    (await (await get('/common/discovery/v2.0/keys')).json()) as { keys: Record<string, string>[] };
  const [first, second] = await Promise.all([keys(), keys()]);
  expect(first).toEqual(second);
  expect(Object.keys(first.keys[0] ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
});

it('instance discovery lists this host only', async () => {
  const { get } = await startIdentity();
  const endpoint = encodeURIComponent(`${origin}/consumers/oauth2/v2.0/authorize`);
  const answer = await get(`/common/discovery/instance?api-version=1.1&authorization_endpoint=${endpoint}`);
  expect(await answer.json()).toMatchObject({
    tenant_discovery_endpoint: `${origin}/consumers/v2.0/.well-known/openid-configuration`,
    metadata: [{ preferred_network: '127.0.0.1:9', aliases: ['127.0.0.1:9'] }],
  });
  expect((await get('/common/discovery/instance')).status).toBe(400);
});

it.each([
  ['http://localhost:3000', [204, 'http://localhost:3000', 400, 'http://localhost:3000']],
  ['https://app.example', [204, 'https://app.example', 400, 'https://app.example']],
  ['https://evil.example', [403, null, 403, null]],
])('a page of %s may request tokens if it is on this machine or registered', async (page, expected) => {
  const spa = { id: 'spa', singlePage: true, redirectUris: ['https://app.example/cb'] };
  const { onedrive } = await startIdentity({ identity: { clients: [spa] } });
  const url = `${origin}/common/oauth2/v2.0/token`;
  const headers = { origin: page, 'access-control-request-method': 'POST' };
  const preflight = await onedrive.fetch(new Request(url, { method: 'OPTIONS', headers }));
  const body = new URLSearchParams({ client_id: clientId });
  const refused = await onedrive.fetch(new Request(url, { method: 'POST', headers, body }));
  const seen = [preflight, refused].flatMap((answer) => [
    answer.status,
    answer.headers.get('access-control-allow-origin'),
  ]);
  expect(seen).toEqual(expected);
});
