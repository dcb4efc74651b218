import { expect, test } from 'vitest';
import { startTester } from './world.ts';

test('smoke', async () => {
  const one = await startTester({
    seed: {
      Documents: { folder: { 'README.txt': 'hello' } },
      Pics: { folder: { 'image1.jpg': { size: 2000 } } },
    },
  });
  for (const [m, p] of [
    ['GET', '/me'],
    ['GET', '/me/drive'],
    ['GET', '/me/drive/root'],
    ['GET', '/me/drive/root/children?$top=1'],
    ['GET', '/me/drive/root:/Pics:/children'],
    ['PUT', '/me/drive/root:/a/b/c.txt:/content'],
    ['GET', '/me/drive/root:/a/b/c.txt:/content'],
    ['GET', '/me/drive/foo'],
    ['DELETE', '/me/drive'],
    ['GET', '/me/drive/root:/nix'],
  ] as const) {
    const a = await one.ask(m, p, m === 'PUT' ? { body: 'content!' } : {});
    console.log(m, p, a.status, a.text, a.headers.get('location'));
  }
  const r = await one.ask('GET', '/me/drive/root:/a/b/c.txt:/content');
  const c = await one.ask('GET', r.headers.get('location')!, {
    anonymous: true,
    headers: { range: 'bytes=2-4' },
  });
  expect(c.status).toBe(206);
  expect(c.text).toBe('nte');
});
