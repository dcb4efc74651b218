/** Versions and checkouts, through the handler in memory. */
import { describe, expect, it } from 'vitest';
import { startTester } from './world.ts';

const start = async (kind: 'personal' | 'business') => {
  const onedrive = await startTester({ kind, accounts: [{}, { userPrincipalName: 'megan@contoso.com' }] });
  const put = (text: string) => onedrive.ask('PUT', '/me/drive/root:/a.txt:/content', { body: text });
  const versions = async () => (await onedrive.ask('GET', '/me/drive/root:/a.txt:/versions')).json.value;
  const text = async () => {
    const { headers } = await onedrive.ask('GET', '/me/drive/root:/a.txt:/content');
    return (await onedrive.ask('GET', headers.get('location') ?? '', { anonymous: true })).text;
  };
  return { ...onedrive, put, versions, text };
};

describe('versions', () => {
  it('are kept when content is replaced, newest first, each with its own bytes', async () => {
    const onedrive = await start('business');
    for (const text of ['one', 'two!', 'three']) {
      await onedrive.put(text);
      await onedrive.clock.advance(10_000);
    }
    const value = await onedrive.versions();
    expect(value.map((one: { id: string; size: number }) => [one.id, one.size])).toEqual([
      ['3.0', 5],
      ['2.0', 4],
      ['1.0', 3],
    ]);
    expect(value[2].lastModifiedDateTime).toBe('2026-01-02T03:04:05Z');
    const answer = await onedrive.ask('GET', '/me/drive/root:/a.txt:/versions/1.0/content');
    expect(answer.status).toBe(302);
    const location = answer.headers.get('location') ?? '';
    const part = await onedrive.ask('GET', location, { anonymous: true, headers: { range: 'bytes=1-' } });
    expect([part.status, part.text]).toEqual([206, 'ne']);
    const forged = await onedrive.ask('GET', location.replace(/\.1\./, '.2.'), { anonymous: true });
    expect(forged.status).toBe(401);
  });

  it('are restored as new versions, so none is lost', async () => {
    const onedrive = await start('business');
    await onedrive.put('one');
    await onedrive.put('two!');
    const path = '/me/drive/root:/a.txt:/versions/1.0/restoreVersion';
    expect((await onedrive.ask('POST', path)).status).toBe(204);
    expect(await onedrive.text()).toBe('one');
    expect((await onedrive.versions()).map((one: { id: string }) => one.id)).toEqual(['3.0', '2.0', '1.0']);
  });

  it('are deleted on business drives, except the current one', async () => {
    const onedrive = await start('business');
    await onedrive.put('one');
    await onedrive.put('two!');
    const path = '/me/drive/root:/a.txt:/versions';
    expect((await onedrive.ask('DELETE', `${path}/2.0`)).status).toBe(400);
    expect((await onedrive.ask('DELETE', `${path}/1.0`)).status).toBe(204);
    expect((await onedrive.ask('GET', `${path}/1.0`)).status).toBe(404);
    expect(await onedrive.versions()).toHaveLength(1);
  });

  it('are limited to 25 on personal drives, where they cannot be deleted', async () => {
    const onedrive = await start('personal');
    for (let at = 1; at <= 30; at++) await onedrive.put(String(at));
    const value = await onedrive.versions();
    expect(value).toHaveLength(26);
    expect(value.at(-1).id).toBe('5.0');
    const gone = await onedrive.ask('DELETE', '/me/drive/root:/a.txt:/versions/5.0');
    expect([gone.status, gone.json.error.message]).toEqual([404, 'API not found']);
  });

  it('of the current state have no content of their own on business drives', async () => {
    for (const [kind, status] of [
      ['business', 400],
      ['personal', 302],
    ] as const) {
      const onedrive = await start(kind);
      await onedrive.put('one');
      const answer = await onedrive.ask('GET', '/me/drive/root:/a.txt:/versions/1.0/content');
      expect(answer.status).toBe(status);
    }
  });

  it('of a folder are refused', async () => {
    const onedrive = await start('business');
    expect((await onedrive.ask('GET', '/me/drive/root/versions')).status).toBe(400);
  });
});

