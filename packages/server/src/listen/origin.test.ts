import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RequestTarget, requestUrl } from './origin.ts';

const asked = (more: Partial<RequestTarget>): string | undefined =>
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
  it('takes scheme and host from the connection and the Host header', () => {
    expect(asked({ target: '/a?b=c' })).toBe('http://one.example:8080/a?b=c');
    expect(asked({ encrypted: true })).toBe('https://one.example:8080/');
    expect(asked({ host: '[::1]:8080' })).toBe('http://[::1]:8080/');
  });

  it('takes them from X-Forwarded-Proto and X-Forwarded-Host first, each by its first entry', () => {
    const forwarded = { forwardedProto: 'https, http', forwardedHost: 'graph.microsoft.com, inner' };
    expect(asked(forwarded)).toBe('https://graph.microsoft.com/');
    expect(asked({ forwardedProto: 'HTTPS' })).toBe('https://one.example:8080/');
    expect(asked({ forwardedHost: 'two.example' })).toBe('http://two.example/');
  });

  it('does not believe forwarded values that cannot be', () => {
    const bad = { forwardedProto: 'javascript', forwardedHost: 'evil.example/x?' };
    expect(asked(bad)).toBe('http://one.example:8080/');
  });

  it('falls back to the local address for a client without Host', () => {
    expect(asked({ host: undefined })).toBe('http://127.0.0.1:8080/');
  });

  it('accepts the absolute form, whose host wins, and the asterisk', () => {
    expect(asked({ target: 'http://two.example/x?y' })).toBe('http://two.example/x?y');
    expect(asked({ target: 'http://two.example' })).toBe('http://two.example/');
    expect(asked({ target: '*' })).toBe('http://one.example:8080/');
  });

  it('keeps the odd paths that clients send', () => {
    const paths = [
      '/v1.0/me/drive/root:/.%2FDir%2Fa.txt',
      "/a/root:/it's%20:/children?select=id",
      '/x/delta(token=%27a%27)',
    ];
    for (const target of paths) expect(asked({ target })).toBe(`http://one.example:8080${target}`);
  });

  it('a path never becomes a host', () => {
    expect(asked({ target: '//evil.example/x' })).toBe('http://one.example:8080//evil.example/x');
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

  it('is undefined, not an exception, for anything else', () => {
    expect(asked({ target: 'x' })).toBeUndefined();
    expect(asked({ host: 'a b' })).toBeUndefined();
    expect(asked({ host: 'a/b' })).toBeUndefined();
    expect(asked({ host: 'h:99999' })).toBeUndefined();
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (target, host, forwardedHost) => {
        asked({ target, host, forwardedHost });
      }),
      { numRuns: 2000 },
    );
  });
});
