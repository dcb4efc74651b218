import { describe, expect, it, test } from 'vitest';
import type { Arrival } from '../core/http.ts';
import { initiatorOf, isLoopbackOrigin, isServerItself } from './initiator.ts';

const arrival: Arrival = {
  origin: 'http://127.0.0.1:8080',
  port: 8080,
  name: 'machine',
  forwardedFromUnknown: false,
};
const url = new URL('http://127.0.0.1:8080/v1.0/me');
const listed = (origin: string) => origin === 'https://app.example';
const judged = (headers: Record<string, string>, more: Partial<Arrival> = {}, requestUrl = url) =>
  initiatorOf({ url: requestUrl, headers, arrival: { ...arrival, ...more } }, listed);

describe('the initiator of a request', () => {
  it.each([
    [{}, 'program'],
    [{ 'sec-fetch-site': 'none' }, 'program'],
    [{ 'sec-fetch-site': 'same-origin' }, 'own'],
    [{ 'sec-fetch-site': 'same-origin', origin: 'null' }, 'own'],
    [{ origin: 'http://127.0.0.1:8080' }, 'own'],
    [{ origin: 'http://localhost:3000' }, 'local'],
    [{ origin: 'http://[::1]:3000', 'sec-fetch-site': 'cross-site' }, 'local'],
    [{ origin: 'https://app.example' }, 'listed'],
    [{ origin: 'http://app.example' }, 'foreign'],
    [{ origin: 'https://app.example:444' }, 'foreign'],
    [{ origin: 'https://evil.example' }, 'foreign'],
    [{ origin: 'null' }, 'foreign'],
    [{ origin: 'null', 'sec-fetch-site': 'cross-site' }, 'foreign'],
    [{ origin: '' }, 'foreign'],
    [{ origin: 'http://localhost.evil.example' }, 'foreign'],
    [{ origin: 'http://127.0.0.1:8080, https://evil.example' }, 'foreign'],
    [{ 'sec-fetch-site': 'cross-site' }, 'foreign'],
    [{ 'sec-fetch-site': 'cross-site', referer: 'http://localhost:3000/' }, 'local'],
    [{ 'sec-fetch-site': 'cross-site', referer: 'https://app.example/x' }, 'listed'],
    [{ 'sec-fetch-site': 'cross-site', referer: 'https://evil.example/' }, 'foreign'],
    [{ referer: 'https://evil.example/' }, 'foreign'],
    [{ 'sec-fetch-site': 'same-site' }, 'local'],
  ] as const)('for %j is %s', (headers, who) => expect(judged(headers)).toBe(who));

  it('another host of the same site is foreign if the site is not this machine', () => {
    const lan = { origin: 'http://files.lan.example:8080' };
    expect(judged({ 'sec-fetch-site': 'same-site' }, lan)).toBe('foreign');
  });

  it('a page of the forwarded host is own only if the server accepts that host name', () => {
    const publicUrl = new URL('https://public.example/v1.0/me');
    const headers = { origin: 'https://public.example' };
    expect(judged(headers, { forwardedFromUnknown: true }, publicUrl)).toBe('foreign');
    expect(judged(headers, { forwardedFromUnknown: false }, publicUrl)).toBe('own');
  });
});

test.each([
  ['http://127.0.0.1:8080/v1.0/me', true],
  ['http://localhost:8080/', true],
  ['https://[::1]:8080/', true],
  ['http://0.0.0.0:8080/', true],
  ['http://127.9.9.9:8080/', true],
  ['http://127.0.0.1:3000/', false],
  ['https://evil.example:8080/', false],
])('%s is on this server: %s', (target, itself) => {
  expect(isServerItself(new URL(target), { url, headers: {}, arrival })).toBe(itself);
});

test('an intercepting server recognizes its own port, too', () => {
  const cloud = { ...arrival, origin: 'https://graph.microsoft.com', name: 'service' } as const;
  const request = { url: new URL('https://graph.microsoft.com/'), headers: {}, arrival: cloud };
  expect(isServerItself(new URL('http://localhost:8080/cb'), request)).toBe(true);
  expect(isServerItself(new URL('http://localhost:443/cb'), request)).toBe(false);
});

test.each(['http://localhost/', 'ftp://localhost', 'http://a@localhost', 'localhost', 'http://localhost?x'])(
  '%s is not a loopback origin',
  (origin) => expect(isLoopbackOrigin(origin)).toBe(false),
);
