/** Tests of a program of yours, with Node's own runner. In memory: `fetch` goes into the server, and no port is used. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startOneDrive } from '../packages/server/src/index.ts';

const onedrive = await startOneDrive({ kind: 'business', seed: { 'notes.txt': 'already there' } });
after(() => onedrive.close());

void test('a file that was uploaded can be read', async () => {
  const headers = { Authorization: `Bearer ${onedrive.token()}` };
  const path = '/v1.0/me/drive/root:/new.txt:/content';
  const up = await onedrive.fetch(path, { method: 'PUT', headers, body: 'hello' });
  assert.equal(up.status, 201);
  const redirect = await onedrive.fetch(path, { headers });
  const down = await onedrive.fetch(redirect.headers.get('location') ?? '');
  assert.equal(await down.text(), 'hello');
});

void test('an hour passes at once, and the token with it', async () => {
  const headers = { Authorization: `Bearer ${onedrive.token()}` };
  onedrive.control.clock.advance(2 * 3_600_000);
  assert.equal((await onedrive.fetch('/v1.0/me/drive', { headers })).status, 401);
});
