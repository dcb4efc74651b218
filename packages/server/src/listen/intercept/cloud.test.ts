import { describe, expect, it, test } from 'vitest';
import { graphOrigin, isCloudHost } from './cloud-hosts.ts';
import { cloudPath, withCloudPaths } from './cloud-paths.ts';

describe('the intercepted hosts', () => {
  it.each([
    'graph.microsoft.com',
    'GRAPH.microsoft.us',
    'login.microsoftonline.com',
    'login.live.com',
    'login.windows.net',
    'onedrive.live.com',
    '1drv.ms',
    'apis.live.net',
    'public.dm.users.storage.live.com',
    'api.onedrive.com',
    'contoso-my.sharepoint.com',
  ])('include %s', (host) => expect(isCloudHost(host)).toBe(true));

  it.each([
    'microsoft.com',
    'graph.microsoft.com.evil.example',
    'evilgraph.microsoft.com',
    'sharepoint.com',
    '.sharepoint.com',
    'a b.sharepoint.com',
    'a/../x.sharepoint.com',
    '',
  ])('do not include "%s"', (host) => expect(isCloudHost(host)).toBe(false));
});

describe('a path on another host', () => {
  it.each([
    ['api.onedrive.com', '/v1.0/drive/root:/a', '/v1.0/me/drive/root:/a'],
    ['api.onedrive.com', '/v1.0/drive', '/v1.0/me/drive'],
    ['api.onedrive.com', '/v1.0/drives/1/root', '/v1.0/drives/1/root'],
    ['api.onedrive.com', '/v1.0/shares/u!x/root', '/v1.0/shares/u!x/root'],
    ['contoso.sharepoint.com', '/sites/team/_api/v2.0/drives', '/_api/v2.0/drives'],
    ['contoso.sharepoint.com', '/_api/v2.0/drives', '/_api/v2.0/drives'],
    ['graph.microsoft.com', '/v1.0/drive', '/v1.0/drive'],
  ])('%s%s is served as %s', (host, path, served) => expect(cloudPath(host, path)).toBe(served));
});

test.each([
  ['https://login.microsoftonline.com/common', 'https://graph.microsoft.com'],
  ['https://login.microsoftonline.us/common', 'https://graph.microsoft.us'],
  ['http://127.0.0.1:8080/common', 'http://127.0.0.1:8080'],
])('for a sign-in at %s Graph is at %s', (login, graph) => {
  expect(graphOrigin(new URL(login))).toBe(graph);
});

test.each([
  ['https://api.onedrive.com/v1.0/drive/root', '@content.downloadUrl'],
  ['https://contoso.sharepoint.com/sites/team/_api/v2.0/drive/root', '@content.downloadUrl'],
  ['https://graph.microsoft.com/v1.0/me/drive/root', '@microsoft.graph.downloadUrl'],
])('%s names the content URL %s', async (url, name) => {
  const body = '{"@microsoft.graph.downloadUrl":"https://x"}';
  const handler = withCloudPaths(async () => ({ status: 200, headers: {}, body }));
  const none = (async function* (): AsyncGenerator<Uint8Array> {})();
  const answer = await handler({ method: 'GET', url: new URL(url), headers: {}, body: none });
  expect(answer.body).toBe(`{"${name}":"https://x"}`);
});

test('the older host returns the token of a delta next to its link', async () => {
  const link = '"@odata.deltaLink":"https://api.onedrive.com/v1.0/drives/1/root/delta?token=aA-_1"';
  const handler = withCloudPaths(async () => ({ status: 200, headers: {}, body: `{${link}}` }));
  const none = (async function* (): AsyncGenerator<Uint8Array> {})();
  const url = new URL('https://api.onedrive.com/v1.0/drive/root/view.delta');
  const answer = await handler({ method: 'GET', url, headers: {}, body: none });
  expect(answer.body).toBe(`{${link},"@delta.token":"aA-_1"}`);
});

test.each([
  ['https://api.onedrive.com/v1.0/drive?access_token=abc&select=id', 'Bearer abc', '?select=id'],
  ['https://graph.microsoft.com/v1.0/me/drive?access_token=abc', undefined, '?access_token=abc'],
])('a token in the query of %s becomes the header %s', async (url, token, search) => {
  const requests: unknown[] = [];
  const handler = withCloudPaths(async (request) => {
    requests.push(request.headers['authorization'], request.url.search);
    return { status: 200, headers: {} };
  });
  const none = (async function* (): AsyncGenerator<Uint8Array> {})();
  await handler({ method: 'GET', url: new URL(url), headers: {}, body: none });
  expect(requests).toEqual([token, search]);
});

test('the older host rewrites lists in UTF-8, but never the content of a file', async () => {
  const body = new TextEncoder().encode('{"@microsoft.graph.downloadUrl":"https://x"}');
  const ask = async (type: string) => {
    const handler = withCloudPaths(async () => ({ status: 200, headers: { 'Content-Type': type }, body }));
    const none = (async function* (): AsyncGenerator<Uint8Array> {})();
    const url = new URL('https://api.onedrive.com/v1.0/drive/root/children');
    return (await handler({ method: 'GET', url, headers: {}, body: none })).body;
  };
  expect(await ask('application/json;odata.metadata=minimal')).toBe('{"@content.downloadUrl":"https://x"}');
  expect(await ask('application/json')).toBe(body);
});
