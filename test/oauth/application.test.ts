/** Applications that act for themselves, and policies of an organization, with a manual clock. */
import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt, importPKCS8, SignJWT } from 'jose';
import forge from 'node-forge';
import { describe, expect, it } from 'vitest';
import { setPolicy, withdrawConsent } from '../../packages/server/src/identity/policies.ts';
import { accounts } from '../../packages/server/src/people/account-record.ts';
import { alex, authorizeUrl, clientId, redirectUri, startIdentity } from './identity.ts';

const scope = 'https://graph.microsoft.com/.default';
const app = '22222222-3333-4444-5555-666666666666';
const path = 'contoso.com/oauth2/v2.0/token';

describe('client_credentials', () => {
  it('requires a proof, a single directory and .default', async () => {
    const { post } = await startIdentity({ identity: { clients: [{ id: app, secret: 's' }] } });
    const ask = (tenant: string, more: Record<string, string>) =>
      post(`${tenant}/oauth2/v2.0/token`, {
        grant_type: 'client_credentials',
        client_id: app,
        scope,
        ...more,
      });
    expect((await ask('contoso.com', {})).body.error_codes).toEqual([7000218]);
    expect((await ask('contoso.com', { client_secret: 'x' })).body.error_codes).toEqual([7000215]);
    expect((await ask('common', { client_secret: 's' })).body.error_codes).toEqual([50059]);
    expect((await ask('contoso.com', { client_secret: 's', scope: 'Files.Read' })).body.error_codes).toEqual([
      1002012,
    ]);
    const { status, body } = await ask('contoso.com', { client_secret: 's' });
    expect([status, body.refresh_token, body.id_token]).toEqual([200, undefined, undefined]);
    expect(body).not.toHaveProperty('scope');
    const claims = decodeJwt(body.access_token);
    expect(claims).toMatchObject({ appid: app, idtyp: 'app' });
    expect(claims['roles']).toContain('Files.ReadWrite.All');
    expect(Object.keys(claims).filter((name) => ['scp', 'upn', 'name', 'sid'].includes(name))).toEqual([]);
  });

  it('can access every drive by its user, but not "me"', async () => {
    const { post, get } = await startIdentity({ identity: { clients: [{ id: app, secret: 's' }] } });
    const { body } = await post(path, {
      grant_type: 'client_credentials',
      client_id: app,
      client_secret: 's',
      scope,
    });
    const headers = { authorization: `Bearer ${body.access_token}` };
    expect((await get('/v1.0/me', headers)).status).toBe(400);
    expect((await get('/v1.0/me/drive', headers)).status).toBe(400);
    const drive = await get('/v1.0/users/megan@contoso.com/drive/root', headers);
    expect(await drive.json()).toMatchObject({ name: 'root' });
  });

  it('is refused if the secret has expired or consent is missing', async () => {
    const clients = [
      { id: app, secret: 's', secretExpires: 1 },
      { id: 'b', secret: 's', consented: false },
    ];
    const { post } = await startIdentity({ identity: { clients } });
    const ask = async (client_id: string) =>
      (await post(path, { grant_type: 'client_credentials', client_id, client_secret: 's', scope })).body
        .error_codes;
    expect(await ask(app)).toEqual([7000222]);
    expect(await ask('b')).toEqual([65001]);
  });
});

/** A certificate with a key, valid for a year around the manual clock's time. */
function certificate(from: number, to: number) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const cert = forge.pki.createCertificate();
  cert.publicKey = forge.pki.publicKeyFromPem(publicKey.export({ type: 'spki', format: 'pem' }).toString());
  cert.validity.notBefore = new Date(from);
  cert.validity.notAfter = new Date(to);
  cert.setSubject([{ name: 'commonName', value: 'test' }]);
  cert.setIssuer([{ name: 'commonName', value: 'test' }]);
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  cert.sign(forge.pki.privateKeyFromPem(key), forge.md.sha256.create());
  const der = forge.asn1.toDer(forge.pki.certificateToAsn1(cert)).getBytes();
  const thumbprint = Buffer.from(forge.md.sha256.create().update(der).digest().getBytes(), 'latin1').toString(
    'base64url',
  );
  return { pem: forge.pki.certificateToPem(cert), key, thumbprint };
}

