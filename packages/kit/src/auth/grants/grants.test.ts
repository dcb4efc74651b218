import { describe, expect, it } from 'vitest';
import { type ScriptedStep, scripted } from '../../../../../test/scripted/scripted-transport.ts';
import { manualClock } from '../../platform/memory/manual-clock.ts';
import { seededRandom } from '../../platform/memory/seeded-random.ts';
import { resolveEndpoints } from '../endpoints.ts';
import type { OAuthSession } from '../oauth-session.ts';
import { exchangeBareCode, finishAuthorization, startAuthorization } from './authorization-code.ts';
import { awaitDeviceCode, requestDeviceCode } from './device-code.ts';
import { refreshTokenGrant } from './refresh-token.ts';

const tid = '9188040d-6c67-4c5b-b112-36a304b66dad';
const scopes = ['openid', 'offline_access', 'Files.ReadWrite'];

function service(...steps: ScriptedStep[]) {
  const { transport, seen } = scripted(steps);
  const session: OAuthSession = { endpoints: resolveEndpoints(), clientId: 'app-1', transport };
  const form = (index: number) =>
    Object.fromEntries(new URLSearchParams(Buffer.from(seen[index]!.body).toString()));
  return { session, seen, form };
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const idToken = (claims: object): string => {
  const usual = {
    iss: `https://login.microsoftonline.com/${tid}/v2.0`,
    aud: 'app-1',
    sub: 's',
    tid,
    iat: 1000,
    exp: 4600,
  };
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ ...usual, ...claims })}.c2ln`;
};
const tokens = {
  token_type: 'Bearer',
  scope: 'Files.ReadWrite openid',
  expires_in: 3599,
  access_token: 'A1-secret',
  refresh_token: 'R1-secret',
};
const refusal = (error: string, description: string): ScriptedStep => ({
  status: 400,
  json: { error, error_description: description, error_codes: [1], trace_id: 'x' },
});
const trace =
  'Trace ID: 11111111-2222-3333-4444-555555555555 Correlation ID: c Timestamp: 2026-01-01 00:00:00Z';

async function start(session: OAuthSession, account?: string) {
  return startAuthorization(session, {
    redirectUri: 'http://localhost:1234',
    scopes,
    account,
    random: seededRandom(7),
  });
}

describe('the authorization code grant', () => {
  it('requests a code with PKCE, state and nonce', async () => {
    const { session } = service();
    const { url, pending } = await start(session, 'me@example.com');
    const { origin, pathname, searchParams } = new URL(url);
    expect(origin + pathname).toBe('https://login.microsoftonline.com/common/oauth2/v2.0/authorize');
    const challenge = Buffer.from(
      await crypto.subtle.digest('SHA-256', Buffer.from(pending.codeVerifier)),
    ).toString('base64url');
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: 'app-1',
      response_type: 'code',
      response_mode: 'query',
      redirect_uri: 'http://localhost:1234',
      scope: 'openid offline_access Files.ReadWrite',
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: challenge,
      code_challenge_method: 'S256',
      login_hint: 'me@example.com',
    });
    expect(pending.codeVerifier).toMatch(/^[\w-]{43}$/);
    expect(new Set([pending.state, pending.nonce, pending.codeVerifier]).size).toBe(3);
  });

  it('exchanges the code once, with the verifier, and reads who signed in', async () => {
    const { session, seen, form } = service((request) => {
      expect(request.url).toBe('https://login.microsoftonline.com/common/oauth2/v2.0/token');
      return {
        json: { ...tokens, id_token: idToken({ nonce, preferred_username: 'me@example.com', name: 'Me' }) },
      };
    });
    const { pending } = await start(session);
    const nonce = pending.nonce;
    const answer = new URLSearchParams({ code: 'C1', state: pending.state, session_state: 'z' });
    expect(await finishAuthorization(session, pending, answer)).toEqual({
      accessToken: 'A1-secret',
      refreshToken: 'R1-secret',
      expiresIn: 3599,
      scopes: ['Files.ReadWrite', 'openid'],
      account: { username: 'me@example.com', name: 'Me', tenantId: tid },
    });
    expect(seen).toHaveLength(1);
    expect(form(0)).toEqual({
      client_id: 'app-1',
      grant_type: 'authorization_code',
      code: 'C1',
      redirect_uri: 'http://localhost:1234',
      code_verifier: pending.codeVerifier,
      scope: 'openid offline_access Files.ReadWrite',
    });
  });

  it.each([
    ['the nonce of another sign-in', { nonce: 'other' }],
    ['no nonce', {}],
    ['another application', { aud: 'app-2' }],
    ['another issuer', { iss: 'https://evil.example/v2.0' }],
    ['an issuer of another tenant', { iss: 'https://login.microsoftonline.com/common/v2.0' }],
  ])('refuses an id token with %s', async (_what, claims) => {
    const { session } = service(() => {
      const own = Object.keys(claims).length === 0 ? {} : { nonce: pending.nonce, ...claims };
      return { json: { ...tokens, id_token: idToken(own) } };
    });
    const { pending } = await start(session);
    const answer = new URLSearchParams({ code: 'C1', state: pending.state });
    await expect(finishAuthorization(session, pending, answer)).rejects.toMatchObject({ code: 'protocol' });
  });

  it('accepts an id token of a service whose clock differs by any amount', async () => {
    const { session } = service(() => ({
      json: { ...tokens, id_token: idToken({ nonce, iat: 4e9, nbf: 4e9, exp: 4e9 + 1 }) },
    }));
    const { pending } = await start(session);
    const nonce = pending.nonce;
    const answer = new URLSearchParams({ code: 'C1', state: pending.state });
    expect(await finishAuthorization(session, pending, answer)).toMatchObject({ accessToken: 'A1-secret' });
  });

  it('sends nothing for the response to another sign-in', async () => {
    const { session, seen } = service();
    const { pending } = await start(session);
    const answer = new URLSearchParams({ code: 'C1', state: 'other' });
    await expect(finishAuthorization(session, pending, answer)).rejects.toMatchObject({ code: 'protocol' });
    expect(seen).toHaveLength(0);
  });

  it('explains an error from the page', async () => {
    const { session } = service();
    const { pending } = await start(session);
    const answer = new URLSearchParams({
      error: 'access_denied',
      error_description: `AADSTS65004: User declined. ${trace}`,
      state: pending.state,
    });
    await expect(finishAuthorization(session, pending, answer)).rejects.toMatchObject({
      code: 'auth-failed',
      message:
        'Microsoft refused the sign-in: consent was declined (AADSTS65004, trace 11111111-2222-3333-4444-555555555555).',
    });
  });

  it('exchanges a code of the older tool without state and PKCE', async () => {
    const { session, form } = service({ json: tokens });
    await exchangeBareCode(session, 'OLD', {
      redirectUri: 'https://login.microsoftonline.com/common/oauth2/nativeclient',
    });
    expect(form(0)).toEqual({
      client_id: 'app-1',
      grant_type: 'authorization_code',
      code: 'OLD',
      redirect_uri: 'https://login.microsoftonline.com/common/oauth2/nativeclient',
    });
  });

  it('sends the secret of an application that has one', async () => {
    const { session, form } = service({ json: tokens });
    await refreshTokenGrant({ ...session, clientSecret: 's3cret' }, 'R0');
    expect(form(0)).toMatchObject({ client_secret: 's3cret' });
  });
});

describe('the refresh grant', () => {
  it('returns a new token and the scopes', async () => {
    const { session, form } = service({ json: { ...tokens, refresh_token: undefined, expires_in: '120' } });
    const grant = await refreshTokenGrant(session, 'R0', { scopes: ['Files.Read'] });
    expect(grant).toMatchObject({
      accessToken: 'A1-secret',
      refreshToken: undefined,
      expiresIn: 120,
      account: undefined,
    });
    expect(form(0)).toEqual({
      client_id: 'app-1',
      grant_type: 'refresh_token',
      refresh_token: 'R0',
      scope: 'Files.Read',
    });
  });

  it.each<[string, ScriptedStep, string, RegExp]>([
    [
      'a revoked token',
      refusal('invalid_grant', `AADSTS50173: The provided grant has expired. ${trace}`),
      'auth-required',
      /revoked.*AADSTS50173, trace 1111/,
    ],
    ['an unused token', refusal('invalid_grant', 'AADSTS700082: expired'), 'auth-required', /too long/],
    [
      'an invalid grant for an unknown reason',
      refusal('invalid_grant', 'AADSTS1234567: what'),
      'auth-required',
      /no longer valid \(AADSTS1234567\)/,
    ],
    ['an unknown tenant', refusal('invalid_tenant', 'AADSTS90002: no'), 'config', /no such tenant/],
    [
      'a missing secret',
      refusal('invalid_client', 'AADSTS7000218: body must contain'),
      'config',
      /registered as a confidential client/,
    ],
    ['an unknown error', refusal('odd R0-secret', 'x'), 'auth-failed', /unknown error/],
    ['a web page', { text: '<html>R0-secret</html>' }, 'protocol', /a web page \(status 200\)/],
    [
      'a page with status 400',
      { status: 400, text: '<!doctype html>' },
      'protocol',
      /a web page \(status 400\)/,
    ],
    ['nothing', { text: '' }, 'protocol', /nothing/],
    ['a truncated response', { text: '{"access_token":"R0-secret' }, 'protocol', /truncated JSON/],
    ['JSON that is not a response', { json: { access_token: 'R0-secret' } }, 'protocol', /is invalid/],
    ['a list', { json: ['R0-secret'] }, 'protocol', /text/],
    ['a failure', { status: 503, text: 'R0-secret' }, 'service', /503/],
    ['too many requests', { status: 429, json: { error: 'x' } }, 'throttled', /429/],
    [
      'a redirect',
      { status: 302, headers: { location: 'https://evil.example' }, text: '' },
      'protocol',
      /nothing/,
    ],
    [
      'a challenge',
      { status: 401, json: { error: 'invalid_client', error_description: 'AADSTS7000215: R0-secret' } },
      'config',
      /secret is wrong/,
    ],
  ])('explains %s without quoting it', async (_what, step, code, message) => {
    const { session } = service(step);
    const failure = await refreshTokenGrant(session, 'R0-secret').then(
      () => undefined,
      (error: unknown) => error as Error,
    );
    expect(failure).toMatchObject({ code, message: expect.stringMatching(message) as string });
    expect(JSON.stringify(failure) + String(failure?.stack) + String(failure?.cause)).not.toContain(
      'R0-secret',
    );
  });

  it("throws the caller's reason when aborted", async () => {
    const controller = new AbortController();
    const { session } = service(() => {
      controller.abort(new Error('Ctrl-C'));
      throw controller.signal.reason;
    });
    await expect(refreshTokenGrant(session, 'R0', { signal: controller.signal })).rejects.toThrow('Ctrl-C');
  });
});

describe('the device code grant', () => {
  const code = {
    json: {
      user_code: 'ABCD',
      device_code: 'D-secret',
      verification_uri: 'https://www.microsoft.com/link',
      expires_in: 900,
      interval: 5,
    },
  };
  const pending = refusal('authorization_pending', 'AADSTS70016: pending');

  async function run(...steps: ScriptedStep[]) {
    const clock = manualClock(0);
    const { session, seen, form } = service(code, ...steps);
    const device = await requestDeviceCode(session, scopes, { clock });
    const outcome = clock.runUntil(awaitDeviceCode(session, device, { clock }));
    return { outcome, clock, seen, form, device };
  }

  it('polls at the interval until the code has been entered', async () => {
    const { outcome, clock, form, device } = await run(pending, pending, { json: tokens });
    expect(device).toMatchObject({
      userCode: 'ABCD',
      verificationUri: 'https://www.microsoft.com/link',
      expiresAt: 900_000,
    });
    expect(await outcome).toMatchObject({ refreshToken: 'R1-secret' });
    expect(clock.now()).toBe(15_000);
    expect(form(0)).toEqual({ client_id: 'app-1', scope: scopes.join(' ') });
    expect(form(1)).toMatchObject({
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: 'D-secret',
    });
  });

  it('slows down when requested, and when the network fails', async () => {
    const { outcome, clock } = await run(refusal('slow_down', 'x'), { status: 503 }, pending, {
      json: tokens,
    });
    await outcome;
    expect(clock.now()).toBe(5000 + 10_000 + 15_000 + 15_000);
  });

  it('ends when the code was declined', async () => {
    const { outcome } = await run(pending, refusal('authorization_declined', 'AADSTS70022: declined'));
    await expect(outcome).rejects.toMatchObject({
      code: 'auth-failed',
      message: expect.stringContaining('declined') as string,
    });
  });

  it('ends when the code has expired', async () => {
    const { outcome, clock } = await run(...Array.from({ length: 200 }, () => pending));
    await expect(outcome).rejects.toMatchObject({ code: 'auth-failed' });
    expect(clock.now()).toBe(900_000);
  });
});
