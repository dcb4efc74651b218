import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { alex, authorizeUrl, clientId, megan, origin, password, startIdentity } from './identity.ts';

describe('a user at the sign-in page', () => {
  it('picks an account, accepts, and is redirected with code and state', async () => {
    const person = (await startIdentity()).browser();
    const signIn = await person.open(authorizeUrl());
    expect(signIn.text).toContain('Alex Wilber');
    const consent = await person.press('Alex Wilber');
    expect(consent.text).toContain('Files.ReadWrite');
    expect(consent.text).toContain('Read, create, change and delete your files');
    const { left, status } = await person.press('Accept');
    expect(status).toBe(303);
    expect(left?.origin).toBe('http://localhost:53682');
    expect(left?.searchParams.get('code')).toMatch(/^M\.C5_[\w-]{43}$/);
    expect(left?.searchParams.get('state')).toBe('st&te');
  });

  it('declining redirects with access_denied and stores no consent', async () => {
    const person = (await startIdentity()).browser();
    await person.open(authorizeUrl());
    await person.press('Alex Wilber');
    const { left } = await person.press('Decline');
    expect(left?.searchParams.get('error')).toBe('access_denied');
    expect(left?.searchParams.get('error_description')).toMatch(/^AADSTS65004: /);
    expect(left?.searchParams.get('state')).toBe('st&te');
    expect((await person.open(authorizeUrl())).text).toContain('Accept');
  });

  it('cancelling the sign-in redirects with access_denied', async () => {
    const person = (await startIdentity()).browser();
    await person.open(authorizeUrl());
    expect((await person.press('Cancel')).left?.searchParams.get('error')).toBe('access_denied');
  });

  it('an account with a password must enter it, and a wrong password differs from a missing one', async () => {
    const person = (await startIdentity()).browser();
    await person.open(authorizeUrl());
    expect((await person.press('Megan Bowen')).text).toContain('needs its password');
    expect((await person.press('Sign in', { account: megan, password: 'wrong' })).text).toContain(
      'AADSTS50126',
    );
    expect((await person.press('Sign in', { account: megan.toUpperCase(), password })).text).toContain(
      'Accept',
    );
  });

  it('an unknown account is refused on the page, which keeps and escapes the input', async () => {
    const person = (await startIdentity()).browser();
    await person.open(authorizeUrl());
    const again = await person.press('Sign in', { account: '"><script>alert(1)</script>' });
    expect(again.text).toContain('AADSTS50034');
    expect(again.text).not.toContain('<script>');
    expect(again.text).toContain('&lt;script&gt;');
  });

  it('a signed-in browser with consent is redirected immediately', async () => {
    const person = (await startIdentity()).browser();
    await person.open(authorizeUrl());
    await person.press('Alex Wilber');
    await person.press('Accept');
    expect((await person.open(authorizeUrl())).left?.searchParams.has('code')).toBe(true);
    expect((await person.open(authorizeUrl({ scope: 'Files.Read' }))).text).toContain('Accept');
  });

  it('a session expires', async () => {
    const { browser, clock } = await startIdentity();
    const person = browser();
    await person.open(authorizeUrl());
    await person.press('Alex Wilber');
    await person.press('Accept');
    await clock.advance(24 * 3600_000);
    expect((await person.open(authorizeUrl())).text).toContain('Sign in');
  });

  it('"Use another account" shows the accounts again', async () => {
    const person = (await startIdentity()).browser();
    await person.open(authorizeUrl());
    await person.press('Alex Wilber');
    expect((await person.press('Use another account')).text).toContain('Megan Bowen');
  });

  it('a consent form without the key of the session changes nothing', async () => {
    const identity = await startIdentity();
    const person = identity.browser();
    await person.open(authorizeUrl());
    await person.press('Alex Wilber');
    const answer = await person.press('Accept', { form_key: 'forged' });
    expect(answer.left).toBeUndefined();
    expect(answer.text).toContain('Accept');
  });

  it('signing out ends the session and revokes nothing', async () => {
    const person = (await startIdentity()).browser();
    await person.open(authorizeUrl());
    await person.press('Alex Wilber');
    expect(person.cookies.size).toBe(1);
    const out = await person.open('/common/oauth2/v2.0/logout');
    expect(out.text).toContain('Signed out');
    expect(person.cookies.size).toBe(0);
  });

  it('signing out redirects to a loopback address, never to another site', async () => {
    const person = (await startIdentity()).browser();
    const back = await person.open(
      '/common/oauth2/v2.0/logout?post_logout_redirect_uri=http%3A%2F%2Flocalhost%2Fbye&state=1',
    );
    expect(back.left?.href).toBe('http://localhost/bye?state=1');
    const stay = await person.open(
      '/common/oauth2/v2.0/logout?post_logout_redirect_uri=https%3A%2F%2Fevil.example',
    );
    expect(stay.left).toBeUndefined();
  });
});