describe('client_assertion', () => {
  const year = 365 * 86_400_000;

  async function setUp(validTo = year) {
    const now = (await startIdentity()).clock.now();
    const own = certificate(now - year, now + validTo);
    const other = certificate(now - year, now + year);
    const issuer = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const identity = await startIdentity({
      identity: {
        clients: [
          {
            id: app,
            certificates: [own.pem],
            federated: [
              {
                issuer: 'https://ci',
                subject: 'repo:a/b',
                key: issuer.publicKey.export({ format: 'jwk' }),
              },
            ],
          },
        ],
      },
    });
    const ask = async (header: Record<string, string>, claims: Record<string, unknown>, key: string) => {
      const seconds = Math.floor(identity.clock.now() / 1000);
      const assertion = await new SignJWT({
        iss: app,
        sub: app,
        aud: `http://127.0.0.1:9/${path}`,
        nbf: seconds,
        exp: seconds + 60,
        ...claims,
      })
        .setProtectedHeader({ alg: 'PS256', ...header })
        .sign(await importPKCS8(key, 'PS256'));
      const answer = await identity.post(path, {
        grant_type: 'client_credentials',
        scope,
        client_id: app,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertion,
      });
      return answer.status === 200 ? 'granted' : answer.body.error_codes[0];
    };
    const ci = issuer.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    return { ask, own, other, ci, seconds: Math.floor(identity.clock.now() / 1000) };
  }

  it('is valid if a registered certificate signed it, for this address and time', async () => {
    const { ask, own, other, seconds } = await setUp();
    const by = { 'x5t#S256': own.thumbprint };
    expect(await ask(by, {}, own.key)).toBe('granted');
    expect(await ask({ 'x5t#S256': `${own.thumbprint}=` }, {}, own.key)).toBe('granted');
    expect(await ask(by, {}, other.key)).toBe(700027);
    expect(await ask({ 'x5t#S256': other.thumbprint }, {}, other.key)).toBe(700027);
    expect(await ask(by, { aud: 'https://elsewhere' }, own.key)).toBe(700212);
    expect(await ask(by, { nbf: seconds - 7200, exp: seconds - 3600 }, own.key)).toBe(700024);
    expect(await ask(by, { nbf: seconds + 3600, exp: seconds + 7200 }, own.key)).toBe(700024);
    expect(await ask(by, { sub: 'x' }, own.key)).toBe(700027);
  });

  it('is refused if the certificate has expired', async () => {
    const { ask, own } = await setUp(-1000);
    expect(await ask({ 'x5t#S256': own.thumbprint }, {}, own.key)).toBe(700030);
  });

  it('may come from a registered issuer, with its subject and audience', async () => {
    const { ask, own, ci } = await setUp();
    const claims = { iss: 'https://ci', sub: 'repo:a/b', aud: 'api://AzureADTokenExchange' };
    expect(await ask({}, claims, ci)).toBe('granted');
    expect(await ask({}, { ...claims, sub: 'repo:a/other' }, ci)).toBe(700213);
    expect(await ask({}, { ...claims, aud: 'x' }, ci)).toBe(700212);
    expect(await ask({}, claims, own.key)).toBe(700027);
  });
});

describe('policies of an organization', () => {
  async function signedIn() {
    const identity = await startIdentity();
    const { body } = await identity.token({
      grant_type: 'authorization_code',
      code: await identity.code(),
      redirect_uri: redirectUri,
    });
    const accountId = identity.onedrive.world.storage
      .read((records) => accounts.list(records))
      .find((a) => a.userPrincipalName === alex)!.id;
    const renew = (more: Record<string, string> = {}) =>
      identity.token({ grant_type: 'refresh_token', refresh_token: body.refresh_token, ...more });
    return { ...identity, renew, accountId, world: identity.onedrive.world, access: body.access_token };
  }

  it('a withdrawn consent ends renewals, and a new consent allows them again', async () => {
    const { renew, world, code, token } = await signedIn();
    withdrawConsent(world, clientId);
    expect((await renew()).body.error_codes).toEqual([65001]);
    expect(
      (await token({ grant_type: 'authorization_code', code: await code(), redirect_uri: redirectUri }))
        .status,
    ).toBe(200);
  });

  it('a second factor is required once, a block remains', async () => {
    const { renew, world, accountId, code, token } = await signedIn();
    setPolicy(world, accountId, 'second-factor');
    expect((await renew()).body).toMatchObject({ error: 'interaction_required', error_codes: [50076] });
    await token({ grant_type: 'authorization_code', code: await code(), redirect_uri: redirectUri });
    expect((await renew()).status).toBe(200);
    setPolicy(world, accountId, 'block');
    expect((await renew()).body.error_codes).toEqual([53003]);
  });

  it('an API that demands claims accepts a token that was requested with them', async () => {
    const { renew, world, accountId, access, get } = await signedIn();
    setPolicy(world, accountId, 'claims');
    const refused = await get('/v1.0/me', { authorization: `Bearer ${access}` });
    expect(refused.status).toBe(401);
    const challenge = refused.headers.get('www-authenticate') ?? '';
    const claims = atob(/claims="([^"]+)"/.exec(challenge)?.[1] ?? '');
    expect(challenge).toContain('error="insufficient_claims"');
    const { body } = await renew({ claims });
    expect((await get('/v1.0/me', { authorization: `Bearer ${body.access_token}` })).status).toBe(200);
  });

  it('an application that requires an administrator works after the consent page', async () => {
    const clients = [{ id: clientId, adminConsentOnly: true }];
    const { get } = await startIdentity({ identity: { clients, autoConsent: true } });
    const authorize = authorizeUrl().replace('http://127.0.0.1:9', '');
    const first = await get(authorize);
    expect(first.headers.get('location')).toContain('AADSTS90094');
    const consent = await get(
      `/contoso.com/adminconsent?client_id=${clientId}&redirect_uri=${encodeURIComponent(redirectUri)}&state=x`,
    );
    expect(consent.headers.get('location')).toContain('admin_consent=True');
    expect((await get(authorize)).headers.get('location')).toContain('code=');
  });
});
