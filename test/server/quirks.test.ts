/** Each quirk, enabled; and all are disabled by default. */
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type OneDriveOptions, type QuirkName, readQuirks } from '../../packages/server/src/index.ts';
import { startTester } from './world.ts';

const start = (quirk: QuirkName | undefined, options: OneDriveOptions = {}) =>
  startTester({ ...options, settings: quirk === undefined ? {} : { quirks: [quirk] } });
const both = (quirk: QuirkName) => [undefined, quirk] as const;

describe('a quirk', () => {
  it('office-rewrite changes Office files after an upload to a business drive', async () => {
    for (const quirk of both('office-rewrite')) {
      const onedrive = await start(quirk, { kind: 'business' });
      const put = await onedrive.ask('PUT', '/me/drive/root:/a.docx:/content', { body: 'document' });
      const item = (await onedrive.ask('GET', '/me/drive/root:/a.docx')).json;
      expect(put.json.size).toBe(8);
      const { hashes } = item.file;
      const same = item.size === 8 && hashes.quickXorHash === put.json.file.hashes.quickXorHash;
      expect([same, item.eTag === put.json.eTag]).toEqual(
        quirk === undefined ? [true, true] : [false, false],
      );
      const text = await onedrive.ask('PUT', '/me/drive/root:/a.txt:/content', { body: 'text' });
      expect((await onedrive.ask('GET', `/me/drive/items/${text.json.id}`)).json.size).toBe(4);
    }
  });

  it('short-drive-id drops a leading zero of the drive id, and its case', async () => {
    const id = '0123456789abcdef';
    for (const quirk of both('short-drive-id')) {
      const onedrive = await start(quirk, { accounts: [{ id }] });
      const { parentReference } = (await onedrive.ask('GET', '/me/drive/root')).json;
      expect(parentReference.driveId).toBe(quirk === undefined ? id : '123456789ABCDEF');
      expect((await onedrive.ask('GET', '/me/drive')).json.id).toBe(id);
    }
  });

  it('etag-moves-on-session gives a file a new eTag when a session is created', async () => {
    for (const quirk of both('etag-moves-on-session')) {
      const onedrive = await start(quirk, { seed: { 'a.txt': 'text' } });
      const before = (await onedrive.ask('GET', '/me/drive/root:/a.txt')).json;
      await onedrive.ask('POST', '/me/drive/root:/a.txt:/createUploadSession', { body: {} });
      const after = (await onedrive.ask('GET', '/me/drive/root:/a.txt')).json;
      expect([after.eTag === before.eTag, after.cTag === before.cTag]).toEqual([quirk === undefined, true]);
    }
  });

  it('lost-tombstones omits deletions from delta', async () => {
    for (const quirk of both('lost-tombstones')) {
      const names = Array.from({ length: 9 }, (_, at) => `${at}.txt`);
      const onedrive = await start(quirk, { seed: Object.fromEntries(names.map((name) => [name, 'x'])) });
      const link = (await onedrive.ask('GET', '/me/drive/root/delta?token=latest')).json['@odata.deltaLink'];
      for (const name of names) await onedrive.ask('DELETE', `/me/drive/root:/${name}`);
      const { value } = (await onedrive.ask('GET', link)).json;
      const told = value.filter((item: object) => 'deleted' in item).length;
      expect(told < 9).toBe(quirk !== undefined);
    }
  });

  it('no-hash omits hashes', async () => {
    for (const quirk of both('no-hash')) {
      const onedrive = await start(quirk, { seed: { 'a.txt': 'text' } });
      const { file } = (await onedrive.ask('GET', '/me/drive/root:/a.txt')).json;
      expect('hashes' in file).toBe(quirk === undefined);
    }
  });

  it('placeholder-on-aborted-session shows an empty file until the session is cancelled or completed', async () => {
    for (const quirk of both('placeholder-on-aborted-session')) {
      const onedrive = await start(quirk);
      const session = async (name: string) =>
        (await onedrive.ask('POST', `/me/drive/root:/${name}:/createUploadSession`, { body: {} })).json
          .uploadUrl;
      const status = async (name: string) => (await onedrive.ask('GET', `/me/drive/root:/${name}`)).status;
      const url = await session('a.txt');
      expect(await status('a.txt')).toBe(quirk === undefined ? 404 : 200);
      expect((await onedrive.ask('DELETE', url, { anonymous: true })).status).toBe(204);
      expect(await status('a.txt')).toBe(404);
      const headers = { 'content-range': 'bytes 0-3/4', 'content-length': '4' };
      const done = await onedrive.ask('PUT', await session('b.txt'), {
        anonymous: true,
        headers,
        body: 'text',
      });
      expect(done.json.size).toBe(4);
    }
  });

  it('business-rejects-delete-if-match returns 412 for a DELETE with the current eTag', async () => {
    for (const quirk of both('business-rejects-delete-if-match')) {
      const onedrive = await start(quirk, { kind: 'business', seed: { 'a.txt': 'text' } });
      const { eTag } = (await onedrive.ask('GET', '/me/drive/root:/a.txt')).json;
      const headers = { 'if-match': eTag };
      const { status } = await onedrive.ask('DELETE', '/me/drive/root:/a.txt', { headers });
      expect(status).toBe(quirk === undefined ? 204 : 412);
    }
  });

  it('url-encoded-names encodes names in JSON', async () => {
    for (const quirk of both('url-encoded-names')) {
      const onedrive = await start(quirk, { seed: { 'a b#1.txt': 'text' } });
      const { value } = (await onedrive.ask('GET', '/me/drive/root/children')).json;
      expect(value[0].name).toBe(quirk === undefined ? 'a b#1.txt' : 'a%20b%231.txt');
    }
  });

  it('delta-duplicates returns items twice', async () => {
    for (const quirk of both('delta-duplicates')) {
      const onedrive = await start(quirk, { seed: { 'a.txt': 'text' } });
      const { value } = (await onedrive.ask('GET', '/me/drive/root/delta')).json;
      expect(value).toHaveLength(quirk === undefined ? 2 : 4);
    }
  });

  it('slow-copy takes ten seconds', async () => {
    for (const quirk of both('slow-copy')) {
      const onedrive = await start(quirk, { seed: { 'a.txt': 'text' } });
      const copy = await onedrive.ask('POST', '/me/drive/root:/a.txt:/copy', { body: { name: 'b.txt' } });
      const monitor = async () =>
        (await onedrive.ask('GET', copy.headers.get('location') ?? '', { anonymous: true })).json.status;
      expect(await monitor()).toBe(quirk === undefined ? 'completed' : 'inProgress');
      await onedrive.clock.advance(10_000);
      expect(await monitor()).toBe('completed');
    }
  });

  it('eventual-consistency omits new items from listings for two seconds', async () => {
    for (const quirk of both('eventual-consistency')) {
      const onedrive = await start(quirk);
      await onedrive.ask('PUT', '/me/drive/root:/a.txt:/content', { body: 'text' });
      const count = async () => (await onedrive.ask('GET', '/me/drive/root/children')).json.value.length;
      expect(await count()).toBe(quirk === undefined ? 1 : 0);
      expect((await onedrive.ask('GET', '/me/drive/root:/a.txt')).status).toBe(200);
      await onedrive.clock.advance(2000);
      expect(await count()).toBe(1);
    }
  });

  it('upload-url-rejects-token returns 401 for a request with a token to an upload URL', async () => {
    for (const quirk of both('upload-url-rejects-token')) {
      const onedrive = await start(quirk);
      const { json } = await onedrive.ask('POST', '/me/drive/root:/a.txt:/createUploadSession');
      const signed = await onedrive.ask('GET', json.uploadUrl);
      expect(signed.status).toBe(quirk === undefined ? 200 : 401);
      expect((await onedrive.ask('GET', json.uploadUrl, { anonymous: true })).status).toBe(200);
    }
  });

  it('version-on-time-change creates a version when only the times of a file change', async () => {
    const times = { fileSystemInfo: { lastModifiedDateTime: '2020-01-02T03:04:05Z' } };
    for (const quirk of both('version-on-time-change')) {
      const onedrive = await start(quirk, { kind: 'business', seed: { 'a.txt': 'text' } });
      await onedrive.ask('PATCH', '/me/drive/root:/a.txt', { body: times });
      await onedrive.ask('PATCH', '/me/drive/root:/a.txt', { body: { name: 'b.txt' } });
      const { value } = (await onedrive.ask('GET', '/me/drive/root:/b.txt:/versions')).json;
      expect(value.map(({ id }: { id: string }) => id)).toEqual(
        quirk === undefined ? ['1.0'] : ['2.0', '1.0'],
      );
    }
  });

  it('patch-without-answer returns 204 for a successful PATCH', async () => {
    for (const quirk of both('patch-without-answer')) {
      const onedrive = await start(quirk, { seed: { 'a.txt': 'text' } });
      const patched = await onedrive.ask('PATCH', '/me/drive/root:/a.txt', { body: { name: 'b.txt' } });
      expect([patched.status, patched.text === '']).toEqual(quirk === undefined ? [200, false] : [204, true]);
      expect((await onedrive.ask('GET', '/me/drive/root:/b.txt')).status).toBe(200);
      const missing = await onedrive.ask('PATCH', '/me/drive/root:/c.txt', { body: { name: 'd.txt' } });
      expect(missing.json.error.code).toBe('itemNotFound');
    }
  });

  it('no-quota returns zeros on business drives', async () => {
    for (const quirk of both('no-quota')) {
      const onedrive = await start(quirk, { kind: 'business' });
      const { quota } = (await onedrive.ask('GET', '/me/drive')).json;
      expect(quota.total === 0 && quota.remaining === 0).toBe(quirk !== undefined);
    }
    const personal = await start('no-quota', { kind: 'personal' });
    expect((await personal.ask('GET', '/me/drive')).json.quota.total).toBeGreaterThan(0);
  });

  it('gzip-answers compresses JSON for clients that accept it, sets the header for a copy, and leaves content unchanged', async () => {
    const accepts = { 'accept-encoding': 'deflate, gzip' };
    for (const quirk of both('gzip-answers')) {
      const onedrive = await start(quirk, { seed: { 'a.txt': 'text' } });
      const told = ({ headers }: Pick<Response, 'headers'>) => headers.get('content-encoding');
      const item = await onedrive.ask('GET', '/me/drive/root:/a.txt', { headers: accepts });
      const text = quirk === undefined ? item.text : gunzipSync(item.bytes).toString();
      const { name, '@microsoft.graph.downloadUrl': url } = JSON.parse(text);
      expect([told(item), name]).toEqual([quirk === undefined ? null : 'gzip', 'a.txt']);
      const body = { name: 'b.txt' };
      const copy = await onedrive.ask('POST', '/me/drive/root:/a.txt:/copy', { headers: accepts, body });
      expect([copy.status, told(copy), copy.text]).toEqual([202, told(item), '']);
      const missing = await onedrive.ask('GET', '/me/drive/root:/none', { headers: accepts });
      expect([missing.status, told(missing)]).toEqual([404, told(item)]);
      for (const headers of [{}, { 'accept-encoding': 'br' }, { 'accept-encoding': 'gzip;q=0' }])
        expect(told(await onedrive.ask('GET', '/me/drive', { headers }))).toBeNull();
      const content = await onedrive.ask('GET', url, { headers: accepts, anonymous: true });
      expect([told(content), content.text]).toEqual([null, 'text']);
    }
  });

  it('vault adds one item, and every request that would open or change it is refused', async () => {
    for (const quirk of both('vault')) {
      const onedrive = await start(quirk, { seed: { 'a.txt': 'text' } });
      const names = async (path: string) =>
        (await onedrive.ask('GET', path)).json.value.map(({ name }: { name: string }) => name);
      const vault = quirk === undefined ? [] : ['Personal Vault'];
      expect(await names('/me/drive/root/children')).toEqual([...vault, 'a.txt']);
      expect(await names('/me/drive/root/children?$select=name')).toEqual([...vault, 'a.txt']);
      expect(await names('/me/drive/root/delta')).toEqual(expect.arrayContaining(vault));
      const { json: root } = await onedrive.ask('GET', '/me/drive/root?$expand=children');
      expect(root.children.map(({ name }: { name: string }) => name)).toEqual([...vault, 'a.txt']);
      const own = await onedrive.ask('GET', '/me/drive/root:/personal vault');
      expect(own.status).toBe(quirk === undefined ? 404 : 200);
      if (quirk === undefined) continue;
      const { id, eTag } = own.json;
      expect(own.json.specialFolder).toEqual({ name: 'vault' });
      expect((await onedrive.ask('GET', `/me/drive/items/${id}`)).json.eTag).toBe(eTag);
      expect((await onedrive.ask('GET', '/me/drive/special/vault')).json.id).toBe(id);
      const { json: file } = await onedrive.ask('GET', '/me/drive/root:/a.txt');
      const into = { parentReference: { id } };
      const locked: readonly (readonly [string, string, object | string | undefined])[] = [
        ['GET', `items/${id}/children`, undefined],
        ['GET', `items/${id}?$expand=children`, undefined],
        ['GET', `items/${id}/delta`, undefined],
        ['GET', 'root:/Personal Vault/x', undefined],
        ['PATCH', `items/${id}`, { name: 'mine' }],
        ['DELETE', `items/${id}`, undefined],
        ['POST', `items/${id}/copy`, { name: 'mine' }],
        ['POST', `items/${id}/createLink`, { type: 'view' }],
        ['POST', `items/${id}/children`, { name: 'd', folder: {} }],
        ['PUT', 'root:/Personal Vault/x:/content', 'x'],
        ['POST', 'root:/Personal Vault/x:/createUploadSession', {}],
        ['PATCH', `items/${file.id}`, into],
        ['POST', `items/${file.id}/copy`, into],
      ];
      for (const [method, path, body] of locked) {
        const { status, json } = await onedrive.ask(
          method,
          `/me/drive/${path}`,
          body === undefined ? {} : { body },
        );
        expect([
          method,
          path,
          status,
          json.error.code,
          json.error.innerError?.code ?? json.error.innererror?.code,
        ]).toEqual([method, path, 400, 'invalidRequest', 'invalidResourceId']);
      }
      const taken = { body: { name: 'Personal Vault', folder: {} } };
      expect((await onedrive.ask('POST', '/me/drive/root/children', taken)).status).toBe(409);
    }
  });
});

it('names of quirks are parsed, and the error for an unknown one lists the known', () => {
  expect(readQuirks('no-hash, vault')).toEqual(['no-hash', 'vault']);
  expect(() => readQuirks('no-hush')).toThrow(/no-hush.*no-hash/);
});
