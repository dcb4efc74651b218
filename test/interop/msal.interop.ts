/** Microsoft's own sign-in library for Node, unmodified, against the embedded identity service over TLS. */
import {
  type AuthenticationResult,
  ConfidentialClientApplication,
  type Configuration,
  CryptoProvider,
  PublicClientApplication,
} from '@azure/msal-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browser } from '../oauth/browser.ts';
import { type Embedded, startEmbedded } from './fixtures/embedded.ts';

const redirectUri = 'http://localhost:53682';
const secret = 'web secret';
const webApp = '99999999-2222-3333-4444-555555555555';

describe.each(['personal', 'business'] as const)('@azure/msal-node with a %s account', (kind) => {
  let server: Embedded;
  const scopes = ['Files.ReadWrite', 'User.Read'];

  beforeAll(async () => {
    const clients = [{ id: webApp, secret, redirectUris: [redirectUri] }];
    server = await startEmbedded({ kind, identity: { clients, devicePollInterval: 1000 } });
  });
  afterAll(() => server.close());

  const configuration = (tenant: string, more: Partial<Configuration['auth']> = {}): Configuration => ({
    auth: {
      clientId: '11111111-2222-3333-4444-555555555555',
      authority: `${server.url}/${tenant}`,
      knownAuthorities: [`localhost:${server.port}`],
      ...more,
    },
  });
  const person = () => browser((request) => fetch(request, { redirect: 'manual' }), server.url);
  const accept = async (url: string): Promise<string> => {
    const someone = person();
    await someone.open(url);
    const signedIn = await someone.press('Alex Wilber');
    const { left } = signedIn.left ? signedIn : await someone.press('Accept');
    return left?.searchParams.get('code') ?? '';
  };
  const whoIs = async ({ accessToken }: AuthenticationResult): Promise<unknown> => {
    const response = await fetch(`${server.url}/v1.0/me`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    return ((await response.json()) as { displayName?: string }).displayName;
  };

  it.each(['common', kind === 'personal' ? 'consumers' : 'organizations'])(
    'signs in by code with PKCE at %s, and silently after',
    async (tenant) => {
      const app = new PublicClientApplication(configuration(tenant));
      const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
      const url = await app.getAuthCodeUrl({
        scopes,
        redirectUri,
        codeChallenge: challenge,
        codeChallengeMethod: 'S256',
        nonce: 'n-1',
      });
      const code = await accept(url);
      const result = await app.acquireTokenByCode(
        { code, scopes, redirectUri, codeVerifier: verifier },
        { code, nonce: 'n-1' },
      );
      expect(result.account).toMatchObject({ name: 'Alex Wilber' });
      expect(result.scopes).toEqual(expect.arrayContaining(scopes));
      expect(await whoIs(result)).toBe('Alex Wilber');
      const silent = await app.acquireTokenSilent({ account: result.account!, scopes });
      expect(silent).toMatchObject({ fromCache: true, accessToken: result.accessToken });
    },
  );

  it('refreshes with the refresh token of its cache', async () => {
    const app = new PublicClientApplication(configuration('common'));
    const url = await app.getAuthCodeUrl({ scopes, redirectUri });
    const first = await app.acquireTokenByCode({ code: await accept(url), scopes, redirectUri });
    const second = await app.acquireTokenSilent({ account: first.account!, scopes, forceRefresh: true });
    expect(second.fromCache).toBe(false);
    expect(second.accessToken).not.toBe(first.accessToken);
    expect(await whoIs(second)).toBe('Alex Wilber');
  });

  it('signs in by device code', async () => {
    const app = new PublicClientApplication(configuration('common'));
    const result = await app.acquireTokenByDeviceCode({
      scopes,
      deviceCodeCallback: ({ verificationUri, userCode }) => {
        const someone = person();
        void (async () => {
          await someone.open(verificationUri);
          await someone.press('Next', { user_code: userCode });
          await someone.press('Alex Wilber');
          await someone.press('Accept');
        })();
      },
    });
    expect(await whoIs(result!)).toBe('Alex Wilber');
  });

  it('signs in as an application with a secret, and is refused with a wrong one', async () => {
    const begin = async (clientSecret: string) => {
      const app = new ConfidentialClientApplication(
        configuration('common', { clientId: webApp, clientSecret }),
      );
      const code = await accept(await app.getAuthCodeUrl({ scopes, redirectUri }));
      return app.acquireTokenByCode({ code, scopes, redirectUri });
    };
    expect(await whoIs(await begin(secret))).toBe('Alex Wilber');
    await expect(begin('wrong')).rejects.toMatchObject({ errorCode: 'invalid_client', errorNo: 7000215 });
  });

  it('reads refusals with their AADSTS numbers', async () => {
    const app = new PublicClientApplication(configuration('common'));
    const made = app.acquireTokenByCode({ code: 'made-up', scopes, redirectUri });
    await expect(made).rejects.toMatchObject({ errorCode: 'invalid_grant', errorNo: 70000 });
  });
});