describe('a checked-out file', () => {
  const shared = async () => {
    const onedrive = await start('business');
    const { id, parentReference } = (await onedrive.put('one')).json;
    await onedrive.ask('POST', `/me/drive/items/${id}/invite`, {
      body: { recipients: [{ email: 'megan@contoso.com' }], roles: ['write'], requireSignIn: true },
    });
    const token = onedrive.token({ account: 'megan@contoso.com' });
    const path = `/drives/${parentReference.driveId}/items/${id}`;
    return { ...onedrive, path, token: token };
  };

  it('can be changed by its holder only: others get 423', async () => {
    const { ask, path, token } = await shared();
    expect((await ask('POST', `${path}/checkout`)).status).toBe(204);
    const theirs = await ask('PUT', `${path}/content`, { token, body: 'theirs' });
    expect([theirs.status, theirs.json.error.code]).toEqual([423, 'resourceLocked']);
    expect((await ask('PATCH', path, { token, body: { name: 'b.txt' } })).status).toBe(423);
    expect((await ask('PUT', `${path}/content`, { body: 'mine' })).status).toBe(200);
    const item = (await ask('GET', path, { token })).json;
    expect(item.publication).toMatchObject({
      level: 'checkout',
      checkedOutBy: { user: { displayName: 'Alex Wilber' } },
    });
    expect((await ask('POST', `${path}/checkin`, { body: { comment: 'done' } })).status).toBe(204);
    expect((await ask('PUT', `${path}/content`, { token, body: 'theirs' })).status).toBe(200);
  });

  it('has its earlier content after the checkout is discarded', async () => {
    const { ask, path } = await shared();
    await ask('POST', `${path}/checkout`);
    await ask('PUT', `${path}/content`, { body: 'draft' });
    await ask('PUT', `${path}/content`, { body: 'another draft' });
    expect((await ask('POST', `${path}/discardCheckout`)).status).toBe(204);
    expect((await ask('GET', path)).json).toMatchObject({ size: 3 });
    expect((await ask('GET', `${path}/versions`)).json.value).toHaveLength(1);
    expect((await ask('GET', '/me/drive/root')).json.size).toBe(3);
    expect((await ask('POST', `${path}/checkin`)).status).toBe(400);
  });

  it('exists on business drives only', async () => {
    const onedrive = await start('personal');
    await onedrive.put('one');
    const answer = await onedrive.ask('POST', '/me/drive/root:/a.txt:/checkout');
    expect([answer.status, answer.json.error.code]).toEqual([400, 'notSupported']);
  });
});

describe('following', () => {
  it('lists followed items, until they are unfollowed', async () => {
    const onedrive = await start('business');
    const { id } = (await onedrive.put('one')).json;
    expect((await onedrive.ask('POST', `/me/drive/items/${id}/follow`)).json.id).toBe(id);
    expect((await onedrive.ask('GET', '/me/drive/following')).json.value).toHaveLength(1);
    expect((await onedrive.ask('GET', `/me/drive/following/${id}`)).json.name).toBe('a.txt');
    expect((await onedrive.ask('POST', `/me/drive/items/${id}/unfollow`)).status).toBe(204);
    expect((await onedrive.ask('GET', '/me/drive/following')).json.value).toEqual([]);
    expect((await onedrive.ask('DELETE', `/me/drive/following/${id}`)).status).toBe(404);
  });
});

describe('a draft of a checked-out file', () => {
  it('is visible to its holder only; others see the version at checkout', async () => {
    const onedrive = await start('business');
    await onedrive.put('first');
    await onedrive.ask('POST', '/me/drive/root:/a.txt:/invite', {
      body: { recipients: [{ email: 'megan@contoso.com' }], roles: ['write'], requireSignIn: true },
    });
    expect((await onedrive.ask('POST', '/me/drive/root:/a.txt:/checkout')).status).toBe(204);
    const draft = (await onedrive.put('a longer draft')).json;
    const token = onedrive.token({ account: 'megan@contoso.com' });
    const path = `/drives/${draft.parentReference.driveId}/items/${draft.id}`;
    const seen = async () => {
      const { json } = await onedrive.ask('GET', path, { token });
      const { headers } = await onedrive.ask('GET', `${path}/content`, { token });
      const texts = [json['@microsoft.graph.downloadUrl'], headers.get('location')].map(
        async (url) => (await onedrive.ask('GET', url, { anonymous: true })).text,
      );
      return [json.size, ...(await Promise.all(texts))];
    };
    expect(await seen()).toEqual([5, 'first', 'first']);
    expect([draft.size, await onedrive.text()]).toEqual([14, 'a longer draft']);
    await onedrive.ask('POST', '/me/drive/root:/a.txt:/checkin', { body: { comment: 'done' } });
    expect(await seen()).toEqual([14, 'a longer draft', 'a longer draft']);
  });
});

describe('earlier versions', () => {
  it.each([
    ['business', 15],
    ['personal', 5],
  ] as const)('on a %s drive leave %d bytes of quota in use', async (kind, used) => {
    const onedrive = await start(kind);
    const quota = async () => (await onedrive.ask('GET', '/me/drive')).json.quota.used;
    for (const text of ['first', 'other', 'third']) await onedrive.put(text);
    expect(await quota()).toBe(used);
    if (kind === 'personal') return;
    await onedrive.ask('DELETE', '/me/drive/root:/a.txt:/versions/1.0');
    expect(await quota()).toBe(10);
    await onedrive.ask('POST', '/me/drive/root:/a.txt:/permanentDelete');
    expect(await quota()).toBe(0);
  });
});
