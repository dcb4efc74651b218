import { createHash } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describe, expect, it } from 'vitest';
import { revokeTokens } from '../../packages/server/src/identity/revoke.ts';
import { createOneDrive } from '../../packages/server/src/index.ts';
import { authorizeUrl, clientId, type Identity, megan, redirectUri, startIdentity } from './identity.ts';

const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const challenge = createHash('sha256').update(verifier).digest('base64url');

const redeem = (identity: Identity, code: string, more: Readonly<Record<string, string>> = {}) =>
  identity.token({ grant_type: 'authorization_code', code, redirect_uri: redirectUri, ...more });

const refresh = (identity: Identity, token: string, more: Readonly<Record<string, string>> = {}) =>
  identity.token({ grant_type: 'refresh_token', refresh_token: token, ...more });

describe('grant_type=authorization_code', () => {
  it('returns integers, the granted scopes, and working tokens', async () => {
    const identity = await startIdentity();
    const { status, body, headers } = await redeem(identity, await identity.code());
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toContain('no-store');
    expect(body).toMatchObject({
      token_type: 'Bearer',
      scope: 'Files.ReadWrite',
      expires_in: 3599,
      ext_expires_in: 3599,
    });
    expect(Object.keys(body).sort()).toEqual(
      ['access_token', 'expires_in', 'ext_expires_in', 'refresh_token', 'scope', 'token_type'].sort(),
    );
    expect(body.access_token).toMatch(/^EwC/);
    const me = await identity.get('/v1.0/me/drive', { authorization: `Bearer ${body.access_token}` });
    expect(me.status).toBe(200);
  });

  it('returns no refresh token without offline_access', async () => {
    const identity = await startIdentity();
    const { body } = await redeem(identity, await identity.code({ scope: 'Files.Read' }));
    expect(body).not.toHaveProperty('refresh_token');
  });

  it('scopes are case-insensitive and returned in the spelling of the client', async () => {
    const identity = await startIdentity();
    const code = await identity.code({
      scope: 'https://graph.microsoft.com/files.read  OFFLINE_ACCESS user.read User.Read',
    });
    const { body } = await redeem(identity, code);
    expect(body.scope).toBe('https://graph.microsoft.com/Files.Read User.Read');
    expect(body.refresh_token).toMatch(/^M\./);
  });

  it('a code works once; a second use revokes all tokens issued for it, renewals included', async () => {
    const identity = await startIdentity();
    const code = await identity.code();
    const first = await redeem(identity, code);
    expect(first.status).toBe(200);
    const renewed = await refresh(identity, first.body.refresh_token);
    const other = await redeem(identity, await identity.code());

    expect((await redeem(identity, code)).body).toMatchObject({
      error: 'invalid_grant',
      error_codes: [54005],
    });
    const answers = async (token: string) =>
      (await identity.get('/v1.0/me/drive', { authorization: `Bearer ${token}` })).status;
    expect(await answers(first.body.access_token)).toBe(401);
    expect(await answers(renewed.body.access_token)).toBe(401);
    expect((await refresh(identity, renewed.body.refresh_token)).body.error_codes).toEqual([50173]);
    expect(await answers(other.body.access_token), 'the token of another code').toBe(200);
  });

  it('using a code twice at the same time leaves no valid token', async () => {
    const identity = await startIdentity({ autoConsent: true });
    const { left } = await identity.browser().open(authorizeUrl({ login_hint: megan }));
    const code = left?.searchParams.get('code') ?? '';
    const both = await Promise.all([redeem(identity, code), redeem(identity, code)]);
    for (const { body } of both) {
      const authorization = `Bearer ${body.access_token}`;
      expect((await identity.get('/v1.0/me/drive', { authorization })).status).toBe(401);
    }
  });

  it('a code expires after ten minutes', async () => {
    const identity = await startIdentity();
    const [first, second] = [await identity.code(), await identity.code({ prompt: 'login' })];
    await identity.clock.advance(599_999);
    expect((await redeem(identity, first)).status).toBe(200);
    await identity.clock.advance(1);
    expect((await redeem(identity, second)).body).toMatchObject({
      error: 'invalid_grant',
      error_codes: [70008],
    });
  });

  it('a code is bound to its application and its redirect URI', async () => {
    const identity = await startIdentity();
    const other = await redeem(identity, await identity.code(), { client_id: 'another' });
    expect(other.body).toMatchObject({ error: 'invalid_grant', error_codes: [70000] });
    const moved = await redeem(identity, await identity.code(), { redirect_uri: 'http://localhost:1/' });
    expect(moved.body).toMatchObject({ error: 'invalid_client', error_codes: [500112] });
  });

  it.each([
    ['S256', challenge],
    ['plain', verifier],
    ['', verifier],
  ])('PKCE with the method "%s" accepts only the verifier', async (method, value) => {
    const identity = await startIdentity();
    const begin = () => identity.code({ code_challenge: value, code_challenge_method: method });
    expect((await redeem(identity, await begin(), { code_verifier: verifier })).status).toBe(200);
    expect((await redeem(identity, await begin())).body.error_codes).toEqual([50148]);
    const wrong = await redeem(identity, await begin(), { code_verifier: verifier.replace('d', 'e') });
    expect(wrong.body).toMatchObject({ error: 'invalid_grant', error_codes: [501481] });
    // The challenge itself, which is visible in the request, is not a valid verifier for S256.
    if (method === 'S256')
      expect((await redeem(identity, await begin(), { code_verifier: value })).status).toBe(400);
  });

  it('a verifier for a code without a challenge is refused: the challenge was removed from the request', async () => {
    const identity = await startIdentity();
    const { body } = await redeem(identity, await identity.code(), { code_verifier: verifier });
    expect(body.error_codes).toEqual([501481]);
  });

  it('a scope that was not consented to is refused', async () => {
    const identity = await startIdentity();
    const { body } = await redeem(identity, await identity.code({ scope: 'Files.Read' }), {
      scope: 'Files.ReadWrite.All',
    });
    expect(body).toMatchObject({
      error: 'invalid_grant',
      suberror: 'consent_required',
      error_codes: [65001],
    });
  });

  it('openid gives an id token with the claims that clients read', async () => {
    const identity = await startIdentity();
    const code = await identity.code({ scope: 'openid profile email User.Read', nonce: 'n-1' });
    const { body } = await redeem(identity, code, { client_info: '1' });
    expect(decodeProtectedHeader(body.id_token)).toMatchObject({ alg: 'RS256', typ: 'JWT' });
    const now = Math.floor(identity.clock.now() / 1000);
    expect(decodeJwt(body.id_token)).toMatchObject({
      aud: clientId,
      iss: 'http://127.0.0.1:9/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0',
      tid: '9188040d-6c67-4c5b-b112-36a304b66dad',
      oid: '00000000-0000-0000-0003-4001d2e3f4a5',
      nonce: 'n-1',
      name: 'Alex Wilber',
      preferred_username: 'alex@outlook.com',
      email: 'alex@outlook.com',
      ver: '2.0',
      iat: now,
      exp: now + 3600,
    });
    expect(body['client_info']).toBe(
      Buffer.from(
        '{"uid":"00000000-0000-0000-0003-4001d2e3f4a5","utid":"9188040d-6c67-4c5b-b112-36a304b66dad"}',
      ).toString('base64url'),
    );
  });

  it('the access token of a business account is a JWT for Graph', async () => {
    const identity = await startIdentity({ autoConsent: true });
    const person = identity.browser();
    const { left } = await person.open(authorizeUrl({ login_hint: megan }));
    const { body } = await redeem(identity, left?.searchParams.get('code') ?? '');
    expect(decodeJwt(body.access_token)).toMatchObject({
      aud: '00000003-0000-0000-c000-000000000000',
      scp: 'Files.ReadWrite',
      upn: megan,
    });
    const drive = await identity.get('/v1.0/me/drive', { authorization: `Bearer ${body.access_token}` });
    expect(drive.status).toBe(200);
  });
});

