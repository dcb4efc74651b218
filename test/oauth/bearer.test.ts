import { describe, expect, it } from 'vitest';
import { origin, startIdentity } from './identity.ts';

describe('a request to Graph', () => {
  it.each([
    ['without a token', undefined, 'Access token is empty.', undefined],
    ['with an empty one', 'Bearer ', 'Access token is empty.', undefined],
    ['with another scheme', 'Basic YTpi', 'CompactToken parsing failed', 'invalid_token'],
    ['with a malformed token', 'Bearer a b', 'CompactToken parsing failed', 'invalid_token'],
    ['with a made-up token', 'Bearer EwCmadeup', 'Access token validation failure', 'invalid_token'],
  ])('%s gives 401 with a challenge', async (_what, authorization, message, error) => {
    const { get } = await startIdentity();
    const response = await get('/v1.0/me', authorization === undefined ? {} : { authorization });
    expect(response.status).toBe(401);
    const challenge = response.headers.get('www-authenticate') ?? '';
    expect(challenge).toMatch(/^Bearer realm=""/);
    if (error === undefined) expect(challenge).not.toContain('error=');
    else expect(challenge).toContain(`error="${error}"`);
    expect(await response.json()).toMatchObject({
      error: {
        code: 'InvalidAuthenticationToken',
        message: expect.stringContaining(message),
        innerError: { 'request-id': expect.any(String), date: expect.any(String) },
      },
    });
  });

  it.each([
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['https://graph.microsoft.com', 'https://login.microsoftonline.com'],
  ])('to %s gets a challenge to sign in at %s', async (api, login) => {
    const { onedrive } = await startIdentity();
    const response = await onedrive.fetch(new Request(`${api}/v1.0/me`));
    expect(response.headers.get('www-authenticate')).toContain(
      `authorization_uri="${login}/common/oauth2/authorize"`,
    );
  });

  it('with an expired token gives 401 with expired_token', async () => {
    const { onedrive, get, clock } = await startIdentity();
    const authorization = `Bearer ${onedrive.token({ expiresIn: 1000 })}`;
    await clock.advance(999);
    expect((await get('/v1.0/me', { authorization })).status).toBe(200);
    await clock.advance(1);
    const response = await get('/v1.0/me', { authorization });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('expired_token');
    expect(await response.json()).toMatchObject({ error: { message: expect.stringContaining('expired') } });
  });

  it('accepts the word Bearer in any case', async () => {
    const { onedrive, get } = await startIdentity();
    for (const word of ['bearer', 'BEARER', 'Bearer']) {
      expect((await get('/v1.0/me', { authorization: `${word} ${onedrive.token()}` })).status).toBe(200);
    }
  });

  it('with a read-only scope may not write', async () => {
    const { onedrive } = await startIdentity();
    const put = (scopes: readonly string[]) =>
      onedrive.fetch(
        new Request(`${origin}/v1.0/me/drive/root:/a.txt:/content`, {
          method: 'PUT',
          body: 'a',
          headers: { authorization: `Bearer ${onedrive.token({ scopes })}` },
        }),
      );
    const refused = await put(['Files.Read', 'Sites.Read.All']);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ error: { code: 'accessDenied' } });
    expect((await put(['files.readwrite'])).status).toBe(201);
  });

  it('without a scope for files may not read them, but can read the own profile', async () => {
    const { onedrive, get } = await startIdentity();
    const authorization = `Bearer ${onedrive.token({ scopes: ['User.Read'] })}`;
    expect((await get('/v1.0/me/drive', { authorization })).status).toBe(403);
    expect((await get('/v1.0/me', { authorization })).status).toBe(200);
  });

  it('returns the account of the token', async () => {
    const { onedrive, get } = await startIdentity();
    const of = async (account: string) => {
      const response = await get('/v1.0/me', { authorization: `Bearer ${onedrive.token({ account })}` });
      return ((await response.json()) as { displayName: string }).displayName;
    };
    expect(await of('MEGAN@contoso.com')).toBe('Megan Bowen');
    expect(await of('00034001D2E3F4A5')).toBe('Alex Wilber');
    expect(() => onedrive.token({ account: 'nobody' })).toThrow(/account/);
  });
});
