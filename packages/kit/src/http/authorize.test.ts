/** Access tokens on requests, over scripted transports. */
import { describe, expect, test } from 'vitest';
import { answer, answering, bytesOf, get } from '../../../../test/scripted/wire.ts';
import { authorize, type HttpRequest, streamBody, type TokenCredential, textBody } from './index.ts';

describe('authorize', () => {
  const credentialOf = (...tokens: (string | null)[]) => {
    const rejected: (string | undefined)[] = [];
    const credential: TokenCredential = {
      async getToken(_scopes, options) {
        rejected.push(options?.rejectedToken);
        const token = tokens.shift();
        return token ? { token, expiresOnTimestamp: 0 } : null;
      },
    };
    return { credential, rejected };
  };
  const options = { origin: 'https://graph.microsoft.com/v1.0', scopes: ['Files.ReadWrite'] };
  const bearer = (request: HttpRequest | undefined) => request?.headers['authorization'];

  test('adds the current token', async () => {
    const { transport, seen } = answering(answer(200));
    await authorize(credentialOf('one').credential, options)(transport)(get());
    expect(bearer(seen[0])).toBe('Bearer one');
  });

  test.each([
    'https://contoso.sharepoint.com/x',
    'http://graph.microsoft.com/v1.0',
    'https://graph.microsoft.com.evil.example/',
    'https://graph.microsoft.com:444/',
    'https://graph.microsoft.com@evil.example/',
  ])('refuses to send the token to %s', async (foreign) => {
    const { transport, seen } = answering(answer(200));
    const send = authorize(credentialOf('one').credential, options)(transport);
    await expect(send(get({ url: foreign }))).rejects.toMatchObject({ code: 'usage' });
    expect(seen).toHaveLength(0);
  });

  test('requests another token once after a 401 and sends again, also a POST', async () => {
    const { transport, seen } = answering(answer(401), answer(201));
    const { credential, rejected } = credentialOf('old', 'new');
    const send = authorize(credential, options)(transport);
    expect((await send(get({ method: 'POST', body: textBody('{}') }))).status).toBe(201);
    expect(seen.map(bearer)).toEqual(['Bearer old', 'Bearer new']);
    expect(rejected).toEqual([undefined, 'old']);
  });

  test('returns a second 401 to the caller', async () => {
    const { transport } = answering(answer(401), answer(401));
    const send = authorize(credentialOf('old', 'new').credential, options)(transport);
    expect((await send(get())).status).toBe(401);
  });

  test('does not retry with the same token or with a body that cannot be read twice', async () => {
    const same = answering(answer(401));
    expect((await authorize(credentialOf('a', 'a').credential, options)(same.transport)(get())).status).toBe(
      401,
    );
    const once = answering(answer(401));
    const body = streamBody(() => bytesOf('once'), 4, false);
    const send = authorize(credentialOf('a', 'b').credential, options)(once.transport);
    expect((await send(get({ method: 'PUT', body }))).status).toBe(401);
  });

  test('fails with a hint to sign in when there is no token', async () => {
    const send = authorize(credentialOf(null).credential, options)(answering(answer(200)).transport);
    await expect(send(get())).rejects.toMatchObject({ code: 'auth-required' });
  });
});