describe('the prompt parameter', () => {
  const signedIn = async () => {
    const person = (await startIdentity()).browser();
    await person.open(authorizeUrl());
    await person.press('Alex Wilber');
    await person.press('Accept');
    return person;
  };

  it('none without a session gives login_required', async () => {
    const person = (await startIdentity()).browser();
    const { left } = await person.open(authorizeUrl({ prompt: 'none' }));
    expect(left?.searchParams.get('error')).toBe('login_required');
    expect(left?.searchParams.get('error_description')).toContain('AADSTS50058');
  });

  it('none with a session but without consent gives interaction_required', async () => {
    const person = await signedIn();
    const { left } = await person.open(authorizeUrl({ prompt: 'none', scope: 'Sites.Read.All' }));
    expect(left?.searchParams.get('error')).toBe('interaction_required');
    expect(left?.searchParams.get('suberror')).toBe('consent_required');
  });

  it('none with a session and consent gives a code', async () => {
    const person = await signedIn();
    expect((await person.open(authorizeUrl({ prompt: 'none' }))).left?.searchParams.has('code')).toBe(true);
  });

  it('login and select_account show the sign-in page even with a session', async () => {
    const person = await signedIn();
    for (const prompt of ['login', 'select_account']) {
      expect((await person.open(authorizeUrl({ prompt }))).text).toContain('Sign in');
    }
    expect((await person.press('Alex Wilber')).left?.searchParams.has('code')).toBe(true);
  });

  it('consent asks again for an earlier consent', async () => {
    const person = await signedIn();
    expect((await person.open(authorizeUrl({ prompt: 'consent' }))).text).toContain('Accept');
    expect((await person.press('Accept')).left?.searchParams.has('code')).toBe(true);
  });

  it('an unknown value is an error that is redirected', async () => {
    const person = (await startIdentity()).browser();
    const { left } = await person.open(authorizeUrl({ prompt: 'surprise' }));
    expect(left?.searchParams.get('error')).toBe('invalid_request');
  });
});