describe('grant_type=refresh_token', () => {
  const start = async (options: Parameters<typeof startIdentity>[0] = {}) => {
    const identity = await startIdentity(options);
    const { body } = await redeem(identity, await identity.code());
    return { identity, token: body.refresh_token };
  };

  it('returns a new access token and a new refresh token', async () => {
    const { identity, token } = await start();
    const { status, body } = await refresh(identity, token);
    expect(status).toBe(200);
    expect(body.refresh_token).not.toBe(token);
    expect(body.scope).toBe('Files.ReadWrite');
    expect((await refresh(identity, body.refresh_token)).status).toBe(200);
  });

  it('a replaced token works within the grace period and not after it', async () => {
    const { identity, token } = await start({ identity: { refreshGrace: 60_000 } });
    await refresh(identity, token);
    await identity.clock.advance(60_000);
    expect((await refresh(identity, token)).status).toBe(200);
    await identity.clock.advance(1);
    expect((await refresh(identity, token)).body).toMatchObject({
      error: 'invalid_grant',
      error_codes: [70000],
    });
  });

  it('the grace period starts with the first exchange, not with the last', async () => {
    const { identity, token } = await start({ identity: { refreshGrace: 60_000 } });
    for (let turn = 0; turn < 3; turn++) {
      expect((await refresh(identity, token)).status).toBe(200);
      await identity.clock.advance(30_000);
    }
    expect((await refresh(identity, token)).status).toBe(400);
  });

  it('by default, a shared token works for its whole lifetime', async () => {
    const { identity, token } = await start();
    await refresh(identity, token);
    await identity.clock.advance(80 * 24 * 3600_000);
    expect((await refresh(identity, token)).status).toBe(200);
  });

  it('a token expires after 90 days without use', async () => {
    const { identity, token } = await start();
    await identity.clock.advance(90 * 24 * 3600_000);
    expect((await refresh(identity, token)).body).toMatchObject({
      error: 'invalid_grant',
      error_codes: [700082],
    });
  });

  it('fewer scopes can be requested, and the next refresh has all of them again', async () => {
    const identity = await startIdentity();
    const first = await redeem(
      identity,
      await identity.code({ scope: 'Files.ReadWrite User.Read offline_access' }),
    );
    const less = await refresh(identity, first.body.refresh_token, { scope: 'User.Read' });
    expect(less.body.scope).toBe('User.Read');
    const denied = await identity.get('/v1.0/me/drive', {
      authorization: `Bearer ${less.body.access_token}`,
    });
    expect(denied.status).toBe(403);
    const all = await refresh(identity, less.body.refresh_token);
    expect(all.body.scope).toBe('Files.ReadWrite User.Read');
  });

  it('more scopes need consent', async () => {
    const { identity, token } = await start();
    const { body } = await refresh(identity, token, { scope: 'Sites.FullControl.All' });
    expect(body).toMatchObject({ error: 'invalid_grant', suberror: 'consent_required' });
  });

  it('is bound to its application', async () => {
    const { identity, token } = await start();
    expect((await refresh(identity, token, { client_id: 'another' })).body.error_codes).toEqual([70000]);
  });

  it('a revoked one gives AADSTS50173, and its access tokens become invalid immediately', async () => {
    const { identity, token } = await start();
    const { body } = await refresh(identity, token);
    revokeTokens(identity.onedrive.world);
    expect((await refresh(identity, token)).body).toMatchObject({
      error: 'invalid_grant',
      error_codes: [50173],
    });
    const me = await identity.get('/v1.0/me', { authorization: `Bearer ${body.access_token}` });
    expect(me.status).toBe(401);
  });

  it('survives a restart of the server on the same storage', async () => {
    const { identity, token } = await start();
    const { storage } = identity.onedrive.world;
    const again = await createOneDrive({ storage, clock: identity.clock });
    const body = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: token,
      client_id: clientId,
    });
    const url = 'http://127.0.0.1:9/common/oauth2/v2.0/token';
    expect((await again.fetch(new Request(url, { method: 'POST', body }))).status).toBe(200);
  });
});

