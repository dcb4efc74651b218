import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redirectAllowed, sameRedirect, withAnswer } from './redirect-uri.ts';

const open = {
  registered: undefined,
  clientId: 'abc-123',
  isOwn: (url: URL) => url.origin === 'http://127.0.0.1:8080',
};
const ports = fc.integer({ min: 1, max: 65_535 });
const segments = fc.array(
  fc.stringMatching(/^[a-z0-9._-]{1,8}$/).filter((part) => !/^\.+$/.test(part)),
  { maxLength: 3 },
);

describe('an application without a registration', () => {
  it('may use a loopback address with any port and path', () => {
    fc.assert(
      fc.property(fc.constantFrom('localhost', '127.0.0.1', '[::1]'), ports, segments, (host, port, path) => {
        expect(redirectAllowed(`http://${host}:${port}/${path.join('/')}`, open)).toBe(true);
      }),
    );
  });

  it.each([
    'https://login.microsoftonline.com/common/oauth2/nativeclient',
    'https://login.microsoftonline.us/organizations/oauth2/nativeclient',
    'https://login.live.com/oauth20_desktop.srf',
    'http://127.0.0.1:8080/common/oauth2/nativeclient',
    'msalabc-123://auth',
    'https://localhost:3000/',
    'http://localhost',
  ])('may use %s', (uri) => expect(redirectAllowed(uri, open)).toBe(true));

  it.each([
    'https://example.com/',
    'http://localhost.example.com/',
    'http://localhost@example.com/',
    'http://example.com/?http://localhost/',
    'http://example.com\\@localhost/',
    'http://127.0.0.2/',
    'http://user:pass@localhost/',
    'http://localhost/#fragment',
    'https://login.microsoftonline.com/common/oauth2/nativeclient?next=1',
    'https://login.microsoftonline.com.example.com/common/oauth2/nativeclient',
    'http://login.microsoftonline.com/common/oauth2/nativeclient',
    'msalother://auth',
    'javascript:alert(1)//localhost',
    'data:text/html,x',
    'file:///localhost',
    'ftp://localhost/',
    '//localhost/',
    '/callback',
    'http://local host/',
    '',
  ])('must not use %s', (uri) => expect(redirectAllowed(uri, open)).toBe(false));

  it('must not use another host, whatever the address looks like', () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (url) => {
        const { hostname } = new URL(url);
        fc.pre(!['localhost', '127.0.0.1', '[::1]'].includes(hostname));
        expect(redirectAllowed(url, open)).toBe(false);
      }),
    );
  });

  it('must not use another host, whatever precedes "localhost"', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 12 }), (junk) => {
        const uri = `http://${junk}localhost/`;
        if (redirectAllowed(uri, open)) expect(new URL(uri).hostname).toBe('localhost');
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a registered address', () => {
  it('matches itself', () => {
    fc.assert(
      fc.property(fc.webUrl(), (url) => {
        expect(sameRedirect(url, url)).toBe(true);
      }),
    );
  });

  it('over http on loopback matches at any port, but only with its own path and host', () => {
    fc.assert(
      fc.property(ports, ports, segments, segments, (one, other, path, elsewhere) => {
        const at = (port: number, to: readonly string[]) => `http://localhost:${port}/${to.join('/')}`;
        expect(sameRedirect(at(one, path), at(other, path))).toBe(true);
        expect(sameRedirect(at(one, path), `http://127.0.0.1:${other}/${path.join('/')}`)).toBe(false);
        if (path.join('/') !== elsewhere.join('/'))
          expect(sameRedirect(at(one, path), at(other, elsewhere))).toBe(false);
      }),
    );
  });

  it('on other hosts must match in every character', () => {
    expect(sameRedirect('https://app.example/cb', 'https://app.example/cb/')).toBe(false);
    expect(sameRedirect('https://app.example/cb', 'https://app.example:444/cb')).toBe(false);
    expect(sameRedirect('https://app.example/cb', 'https://APP.example/cb')).toBe(false);
    expect(sameRedirect('https://localhost/cb', 'https://localhost:1/cb')).toBe(false);
  });

  it('excludes loopback addresses unless one is registered', () => {
    expect(redirectAllowed('http://localhost/', { ...open, registered: ['https://app.example/cb'] })).toBe(
      false,
    );
  });
});

it('the response is added to the parameters that the address already has', () => {
  expect(withAnswer('http://localhost/', 'query', { code: 'a b' })).toBe('http://localhost/?code=a+b');
  expect(withAnswer('http://localhost/?x=1', 'query', { code: 'c' })).toBe('http://localhost/?x=1&code=c');
  expect(withAnswer('http://localhost/?x=1', 'fragment', { code: 'c' })).toBe('http://localhost/?x=1#code=c');
  expect(withAnswer('msalabc://auth', 'query', { code: 'c' })).toBe('msalabc://auth?code=c');
});
