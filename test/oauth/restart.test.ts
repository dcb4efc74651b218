import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { directoryStorage } from '../../packages/server/src/storage/directory/directory-storage.ts';
import { authorizeUrl, redirectUri, startIdentity } from './identity.ts';

it('after a restart on the same folder, tokens, sessions and consents remain valid, and the signing key is the same', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'onedrive-kit-'));
  try {
    const before = await startIdentity({ storage: await directoryStorage(folder) });
    const person = before.browser();
    await person.open(authorizeUrl({ scope: 'openid offline_access Files.Read' }));
    await person.press('Alex Wilber');
    const { left } = await person.press('Accept');
    const code = left?.searchParams.get('code') ?? '';
    const first = await before.token({ grant_type: 'authorization_code', code, redirect_uri: redirectUri });
    const keys = await (await before.get('/common/discovery/v2.0/keys')).text();
    await before.onedrive.close();

    const after = await startIdentity({ storage: await directoryStorage(folder) });
    const me = await after.get('/v1.0/me', { authorization: `Bearer ${first.body.access_token}` });
    expect(me.status).toBe(200);
    const again = await after.token({ grant_type: 'refresh_token', refresh_token: first.body.refresh_token });
    expect(again.status).toBe(200);
    expect(await (await after.get('/common/discovery/v2.0/keys')).text()).toBe(keys);
    const cookie = [...person.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const path = authorizeUrl({ prompt: 'none', scope: 'Files.Read' }).slice('http://127.0.0.1:9'.length);
    expect((await after.get(path, { cookie })).headers.get('location')).toContain('code=');
    await after.onedrive.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