describe('requests that the token endpoint refuses', () => {
  it.each([
    ['an empty body', '', 'invalid_request', 900144],
    ['no grant type', 'client_id=x', 'invalid_request', 900144],
    ['an unknown grant type', 'client_id=x&grant_type=saml', 'unsupported_grant_type', 70003],
    ['no client', 'grant_type=refresh_token&refresh_token=x', 'invalid_request', 900144],
    ['no code', 'client_id=x&grant_type=authorization_code', 'invalid_request', 900144],
    ['no refresh token', 'client_id=x&grant_type=refresh_token', 'invalid_request', 900144],
    [
      'a made-up code',
      'client_id=x&grant_type=authorization_code&code=y&redirect_uri=z',
      'invalid_grant',
      70000,
    ],
    [
      'a made-up refresh token',
      'client_id=x&grant_type=refresh_token&refresh_token=y',
      'invalid_grant',
      70000,
    ],
    ['a repeated field', 'client_id=x&client_id=y&grant_type=refresh_token', 'invalid_request', 9002313],
    [
      'an assertion without a type',
      'client_id=x&grant_type=refresh_token&refresh_token=y&client_assertion=z',
      'invalid_request',
      900144,
    ],
    ['a body that is too long', `client_id=${'x'.repeat(70_000)}`, 'invalid_request', 9002313],
  ])('%s', async (_what, form, error, number) => {
    const { body, status } = await (await startIdentity()).post('common/oauth2/v2.0/token', form);
    expect(status).toBe(error === 'invalid_client' ? 401 : 400);
    expect(body).toMatchObject({ error, error_codes: [number] });
  });

  it('an unknown tenant', async () => {
    const { body } = await (await startIdentity()).post(
      'nowhere/oauth2/v2.0/token',
      'grant_type=refresh_token',
    );
    expect(body).toMatchObject({ error: 'invalid_tenant', error_codes: [90002] });
  });

  it('every error has the members and the text format that clients of the service parse', async () => {
    const { post } = await startIdentity();
    const { body, headers } = await post('common/oauth2/v2.0/token', '', {
      'client-request-id': 'my-correlation',
    });
    expect(headers.get('content-type')).toContain('application/json');
    expect(body).toEqual({
      error: 'invalid_request',
      error_description: `AADSTS900144: The request body must contain the following parameter: 'grant_type'.\r\nTrace ID: ${body['trace_id'] as string}\r\nCorrelation ID: my-correlation\r\nTimestamp: 2026-01-01 00:00:00Z`,
      error_codes: [900144],
      timestamp: '2026-01-01 00:00:00Z',
      trace_id: expect.stringMatching(/^[\da-f-]{36}$/),
      correlation_id: 'my-correlation',
      error_uri: 'http://127.0.0.1:9/error?code=900144',
    });
  });

  it('no error contains a secret or code of the client', async () => {
    const { post } = await startIdentity();
    const { body } = await post(
      'common/oauth2/v2.0/token',
      'grant_type=authorization_code&client_id=x&client_secret=hush&code=hush&redirect_uri=z',
    );
    expect(JSON.stringify(body)).not.toContain('hush');
  });
});

