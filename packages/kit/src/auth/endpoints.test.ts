import { describe, expect, it } from 'vitest';
import { cloudNames } from './clouds.ts';
import { resolveEndpoints } from './endpoints.ts';
import { requestScopes } from './scopes.ts';

describe('the endpoints', () => {
  it('are those of the global cloud and any account by default', () => {
    expect(resolveEndpoints()).toMatchObject({
      graphBaseUrl: 'https://graph.microsoft.com/v1.0',
      insecureLoopback: false,
      server: { token_endpoint: 'https://login.microsoftonline.com/common/oauth2/v2.0/token' },
    });
  });

  it('exist for every cloud and are https', () => {
    for (const cloud of cloudNames) {
      const { server, graphBaseUrl } = resolveEndpoints({ cloud, tenant: 'contoso.com' });
      expect([server.token_endpoint, graphBaseUrl].every((url) => url?.startsWith('https://'))).toBe(true);
      expect(server.authorization_endpoint).toContain('/contoso.com/oauth2/v2.0/authorize');
    }
  });

  it('may be those of a test server on this machine', () => {
    const found = resolveEndpoints({
      authority: 'http://127.0.0.1:8080/',
      graph: 'http://localhost:8080/v1.0',
    });
    expect(found.insecureLoopback).toBe(true);
    expect(found.graphBaseUrl).toBe('http://localhost:8080/v1.0');
    expect(found.server.token_endpoint).toBe('http://127.0.0.1:8080/common/oauth2/v2.0/token');
  });

  it.each([
    'http://login.example.com',
    'http://127.0.0.1.example.com',
    'ftp://x',
    'login',
    '',
    'https://user:pw@x',
    'http://[::2]',
    'https://x/?q',
  ])('are never %j', (authority) => {
    expect(() => resolveEndpoints({ authority })).toThrow(/^Invalid .*: expected an https address/);
  });

  it('reject a tenant that would change the path', () => {
    expect(() => resolveEndpoints({ tenant: 'a/../b' })).toThrow(/tenant/);
  });
});

describe('the scopes', () => {
  it("are limited to the user's own files by default, and always include a refresh token", () => {
    const usual = requestScopes({ scopes: undefined, cloud: 'global' });
    expect(usual.some((scope) => scope.endsWith('.All'))).toBe(false);
    expect(requestScopes({ scopes: ['Files.Read'], cloud: 'global' })).toEqual([
      'offline_access',
      'Files.Read',
    ]);
  });

  it('have the Graph address of a national cloud', () => {
    expect(requestScopes({ scopes: ['openid', 'Files.Read'], cloud: 'china' })).toEqual([
      'offline_access',
      'openid',
      'https://microsoftgraph.chinacloudapi.cn/Files.Read',
    ]);
  });
});
