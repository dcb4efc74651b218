/** Applications that a seed registers. */
import { expect, it } from 'vitest';
import { readSeed } from '../../packages/server/src/testing/seed/read-seed.ts';
import { authorizeUrl, clientId, startIdentity } from './identity.ts';

const tenant = '8f4a2c6e-1b3d-4e5f-9a7b-0c1d2e3f4a5b';
const written = {
  applications: [
    {
      id: clientId.toUpperCase(),
      name: 'Photo Frame',
      secret: 'right',
      secretExpires: '2100-01-01T00:00:00Z',
      redirectUris: ['https://app.example/cb'],
    },
  ],
};
const start = async () => {
  const { applications } = await readSeed(written);
  return startIdentity({ autoConsent: true, ...(applications && { applications }) });
};
const form = {
  grant_type: 'client_credentials',
  client_id: clientId,
  scope: 'https://graph.microsoft.com/.default',
};

it('must send its secret, until that expires', async () => {
  const { post, clock } = await start();
  const ask = (client_secret: string) => post(`${tenant}/oauth2/v2.0/token`, { ...form, client_secret });
  expect((await ask('wrong')).body.error_codes).toEqual([7000215]);
  expect((await ask('right')).status).toBe(200);
  await clock.advance(Date.parse('2100-01-01') + 1 - clock.now());
  expect((await ask('right')).body.error_codes).toEqual([7000222]);
});

it('gets responses at its registered addresses only', async () => {
  const { browser } = await start();
  const { left } = await browser().open(authorizeUrl({ redirect_uri: 'https://app.example/cb' }));
  expect(left?.origin).toBe('https://app.example');
  expect((await browser().open(authorizeUrl())).text).toContain('AADSTS50011');
});

it('is restored by a reset, and one that is added later works immediately', async () => {
  const { onedrive, post } = await start();
  await onedrive.reset();
  const other = { ...form, client_id: 'other', client_secret: 'wrong' };
  expect((await post(`${tenant}/oauth2/v2.0/token`, { ...form, client_secret: 'wrong' })).status).toBe(401);
  expect((await post(`${tenant}/oauth2/v2.0/token`, other)).status).toBe(200);
  await onedrive.add({ applications: [{ id: 'Other', secret: 'right' }] });
  expect((await post(`${tenant}/oauth2/v2.0/token`, other)).status).toBe(401);
});

it('is validated, and the error names the exact place in the seed', async () => {
  await expect(readSeed({ applications: [{ id: 'a', secretExpires: 'soon' }] })).rejects.toThrow(
    /applications\[0\]\.secretExpires/,
  );
});
