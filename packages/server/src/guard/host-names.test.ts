import { describe, expect, it, test } from 'vitest';
import { hostKind, hostName, hostRules, isLoopbackName } from './host-names.ts';

const machineNames = () => ['dev-box', 'dev-box.local', '192.168.1.5', 'fe80::1%eth0'];
const closed = hostRules({ host: '127.0.0.1', machineNames });
const open = hostRules({ host: '0.0.0.0', machineNames });

test.each([
  ['LocalHost:8080', 'localhost'],
  ['[::1]:1', '::1'],
  ['[::1]', '::1'],
  ['127.0.0.1', '127.0.0.1'],
  ['a b', undefined],
  ['user@localhost', undefined],
  ['localhost, evil.test', undefined],
  ['', undefined],
])('the host name in "%s" is %s', (authority, name) => expect(hostName(authority)).toBe(name));

describe('a listener on loopback', () => {
  it.each(['localhost:8080', '127.0.0.1', '127.1.2.3:1', '[::1]:8080', 'app.localhost'])(
    'answers to %s',
    (host) => expect(hostKind(host, closed)).toBe('machine'),
  );

  it.each([
    'evil.test',
    'evil.test:8080',
    'localhost.evil.test',
    '127.0.0.1.evil.test',
    '127.0.0.999',
    'dev-box',
    '192.168.1.5',
    '0.0.0.0:8080',
    'graph.microsoft.com',
    'localhost:8080, evil.test',
  ])('refuses %s', (host) => expect(hostKind(host, closed)).toBeUndefined());
});

describe('a listener on other addresses', () => {
  it.each(['localhost', 'dev-box:8080', 'DEV-BOX.local', '192.168.1.5:8080', '[fe80::1]:8080'])(
    'accepts the names of this machine, such as %s',
    (host) => expect(hostKind(host, open)).toBe('machine'),
  );

  it.each(['evil.test', '192.168.1.6', '0.0.0.0'])('refuses %s', (host) =>
    expect(hostKind(host, open)).toBeUndefined(),
  );

  it('accepts the name that it listens on', () => {
    const rules = hostRules({ host: 'files.lan', machineNames });
    expect([hostKind('files.lan:1', rules), hostKind('other.lan', rules)]).toEqual(['machine', undefined]);
  });
});

it('accepts allowed names at any port, but not their subdomains', () => {
  const rules = hostRules({ host: '127.0.0.1', allowHosts: ['OneDrive', '[fd00::1]'], machineNames });
  expect(hostKind('onedrive:99', rules)).toBe('machine');
  expect(hostKind('[fd00::1]', rules)).toBe('machine');
  expect(hostKind('a.onedrive', rules)).toBeUndefined();
});

it('distinguishes names of the service from those of this machine', () => {
  const rules = { ...closed, answersFor: (name: string) => name === 'graph.microsoft.com' };
  expect(hostKind('GRAPH.microsoft.com:443', rules)).toBe('service');
  expect(hostKind('evil.test', rules)).toBeUndefined();
});

test.each(['localhost.', 'xlocalhost', '127.0.0', '1127.0.0.1', '::2', 'a..localhost'])(
  '%s is not a loopback name',
  (name) => expect(isLoopbackName(name)).toBe(false),
);
