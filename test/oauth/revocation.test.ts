/**
 * `revokeSignInSessions`: who may end whose sign-ins, and what ends.
 * https://learn.microsoft.com/graph/api/user-revokesigninsessions
 */
import { describe, expect, it } from 'vitest';
import {
  alex,
  authorizeUrl,
  type Identity,
  megan,
  origin,
  password,
  redirectUri,
  startIdentity,
} from './identity.ts';

const revoke = (identity: Identity, scopes: readonly string[], account = megan, path = 'me') =>
  identity.onedrive.fetch(
    new Request(`${origin}/v1.0/${path}/revokeSignInSessions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${identity.onedrive.token({ account, scopes })}` },
    }),
  );

describe('revokeSignInSessions', () => {
  it('revokes refresh tokens and browser sessions of that user; access tokens remain valid until they expire', async () => {
    const identity = await startIdentity({ autoConsent: true });
    const sign = async (account: string) => {
      const person = identity.browser();
      const { left } = await person.open(authorizeUrl({ login_hint: account }));
      const code = left?.searchParams.get('code') ?? '';
      const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri };
      return { person, tokens: (await identity.token(form)).body };
    };
    const [hers, his] = [await sign(megan), await sign(alex)];
    const renew = async ({ tokens }: typeof hers) =>
      (await identity.token({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token })).body;

    const response = await revoke(identity, ['User.RevokeSessions.All']);
    expect([response.status, await response.json()]).toEqual([
      200,
      { '@odata.context': `${origin}/v1.0/$metadata#Edm.Boolean`, value: true },
    ]);
    expect((await renew(hers)).error_codes).toEqual([50173]);
    expect((await renew(his)).access_token).toBeTruthy();
    const drive = await identity.get('/v1.0/me/drive', {
      authorization: `Bearer ${hers.tokens.access_token}`,
    });
    expect(drive.status).toBe(200);
  });

  it('signs browsers out', async () => {
    const identity = await startIdentity();
    const person = identity.browser();
    await person.open(authorizeUrl({ login_hint: megan }));
    await person.press('Sign in', { account: megan, password });
    await person.press('Accept');
    const silently = async () =>
      (await person.open(authorizeUrl({ login_hint: megan, prompt: 'none' }))).left?.searchParams;
    expect((await silently())?.get('code')).toBeTruthy();
    await revoke(identity, ['Directory.ReadWrite.All']);
    expect((await silently())?.get('error')).toBe('login_required');
  });

  it('an administrator specifies the user', async () => {
    const identity = await startIdentity();
    expect((await revoke(identity, ['User.RevokeSessions.All'], megan, `users/${megan}`)).status).toBe(200);
    expect((await revoke(identity, ['User.RevokeSessions.All'], megan, 'users/nobody@x')).status).toBe(404);
  });

  it.each([
    ['a token for files', ['Files.ReadWrite.All'], megan],
    ['a personal account', ['User.RevokeSessions.All'], alex],
  ])('is refused for %s', async (_, scopes, account) => {
    const identity = await startIdentity();
    const response = await revoke(identity, scopes, account);
    expect([response.status, await response.json()]).toMatchObject([
      403,
      { error: { code: 'Authorization_RequestDenied' } },
    ]);
  });
});
