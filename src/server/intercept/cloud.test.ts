import { describe, expect, it } from 'vitest';
import { isCloudHost } from './cloud-hosts.ts';
import { cloudPath } from './cloud-paths.ts';

describe('the hosts that are answered for', () => {
  it.each([
    'graph.microsoft.com',
    'GRAPH.microsoft.us',
    'login.microsoftonline.com',
    'login.live.com',
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

describe('a path of another host', () => {
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
