import { describe, expect, it } from 'vitest';
import type { ServerRequest } from '../../core/http.ts';
import { isCloudHost } from './cloud-hosts.ts';
import { cloudPath } from './cloud-paths.ts';
import { transferBase, withoutTokens } from './transfer-hosts.ts';

const own = { upload: '/_upload/s', download: '/_content/s', monitor: '/_monitor/s' } as const;
const graphs = ['graph.microsoft.com', 'graph.microsoft.us', 'microsoftgraph.chinacloudapi.cn'] as const;
const kinds = ['personal', 'business', 'documentLibrary'] as const;
const transfers = ['upload', 'download', 'monitor'] as const;

describe.each(graphs.flatMap((graph) => kinds.map((kind) => ({ graph, kind }))))(
  'a transfer URL of a $kind drive behind $graph',
  ({ graph, kind }) => {
    it.each(transfers)('is on another intercepted host: %s', (transfer) => {
      const url = new URL(`${transferBase(`https://${graph}`, kind, transfer)}s`);
      expect(url.hostname).not.toBe(graph);
      expect(isCloudHost(url.hostname)).toBe(true);
      expect(cloudPath(url.hostname, url.pathname)).toBe(own[transfer]);
    });
  },
);

it.each(transfers)('without --intercept, the %s URL is on the server itself', (transfer) => {
  const origin = 'http://127.0.0.1:8080';
  expect(`${transferBase(origin, 'personal', transfer)}s`).toBe(origin + own[transfer]);
});

it.each([
  ['sn3302.up.1drv.com', '/up/s', '/_upload/s'],
  ['my.microsoftpersonalcontent.com', '/personal/abc/_api/v2.0/uploadSession/s', '/_upload/s'],
  ['contoso.sharepoint.com', '/sites/team/_api/v2.0/monitor/s', '/_monitor/s'],
])('%s%s is served as %s', (host, path, served) => {
  expect(isCloudHost(host)).toBe(true);
  expect(cloudPath(host, path)).toBe(served);
});

it.each([
  ['https://api.onedrive.com/_upload/s', true, 401],
  ['https://public.dm.files.1drv.com/_content/s', true, 401],
  ['https://contoso-my.sharepoint.com/_monitor/s', true, 401],
  ['https://contoso-my.sharepoint.com/_thumb/s/small', true, 401],
  ['https://api.onedrive.com/_upload/s', false, 200],
  ['https://api.onedrive.com/v1.0/me/drive', true, 200],
  ['https://graph.microsoft.com/_upload/s', true, 200],
  ['http://127.0.0.1/_upload/s', true, 200],
])('%s, with a token: %s, returns %i', async (url, token, status) => {
  const request: ServerRequest = {
    method: 'GET',
    url: new URL(url),
    headers: token ? { authorization: 'Bearer x' } : {},
    body: (async function* (): AsyncGenerator<Uint8Array> {})(),
  };
  expect((await withoutTokens(async () => ({ status: 200, headers: {} }))(request)).status).toBe(status);
});
