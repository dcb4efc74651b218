/** Tests the identity service with an independent, certified client library, over a real port. */
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as oauth from 'oauth4webapi';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOneDrive, type EmbeddedOneDrive } from '../../packages/server/src/index.ts';
import { type Listening, listen } from '../../packages/server/src/listen/node-server.ts';
import { browser } from './browser.ts';

const client: oauth.Client = { client_id: '11111111-2222-3333-4444-555555555555' };
const auth = oauth.None();
const redirectUri = 'http://127.0.0.1:7777/callback';
const tenants = [
  ['personal', '9188040d-6c67-4c5b-b112-36a304b66dad'],
  ['business', '8f4a2c6e-1b3d-4e5f-9a7b-0c1d2e3f4a5b'],
] as const;
// eslint-disable-next-line @typescript-eslint/no-deprecated -- deprecated only to stand out: this server is on loopback
const insecure = { [oauth.allowInsecureRequests]: true };

describe.each(tenants)('oauth4webapi with a %s account', (kind, tenant) => {
  let onedrive: EmbeddedOneDrive;
  let server: Listening;
  let as: oauth.AuthorizationServer;

  beforeAll(async () => {
    onedrive = await createOneDrive({ kind, identity: { devicePollInterval: 0 } });
    server = await listen(onedrive.handler);
    const issuer = new URL(`${server.url}/${tenant}/v2.0`);
    as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
  });
  afterAll(async () => {
    await server.close();
    await onedrive.close();
  });

  const person = () => browser((request) => fetch(request, { redirect: 'manual' }), server.url);

  async function signIn(): Promise<oauth.TokenEndpointResponse> {
    const verifier = oauth.generateRandomCodeVerifier();
    const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
    const url = new URL(as.authorization_endpoint ?? '');
    const challenge = await oauth.calculatePKCECodeChallenge(verifier);
    const parameters = {
      client_id: client.client_id,
      redirect_uri: redirectUri,
      response_type: 'code',
      state,
      nonce,
      scope: 'openid profile offline_access Files.ReadWrite.All',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    };
    url.search = new URLSearchParams(parameters).toString();
    const someone = person();
    await someone.open(url.href);
    const signedIn = await someone.press('Alex Wilber');
    const { left } = signedIn.left ? signedIn : await someone.press('Accept');
    const answer = oauth.validateAuthResponse(as, client, left ?? new URL('about:blank'), state);
    const response = await oauth.authorizationCodeGrantRequest(
      as,
      client,
      auth,
      answer,
      redirectUri,
      verifier,
      insecure,
    );
    const result = await oauth.processAuthorizationCodeResponse(as, client, response, {
      expectedNonce: nonce,
      requireIdToken: true,
    });
    await verifySignature(as, result);
    return result;
  }

  it('discovers, signs in with PKCE and checks the id token', async () => {
    const result = await signIn();
    expect(oauth.getValidatedIdTokenClaims(result)).toMatchObject({ tid: tenant, name: 'Alex Wilber' });
    const me = await oauth.protectedResourceRequest(
      result.access_token,
      'GET',
      new URL(`${server.url}/v1.0/me`),
      undefined,
      undefined,
      insecure,
    );
    expect(await me.json()).toMatchObject({ displayName: 'Alex Wilber' });
  });

  it('refreshes', async () => {
    const { refresh_token } = await signIn();
    const response = await oauth.refreshTokenGrantRequest(as, client, auth, refresh_token ?? '', insecure);
    const result = await oauth.processRefreshTokenResponse(as, client, response);
    expect(result.refresh_token).not.toBe(refresh_token);
    expect(result.expires_in).toBe(3599);
  });

  it('signs a device in', async () => {
    const scopes = new URLSearchParams({ scope: 'Files.Read offline_access' });
    const begun = await oauth.processDeviceAuthorizationResponse(
      as,
      client,
      await oauth.deviceAuthorizationRequest(as, client, auth, scopes, insecure),
    );
    const poll = async () =>
      oauth.processDeviceCodeResponse(
        as,
        client,
        await oauth.deviceCodeGrantRequest(as, client, auth, begun.device_code, insecure),
      );
    await expect(poll()).rejects.toMatchObject({ error: 'authorization_pending' });
    const someone = person();
    await someone.open(begun.verification_uri);
    await someone.press('Next', { user_code: begun.user_code });
    await someone.press('Alex Wilber');
    await someone.press('Accept');
    expect((await poll()).access_token).toBeTruthy();
  });

  it('reads error responses as OAuth errors', async () => {
    const response = await oauth.refreshTokenGrantRequest(as, client, auth, 'made-up', insecure);
    await expect(oauth.processRefreshTokenResponse(as, client, response)).rejects.toMatchObject({
      error: 'invalid_grant',
      status: 400,
    });
  });
});

/** Verifies the signature of the id token with the keys from discovery. */
async function verifySignature(
  as: oauth.AuthorizationServer,
  result: oauth.TokenEndpointResponse,
): Promise<void> {
  const keys = createRemoteJWKSet(new URL(as.jwks_uri ?? ''));
  await jwtVerify(result.id_token ?? '', keys, { issuer: as.issuer, audience: client.client_id });
}