describe('the request', () => {
  it('a redirect URI that is not allowed is shown as AADSTS50011 and never followed', async () => {
    const person = (await startIdentity()).browser();
    for (const uri of [
      'https://evil.example/',
      'http://localhost.evil.example/',
      'javascript:alert(1)',
      'http://localhost/#x',
    ]) {
      const view = await person.open(authorizeUrl({ redirect_uri: uri }));
      expect(view.left, uri).toBeUndefined();
      expect(view.status).toBe(400);
      expect(view.text).toContain('AADSTS50011');
    }
  });

  it('an unknown tenant is AADSTS90002, a missing client id AADSTS900144', async () => {
    const person = (await startIdentity()).browser();
    expect((await person.open(authorizeUrl({}, 'nowhere.example'))).text).toContain('AADSTS90002');
    expect((await person.open(authorizeUrl({ client_id: '' }))).text).toContain('AADSTS900144');
  });

  it.each([
    [{ response_type: 'code password' }, 'unsupported_response_type', 700054],
    [{ response_type: '' }, 'invalid_request', 900144],
    [{ scope: '' }, 'invalid_request', 900144],
    [{ scope: 'Files.Read <b>' }, 'invalid_scope', 70011],
    [{ scope: 'https://vault.azure.net/user_impersonation' }, 'invalid_scope', 70011],
    [{ response_mode: 'web_message' }, 'invalid_request', 9002313],
    [{ code_challenge: 'short', code_challenge_method: 'S256' }, 'invalid_request', 501491],
    [{ code_challenge: 'x'.repeat(43), code_challenge_method: 'S512' }, 'invalid_request', 9002313],
    [{ code_challenge_method: 'S256' }, 'invalid_request', 501491],
  ])('%o is redirected as %s (AADSTS%i)', async (parameters, error, number) => {
    const person = (await startIdentity()).browser();
    const { left } = await person.open(authorizeUrl(parameters));
    expect(left?.searchParams.get('error')).toBe(error);
    expect(left?.searchParams.get('error_description')).toMatch(new RegExp(`^AADSTS${number}: `));
    expect(left?.searchParams.get('state')).toBe('st&te');
  });

  it('a repeated parameter is refused', async () => {
    const person = (await startIdentity()).browser();
    expect((await person.open(`${authorizeUrl()}&client_id=other`)).text).toContain('AADSTS9002313');
  });

  it('response_mode=fragment responds in the fragment', async () => {
    const person = (await startIdentity({ autoConsent: true })).browser();
    const { left } = await person.open(authorizeUrl({ response_mode: 'fragment' }));
    expect(left?.search).toBe('');
    expect(new URLSearchParams(left?.hash.slice(1)).has('code')).toBe(true);
  });

  it('response_mode=form_post responds with a form that submits itself, and works without scripts', async () => {
    const person = (await startIdentity({ autoConsent: true })).browser();
    const view = await person.open(authorizeUrl({ response_mode: 'form_post' }));
    expect(view.text).toContain('action="http://localhost:53682/"');
    expect(view.text).toMatch(/name="code" value="M\.C5_/);
    const script = /<script>([^<]*)<\/script>/.exec(view.text)?.[1] ?? '';
    const hash = createHash('sha256').update(script).digest('base64');
    expect(view.headers.get('content-security-policy')).toContain(`script-src 'sha256-${hash}'`);
  });

  it('is redirected with 302 after a GET', async () => {
    const { onedrive } = await startIdentity({ autoConsent: true });
    const request = async (url: string) => (await onedrive.fetch(new Request(url))).status;
    expect(await request(authorizeUrl())).toBe(302);
    expect(await request(authorizeUrl({ scope: '' }))).toBe(302);
    expect(await request(authorizeUrl({ response_mode: 'fragment' }))).toBe(302);
  });

  it('may be a POST of its parameters', async () => {
    const { onedrive } = await startIdentity({ autoConsent: true });
    const url = new URL(authorizeUrl());
    const request = new Request(`${url.origin}${url.pathname}`, {
      method: 'POST',
      body: url.search.slice(1),
    });
    const response = await onedrive.fetch(request);
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toContain('code=');
  });

  it('client_info=1 returns the id of the account', async () => {
    const person = (await startIdentity({ autoConsent: true })).browser();
    const { left } = await person.open(authorizeUrl({ client_info: '1' }));
    const info = JSON.parse(
      Buffer.from(left?.searchParams.get('client_info') ?? '', 'base64url').toString(),
    ) as unknown;
    expect(info).toEqual({
      uid: '00000000-0000-0000-0003-4001d2e3f4a5',
      utid: '9188040d-6c67-4c5b-b112-36a304b66dad',
    });
  });

  it('a tenant lists only its own accounts', async () => {
    const identity = await startIdentity();
    const listed = async (tenant: string) => (await identity.browser().open(authorizeUrl({}, tenant))).text;
    expect(await listed('consumers')).not.toContain(megan);
    expect(await listed('organizations')).not.toContain(alex);
    expect(await listed('contoso.com')).not.toContain(alex);
    expect(await listed('common')).toContain(megan);
    const person = identity.browser();
    await person.open(authorizeUrl({}, 'consumers'));
    expect((await person.press('Sign in', { account: megan, password })).text).toContain('AADSTS50034');
  });
});

describe('an account that consents automatically', () => {
  it('is the first one of the tenant, or the one in login_hint, with the setting autoConsent', async () => {
    const identity = await startIdentity({ autoConsent: true });
    const whose = async (parameters: Record<string, string>, tenant: string) => {
      const { left } = await identity.browser().open(authorizeUrl(parameters, tenant));
      const code = left?.searchParams.get('code') ?? '';
      const { body } = await identity.token({
        grant_type: 'authorization_code',
        code,
        redirect_uri: 'http://localhost:53682/',
      });
      const me = await identity.get('/v1.0/me', { authorization: `Bearer ${body.access_token}` });
      return ((await me.json()) as { userPrincipalName: string }).userPrincipalName;
    };
    expect(await whose({}, 'common')).toBe(alex);
    expect(await whose({}, 'organizations')).toBe(megan);
    expect(await whose({ login_hint: megan }, 'common')).toBe(megan);
  });

  it('can be selected by login_hint with auto_consent=1, unless it has a password', async () => {
    const person = (await startIdentity()).browser();
    const alone = await person.open(authorizeUrl({ login_hint: alex, auto_consent: '1' }));
    expect(alone.left?.searchParams.has('code')).toBe(true);
    const guarded = await person.open(authorizeUrl({ login_hint: megan, auto_consent: '1' }));
    expect(guarded.text).toContain('Sign in');
    expect(guarded.text).toContain(`value="${megan}"`);
  });

  it('can be seeded with autoConsent, and then a login_hint is enough', async () => {
    const accounts = [
      { userPrincipalName: 'robot@contoso.com', kind: 'business', autoConsent: true, password },
    ] as const;
    const person = (await startIdentity({ accounts })).browser();
    expect((await person.open(authorizeUrl())).text).toContain('Sign in');
    const alone = await person.open(authorizeUrl({ login_hint: 'robot@contoso.com' }));
    expect(alone.left?.searchParams.has('code')).toBe(true);
  });
});

describe('a registered application', () => {
  const clients = [
    { id: clientId, name: 'Photo Frame', redirectUris: ['http://localhost/done', 'https://app.example/cb'] },
  ];

  it('is shown with its name', async () => {
    const person = (await startIdentity({ identity: { clients } })).browser();
    expect((await person.open(authorizeUrl({ redirect_uri: 'https://app.example/cb' }))).text).toContain(
      'Photo Frame',
    );
  });

  it('gets responses at its registered addresses only; for loopback the port may differ, but not the path', async () => {
    const person = (await startIdentity({ identity: { clients }, autoConsent: true })).browser();
    const leaves = async (uri: string) =>
      (await person.open(authorizeUrl({ redirect_uri: uri }))).left?.href.split('?')[0];
    expect(await leaves('https://app.example/cb')).toBe('https://app.example/cb');
    expect(await leaves('http://localhost:4000/done')).toBe('http://localhost:4000/done');
    expect(await leaves('http://localhost:4000/other')).toBeUndefined();
    expect(await leaves('https://app.example/cb/../x')).toBeUndefined();
    expect(await leaves('https://app.example:8443/cb')).toBeUndefined();
  });

  it('is the only kind with the setting registeredClientsOnly', async () => {
    const person = (await startIdentity({ identity: { clients, registeredClientsOnly: true } })).browser();
    expect((await person.open(authorizeUrl({ client_id: 'stranger' }))).text).toContain('AADSTS700016');
  });
});

describe('pages', () => {
  it('cannot be framed or cached, run no scripts and load nothing', async () => {
    const { get } = await startIdentity();
    for (const path of [
      '/devicelogin',
      '/common/oauth2/nativeclient?code=x',
      authorizeUrl().slice(origin.length),
    ]) {
      const response = await get(path);
      expect(response.status, path).toBe(200);
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(response.headers.get('x-frame-options')).toBe('DENY');
      expect(response.headers.get('cache-control')).toBe('no-store');
      const text = await response.text();
      expect(text).toContain('<html lang="en">');
      expect(text).not.toMatch(/<script|src=|@import/);
    }
  });

  it('the page at / runs only the scripts of this server, and may not be framed', async () => {
    const { get } = await startIdentity();
    const response = await get('/');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'self'(;|$)/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(await response.text()).not.toMatch(/<script(?![^>]*src="\/)|<script[^>]*>[^<]/);
  });

  it('HEAD / returns 200, because some clients request it before they sign in', async () => {
    const { onedrive } = await startIdentity();
    expect((await onedrive.fetch(new Request(`${origin}/`, { method: 'HEAD' }))).status).toBe(200);
  });

  it('the landing page shows how to configure a client for this server', async () => {
    const { get } = await startIdentity();
    expect(await (await get('/')).text()).toContain(`${origin}/v1.0`);
  });
});

it.each([
  ['http', 'SameSite=Lax'],
  ['https', 'SameSite=None; Secure'],
])('over %s the cookie of a browser has %s', async (scheme, sites) => {
  const { onedrive } = await startIdentity();
  const url = authorizeUrl().replace(/^http/, scheme);
  const answer = await onedrive.fetch(
    new Request(url, { method: 'POST', body: new URLSearchParams({ action: 'sign-in', account: alex }) }),
  );
  expect(answer.headers.get('set-cookie')).toMatch(new RegExp(`; HttpOnly; ${sites}$`));
});
