import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RequestTarget, requestUrl } from './origin.ts';

const originFor = (more: Partial<RequestTarget>): string | undefined =>
  requestUrl({
    target: '/',
    host: 'one.example:8080',
    forwardedProto: undefined,
    forwardedHost: undefined,
    encrypted: false,
    localHost: '127.0.0.1:8080',
    ...more,
  })?.href;

describe('the URL of a request', () => {
  it('has the scheme of the connection and the host of the Host header', () => {
    expect(originFor({ target: '/a?b=c' })).toBe('http://one.example:8080/a?b=c');
    expect(originFor({ encrypted: true })).toBe('https://one.example:8080/');
    expect(originFor({ host: '[::1]:8080' })).toBe('http://[::1]:8080/');
  });

  it('prefers the first entries of X-Forwarded-Proto and X-Forwarded-Host', () => {
    const forwarded = { forwardedProto: 'https, http', forwardedHost: 'graph.microsoft.com, inner' };
    expect(originFor(forwarded)).toBe('https://graph.microsoft.com/');
    expect(originFor({ forwardedProto: 'HTTPS' })).toBe('https://one.example:8080/');
    expect(originFor({ forwardedHost: 'two.example' })).toBe('http://two.example/');
  });

  it('ignores invalid forwarded values', () => {
    const bad = { forwardedProto: 'javascript', forwardedHost: 'evil.example/x?' };
    expect(originFor(bad)).toBe('http://one.example:8080/');
  });

  it('has the local address for a client without a Host header', () => {
    expect(originFor({ host: undefined })).toBe('http://127.0.0.1:8080/');
  });

  it('accepts the absolute form, whose host takes precedence, and the asterisk', () => {
    expect(originFor({ target: 'http://two.example/x?y' })).toBe('http://two.example/x?y');
    expect(originFor({ target: 'http://two.example' })).toBe('http://two.example/');
    expect(originFor({ target: '*' })).toBe('http://one.example:8080/');
  });

  it('keeps unusual paths', () => {
    const paths = [
      '/v1.0/me/drive/root:/.%2FDir%2Fa.txt',
      "/a/root:/it's%20:/children?select=id",
      '/x/delta(token=%27a%27)',
    ];
    for (const target of paths) expect(originFor({ target })).toBe(`http://one.example:8080${target}`);
  });

  it('never treats a path as a host', () => {
    expect(originFor({ target: '//evil.example/x' })).toBe('http://one.example:8080//evil.example/x');
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), (rest) => {
        const url = requestUrl({
          target: `/${rest}`,
          host: 'h',
          forwardedProto: undefined,
          forwardedHost: undefined,
          encrypted: false,
          localHost: 'l',
        });
        if (url) expect(url.host).toBe('h');
      }),
      { numRuns: 2000 },
    );
  });

  it('is undefined for all other input, without an exception', () => {
    expect(originFor({ target: 'x' })).toBeUndefined();
    expect(originFor({ host: 'a b' })).toBeUndefined();
    expect(originFor({ host: 'a/b' })).toBeUndefined();
    expect(originFor({ host: 'h:99999' })).toBeUndefined();
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (target, host, forwardedHost) => {
        originFor({ target, host, forwardedHost });
      }),
      { numRuns: 2000 },
    );
  });
});
