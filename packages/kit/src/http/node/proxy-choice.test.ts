import { describe, expect, it } from 'vitest';
import { proxyChoice } from './proxy-choice.ts';

const url = new URL('https://graph.example/v1.0/me');

describe('the address of a proxy', () => {
  it.each(['http://', 'ftp://p', 'http://p:99999', 'http://a b', '://'])(
    '"%s" is refused by the name of its variable',
    (address) => {
      for (const name of ['HTTPS_PROXY', 'ALL_PROXY'])
        expect(() => proxyChoice({ [name]: address })(url)).toThrow(
          expect.objectContaining({ code: 'usage', message: expect.stringContaining(name) }),
        );
      expect(() => proxyChoice({}, address)(url)).toThrow(
        expect.objectContaining({ code: 'config', message: expect.stringContaining('network.proxy') }),
      );
    },
  );

  it('may have a percent sign in the password that begins no escape', () => {
    const proxy = proxyChoice({ HTTPS_PROXY: 'http://me:5%zz@proxy.example:8080' })(url);
    expect(proxy?.authorization).toBe(`Basic ${btoa('me:5%zz')}`);
  });
});