describe('an application with a secret', () => {
  const id = 'web-app';
  const secret = 's3cr~t:with/odd%signs';
  const clients = [{ id, secret, redirectUris: [redirectUri] }];
  const start = async () => {
    const identity = await startIdentity({ identity: { clients } });
    const code = await identity.code({ client_id: id });
    const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri };
    return {
      post: (more: Record<string, string>, headers?: Record<string, string>) =>
        identity.post('common/oauth2/v2.0/token', { ...form, ...more }, headers),
    };
  };
  const basic = (user: string, pass: string) => ({
    authorization: `Basic ${Buffer.from(`${user}:${pass}`).toString('base64')}`,
  });

  it('may send it in the form', async () => {
    expect((await (await start()).post({ client_id: id, client_secret: secret })).status).toBe(200);
  });

  it('may send it by HTTP Basic, form-encoded as the standard says, or as it is', async () => {
    expect((await (await start()).post({}, basic(id, encodeURIComponent(secret)))).status).toBe(200);
    expect((await (await start()).post({ client_id: id }, basic(id, secret))).status).toBe(200);
  });

  it('is refused without it or with a wrong one, and gets a challenge if it used Basic', async () => {
    const missing = await (await start()).post({ client_id: id });
    expect(missing).toMatchObject({ status: 401, body: { error: 'invalid_client', error_codes: [7000218] } });
    const wrong = await (await start()).post({ client_id: id, client_secret: 'no' });
    expect(wrong).toMatchObject({ status: 401, body: { error: 'invalid_client', error_codes: [7000215] } });
    const challenged = await (await start()).post({}, basic(id, 'no'));
    expect(challenged.headers.get('www-authenticate')).toMatch(/^Basic /);
  });

  it('must not send two different ids', async () => {
    const { body } = await (await start()).post({ client_id: 'other' }, basic(id, secret));
    expect(body.error_codes).toEqual([9002313]);
  });

  it('an invalid Basic header is refused', async () => {
    const { body } = await (await start()).post({}, { authorization: 'Basic !!!' });
    expect(body.error_codes).toEqual([9002313]);
  });
});

it('the stored records contain no token, no code and no password', async () => {
  const identity = await startIdentity();
  const code = await identity.code();
  const { body } = await redeem(identity, await identity.code({ prompt: 'login' }));
  const stored = ['access-token', 'refresh-token', 'authorization-code', 'session', 'device-code'].flatMap(
    (kind) => identity.onedrive.world.storage.read((records) => [...records.documents(kind)]),
  );
  expect(stored.length).toBeGreaterThanOrEqual(4);
  for (const secret of [code, body.access_token, body.refresh_token])
    expect(JSON.stringify(stored)).not.toContain(secret);
});

it('records that expired long ago are deleted when the next token is issued', async () => {
  const identity = await startIdentity();
  const count = () =>
    identity.onedrive.world.storage.read((records) => records.documents('access-token').length);
  for (let turn = 0; turn < 5; turn++) identity.onedrive.token();
  expect(count()).toBe(5);
  await identity.clock.advance(2 * 24 * 3600_000);
  identity.onedrive.token();
  expect(count()).toBe(1);
});
