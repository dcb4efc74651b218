/** Microsoft's own sign-in library for Python (Debian's msal 1.21), unmodified, through the proxy: every flow that it has. */
import { createHash, X509Certificate } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testCertificate } from '../accounts/certificates.ts';
import { browser } from '../oauth/browser.ts';
import { type Embedded, startEmbedded } from './fixtures/embedded.ts';
import { caFile, installedForPython, type RunOptions, run } from './fixtures/program.ts';

const usable = installedForPython({ msal: 'python3-msal' });
const script = fileURLToPath(new URL('./fixtures/msal_flows.py', import.meta.url));
const webApp = '99999999-2222-3333-4444-555555555555';
const secret = 'web secret';
const own = testCertificate();
const redirectUri = 'http://localhost:53682';
const login = 'https://login.microsoftonline.com';

describe.skipIf(!usable).each(['personal', 'business'] as const)(
  'msal for Python with a %s account',
  (kind) => {
    let server: Embedded;
    const who = kind === 'personal' ? 'alex@outlook.com' : 'alex@contoso.com';

    beforeAll(async () => {
      const clients = [{ id: webApp, secret, certificates: [own.cert], redirectUris: [redirectUri] }];
      const accounts = [{ userPrincipalName: who, displayName: 'Alex Wilber', autoConsent: true }];
      server = await startEmbedded({
        kind,
        tls: false,
        accounts,
        identity: { clients, devicePollInterval: 1000 },
      });
    });
    afterAll(() => server.close());

    const flow = async (
      name: string,
      more: object = {},
      options: RunOptions = {},
    ): Promise<Record<string, unknown>> => {
      const settings = {
        authority: `${login}/common`,
        client_id: '11111111-2222-3333-4444-555555555555',
        login: who,
        redirect_uri: redirectUri,
        ...more,
      };
      const { code, stdout, stderr } = await run(
        ['/usr/bin/python3', script, name, JSON.stringify(settings)],
        {
          ...options,
          env: { HTTPS_PROXY: server.proxy, REQUESTS_CA_BUNDLE: caFile() },
        },
      );
      expect(code, stdout + stderr).toBe(0);
      return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown>;
    };
    const get = async (
      path: string,
      { access_token }: Record<string, unknown>,
    ): Promise<Record<string, unknown>> => {
      const headers = { authorization: `Bearer ${String(access_token)}` };
      return (await (await server.onedrive.fetch(`/v1.0${path}`, { headers })).json()) as Record<
        string,
        unknown
      >;
    };
    const isAlex = async (token: Record<string, unknown>): Promise<void> => {
      expect(token, JSON.stringify(token)).not.toHaveProperty('error');
      expect(await get('/me', token)).toMatchObject({ displayName: 'Alex Wilber' });
    };

    it.each(['common', kind === 'personal' ? 'consumers' : 'organizations'])(
      'signs in by code with PKCE at %s',
      async (tenant) => {
        const token = await flow('code', { authority: `${login}/${tenant}` });
        await isAlex(token);
        expect(token['id_token_claims']).toMatchObject({ name: 'Alex Wilber', preferred_username: who });
      },
    );

    it('signs in by a code of its own asking', async () => isAlex(await flow('plain_code')));

    it('signs in with a browser that comes back to a port of this machine', async () =>
      isAlex(await flow('interactive')));

    it('signs in by device code', async () => {
      let asked = false;
      const token = await flow(
        'device',
        {},
        {
          onOutput: (text) => {
            const [, code] = /"user_code": "([^"]+)"/.exec(text) ?? [];
            if (code === undefined || asked) return;
            asked = true;
            void (async () => {
              const person = browser((request) => server.onedrive.fetch(request), login);
              await person.open(`${login}/devicelogin`);
              await person.press('Next', { user_code: code });
              await person.press('Alex Wilber');
              await person.press('Accept').catch(() => undefined);
            })();
          },
        },
      );
      await isAlex(token);
    });

    it('finds the token in its cache, renews it and forgets the account', async () => {
      const token = await flow('silent');
      await isAlex(token);
      expect(token).toMatchObject({ cached: true, renewed: true, accounts_left: 0 });
    });

    it('takes over a refresh token', async () => isAlex(await flow('refresh')));

    const certificate = {
      private_key: own.key,
      thumbprint: createHash('sha1').update(new X509Certificate(own.cert).raw).digest('hex'),
    };

    it.each([
      ['a secret', secret],
      ['a certificate', certificate],
    ])('signs a person in to a web application with %s', async (_, credential) => {
      await isAlex(await flow('web', { client_id: webApp, credential }));
    });

    it.each([
      ['a secret', secret],
      ['a certificate', certificate],
    ])('acts as an application with %s', async (_, credential) => {
      const tenant = '8f4a2c6e-1b3d-4e5f-9a7b-0c1d2e3f4a5b';
      const token = await flow('application', {
        client_id: webApp,
        credential,
        authority: `${login}/${tenant}`,
      });
      expect(token).toMatchObject({ token_type: 'Bearer' });
      expect(await get(`/users/${who}/drive`, token)).toHaveProperty('id');
    });

    it('gets an error for a wrong secret, and for an invalid code', async () => {
      const wrong = await flow('application', {
        client_id: webApp,
        credential: 'wrong',
        authority: `${login}/organizations`,
      });
      expect(wrong).toMatchObject({ error: 'invalid_client', error_codes: [7000215] });
      expect(await flow('wrong_code')).toMatchObject({ error: 'invalid_grant', error_codes: [70000] });
    });

    it('sent requests only to hosts of Microsoft', () => expect(server.refused).toEqual([]));
  },
);
