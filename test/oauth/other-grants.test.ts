/**
 * The password, on-behalf-of and client-credentials grants, unregistered applications, and userinfo, with a manual clock.
 */
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { setPolicy } from '../../packages/server/src/identity/policies.ts';
import { accounts } from '../../packages/server/src/people/account-record.ts';
import { alex, clientId, megan, password, startIdentity } from './identity.ts';

const path = 'contoso.com/oauth2/v2.0/token';
const scope = 'https://graph.microsoft.com/.default';

describe('a password', () => {
  it('gives tokens, in the directory of the account', async () => {
    const { post, get } = await startIdentity();
    const ask = (more: Record<string, string>, at = path) =>
      post(at, {
        grant_type: 'password',
        client_id: clientId,
        username: megan,
        password,
        scope: 'openid Files.Read offline_access',
        ...more,
      });
    const { status, body } = await ask({});
    expect(status).toBe(200);
    expect(body).toMatchObject({
      refresh_token: expect.any(String),
      id_token: expect.any(String),
      scope: 'openid Files.Read',
    });
    const me = await get('/v1.0/me', { authorization: `Bearer ${body.access_token}` });
    expect(await me.json()).toMatchObject({ userPrincipalName: megan });
    expect((await ask({ password: 'wrong' })).body.error_codes).toEqual([50126]);
    expect((await ask({ username: 'nobody@contoso.com' })).body.error_codes).toEqual([50034]);
    expect((await ask({ username: alex }, 'common/oauth2/v2.0/token')).body.error_codes).toEqual([50034]);
    expect((await ask({ scope: '' })).body.error_codes).toEqual([900144]);
  });

  it('is not enough if the organization requires more', async () => {
    const { onedrive, post } = await startIdentity();
    const { storage } = onedrive.world;
    const { id = '' } =
      storage.read((records) => accounts.list(records)).find((one) => one.userPrincipalName === megan) ?? {};
    const ask = async () =>
      (await post(path, { grant_type: 'password', client_id: 'x', username: megan, password, scope })).body
        .error_codes;
    setPolicy(onedrive.world, id, 'second-factor');
    expect(await ask()).toEqual([50076]);
    setPolicy(onedrive.world, id, 'block');
    expect(await ask()).toEqual([53003]);
  });
});

describe('on behalf of a user', () => {
  const grant = {
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    requested_token_use: 'on_behalf_of',
    client_id: 'service',
    client_secret: 's',
    scope: 'https://graph.microsoft.com/Files.Read',
  };

  it('an authenticated service exchanges a received token for its own', async () => {
    const { onedrive, post, get, clock } = await startIdentity();
    const assertion = onedrive.token({ account: megan });
    const { body } = await post(path, { ...grant, assertion });
    const me = await get('/v1.0/me', { authorization: `Bearer ${body.access_token}` });
    expect(await me.json()).toMatchObject({ userPrincipalName: megan });
    expect((await post(path, { ...grant, assertion, client_secret: '' })).body.error_codes).toEqual([
      7000218,
    ]);
    expect((await post(path, { ...grant, assertion: 'x' })).body.error_codes).toEqual([500133]);
    expect((await post(path, { ...grant, assertion, requested_token_use: '' })).body.error_codes).toEqual([
      900144,
    ]);
    await clock.advance(3600_000);
    expect((await post(path, { ...grant, assertion })).body.error_codes).toEqual([500133]);
  });
});

describe('an unregistered application', () => {
  it('acts for itself with any secret, but not without one', async () => {
    const { post, get } = await startIdentity();
    const form = { grant_type: 'client_credentials', client_id: clientId, scope };
    expect((await post(path, form)).body.error_codes).toEqual([7000218]);
    const { body } = await post(path, { ...form, client_secret: 'any' });
    const headers = { authorization: `Bearer ${body.access_token}` };
    expect((await get(`/v1.0/users/${megan}/drive`, headers)).status).toBe(200);
    expect((await get('/v1.0/me', headers)).status).toBe(400);
  });

  it('may use any assertion of its own that is for this address and time', async () => {
    const { post, clock } = await startIdentity();
    const seconds = Math.floor(clock.now() / 1000);
    const ask = async (more: Record<string, unknown>) => {
      const claims = { iss: clientId, sub: clientId, aud: `http://127.0.0.1:9/${path}`, exp: seconds + 60 };
      const client_assertion = await new SignJWT({ ...claims, ...more })
        .setProtectedHeader({ alg: 'HS256' })
        .sign(new Uint8Array(32));
      const answer = await post(path, {
        grant_type: 'client_credentials',
        client_id: clientId,
        scope,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion,
      });
      return answer.status === 200 ? 'granted' : answer.body.error_codes[0];
    };
    expect(await ask({})).toBe('granted');
    expect(await ask({ iss: 'https://ci', sub: 'repo:a/b', aud: 'api://AzureADTokenExchange' })).toBe(
      'granted',
    );
    expect(await ask({ sub: 'x' })).toBe(700027);
    expect(await ask({ aud: 'https://elsewhere' })).toBe(700212);
    expect(await ask({ exp: seconds - 3600 })).toBe(700024);
  });

  it('is refused if only registered ones are allowed', async () => {
    const { post } = await startIdentity({ identity: { registeredClientsOnly: true } });
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: 's', scope };
    expect((await post(path, form)).body.error_codes).toEqual([700016]);
  });
});

it('userinfo returns the user with the subject of the id token', async () => {
  const { post, get } = await startIdentity();
  const form = { grant_type: 'password', client_id: clientId, username: megan, password };
  const { body } = await post(path, { ...form, scope: 'openid profile email' });
  const [, claims = ''] = body.id_token.split('.');
  const answer = await get('/oidc/userinfo', { authorization: `Bearer ${body.access_token}` });
  expect(await answer.json()).toMatchObject({
    sub: JSON.parse(Buffer.from(claims, 'base64url').toString()).sub,
    name: 'Megan Bowen',
    given_name: 'Megan',
    email: megan,
  });
  expect((await get('/oidc/userinfo')).status).toBe(401);
});
