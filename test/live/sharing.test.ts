import { expect, test } from 'vitest';
import { liveTester } from './asking.ts';

test('items shared by another account can be listed, read and, with write access, changed; the rest of its drive is not visible', async () => {
  const live = await liveTester({
    accounts: [
      { userPrincipalName: 'ann@outlook.com', displayName: 'Ann' },
      { userPrincipalName: 'bob@outlook.com', displayName: 'Bob' },
    ],
  });
  const ann = live.token({ account: 'ann@outlook.com' });
  const bob = live.token({ account: 'bob@outlook.com' });
  const put = async (name: string) =>
    (await live.ask('PUT', `me/skydrive/files/${name}`, { body: name, token: ann })).json as { id: string };
  const [seen, changed, hidden] = [await put('seen.txt'), await put('changed.txt'), await put('hidden.txt')];
  const invite = async (id: string, role: string) =>
    live.fetch(
      new Request(`https://graph.microsoft.com/v1.0/me/drive/items/${id.split('.')[2] ?? ''}/invite`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ann}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          recipients: [{ email: 'bob@outlook.com' }],
          roles: [role],
          requireSignIn: true,
        }),
      }),
    );
  expect((await invite(seen.id, 'read')).status).toBe(200);
  expect((await invite(changed.id, 'write')).status).toBe(200);

  const { data } = (await live.ask('GET', 'me/skydrive/shared/files', { token: bob })).json as {
    data: { name: string; from: { name: string }; shared_with: { access: string } }[];
  };
  expect(data.map(({ name }) => name).sort()).toEqual(['changed.txt', 'seen.txt']);
  expect(data[0]).toMatchObject({ from: { name: 'Ann' }, shared_with: { access: 'People I selected' } });
  expect((await live.ask('GET', seen.id, { token: bob })).status).toBe(200);
  expect((await live.ask('GET', hidden.id, { token: bob })).json).toMatchObject({
    error: { code: 'resource_not_found' },
  });
  const write = (id: string) => live.ask('PUT', id, { body: '{"description":"x"}', token: bob });
  expect((await write(seen.id)).status).toBe(403);
  expect((await write(changed.id)).json).toMatchObject({ description: 'x' });
  await live.close();
});
