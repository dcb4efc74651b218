/** openid-client, unmodified: it checks every claim and signature that OpenID Connect knows. */
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Embedded, startEmbedded } from './fixtures/embedded.ts';

const clientId = '7a3c1f52-88a0-4a8e-9d5d-0f6c6f1f2b11';
const redirectUri = 'http://localhost:3000/callback';
const scope = 'openid profile email offline_access Files.Read';
/** It wants the directory by its id: names are aliases, and the issuer is not one. */
const directory = '8f4a2c6e-1b3d-4e5f-9a7b-0c1d2e3f4a5b';
const people = { personal: 'guest@outlook.com', business: 'alex@contoso.com' } as const;

describe('openid-client', () => {
  let server: Embedded;

  beforeAll(async () => {
    server = await startEmbedded({
      accounts: [
        { userPrincipalName: people.business, kind: 'business', autoConsent: true },
        { userPrincipalName: people.personal, kind: 'personal', autoConsent: true },
      ],
    });
  });
  afterAll(() => server.close());

  const discover = (tenant: string, secret?: string) =>
    client.discovery(
      new URL(`${server.url}/${tenant}/v2.0`),
      clientId,
      secret,
      secret === undefined ? client.None() : undefined,
    );

  it.each([
    ['9188040d-6c67-4c5b-b112-36a304b66dad', people.personal],
    [directory, people.business],
  ])('signs in at %s, asks who it was, and renews', async (tenant, name) => {
    const config = await discover(tenant);
    const pkceCodeVerifier = client.randomPKCECodeVerifier();
    const [expectedNonce, expectedState] = [client.randomNonce(), client.randomState()];
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope,
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      nonce: expectedNonce,
      state: expectedState,
    });
    const back = await server.consent(url.href, name);
    const tokens = await client.authorizationCodeGrant(config, back, {
      pkceCodeVerifier,
      expectedNonce,
      expectedState,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    const sub = claims?.sub ?? '';
    expect(claims?.['email']).toBe(name);
    expect(await client.fetchUserInfo(config, tokens.access_token, sub)).toMatchObject({ sub, email: name });
    const renewed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '');
    expect(renewed.claims()?.sub).toBe(sub);
  });

  it('begins a sign-in for a device', async () => {
    const pending = await client.initiateDeviceAuthorization(await discover(directory), { scope });
    expect(pending.verification_uri).toMatch(/\/devicelogin$/);
  });

  it('acts for itself with a secret', async () => {
    const config = await discover(directory, 'any secret');
    const tokens = await client.clientCredentialsGrant(config, {
      scope: 'https://graph.microsoft.com/.default',
    });
    const answer = await fetch(`${server.url}/v1.0/users/${people.business}/drive`, {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    });
    expect(answer.status).toBe(200);
  });
});
