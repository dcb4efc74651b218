/** Bundles, through the handler in memory. */
import { expect, it } from 'vitest';
import { startTester } from './world.ts';

it('a bundle contains items, which stay in their folders', async () => {
  const onedrive = await startTester({ seed: { 'a.jpg': 'a', 'b.jpg': 'bb' } });
  const idOf = async (name: string) => (await onedrive.ask('GET', `/me/drive/root:/${name}`)).json.id;
  const [a, b] = [await idOf('a.jpg'), await idOf('b.jpg')];
  const made = await onedrive.ask('POST', '/me/drive/bundles', {
    body: { name: 'Holiday', bundle: { album: {} }, children: [{ id: a }] },
  });
  expect([made.status, made.json.bundle]).toEqual([201, { childCount: 1, album: {} }]);
  const path = `/me/drive/bundles/${made.json.id}`;
  expect((await onedrive.ask('POST', `${path}/children`, { body: { id: b } })).status).toBe(204);
  expect((await onedrive.ask('POST', `${path}/children`, { body: { id: 'none' } })).status).toBe(404);
  const { json } = await onedrive.ask('GET', `${path}?$expand=children`);
  expect(json.size).toBe(3);
  expect(json.children.map(({ name }: { name: string }) => name)).toEqual(['a.jpg', 'b.jpg']);
  await onedrive.ask('DELETE', `/me/drive/items/${a}`);
  expect((await onedrive.ask('GET', `${path}/children`)).json.value).toHaveLength(1);
  expect((await onedrive.ask('PATCH', path, { body: { name: 'Sea' } })).json.name).toBe('Sea');
  expect((await onedrive.ask('DELETE', `${path}/children/${b}`)).status).toBe(204);
  expect((await onedrive.ask('DELETE', path)).status).toBe(204);
  expect((await onedrive.ask('GET', '/me/drive/bundles')).json.value).toEqual([]);
  expect(await idOf('b.jpg')).toBe(b);
});

it('a business drive has no bundles', async () => {
  const onedrive = await startTester({ kind: 'business' });
  const { status, json } = await onedrive.ask('GET', '/me/drive/bundles');
  expect([status, json.error.code]).toEqual([400, 'notSupported']);
});
