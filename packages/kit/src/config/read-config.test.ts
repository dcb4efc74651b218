import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ambiguousIds } from './ambiguous-ids.ts';
import { readConfig } from './read-config.ts';
import { parseYaml } from './yaml-source.ts';

const read = (text: string) => readConfig(parseYaml('/home/me/.lcrc', text));
const first = (text: string) => read(text).profiles[0]!;
const fault = (text: string): string => {
  try {
    read(text);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
};

describe('a file of the older tool', () => {
  const text = [
    'client:',
    '  id: 00000000620123',
    '  secret: gndrjIOLWYLkOPl0QhWIliQcg-MG1SRN',
    'auth:',
    '  code: 0a1b-code',
    '  refresh_token: M.R3_BAY.abc',
    '  access_expires: 1417301820.51',
    '  access_token: EwC1',
    'request:',
    '  base_headers: {User-Agent: OneDrive/1, Accept-Language: en}',
    '  extra_keywords: {verify: false}',
    '  adapter_settings:',
    '',
  ].join('\n');

  it('is read key by key', () => {
    expect(first(text)).toMatchObject({
      name: 'default',
      client: { id: '00000000620123', secret: 'gndrjIOLWYLkOPl0QhWIliQcg-MG1SRN' },
      session: {
        code: '0a1b-code',
        refreshToken: 'M.R3_BAY.abc',
        accessToken: 'EwC1',
        expiresAt: 1417301820510,
      },
      request: { baseHeaders: { 'user-agent': 'OneDrive/1', 'accept-language': 'en' } },
      cloud: 'global',
      api: 'graph',
    });
  });
});

describe('a client id', () => {
  it('is exactly the written text, whatever YAML would make of it', () => {
    for (const id of [
      '0017',
      '00',
      '1e5',
      '0x1F',
      '0o17',
      '.5',
      'null',
      '~',
      'true',
      'no',
      '2001-01-01',
      '1_000',
      '12:30',
      '-1',
    ]) {
      expect(first(`client:\n  id: ${id} # mine\n`).client.id).toBe(id);
    }
  });

  it('of digits keeps all of them', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{1,40}$/), (id) => {
        expect(first(`client: {id: ${id}}\n`).client.id).toBe(id);
        expect(ambiguousIds(parseYaml('/c', `client: {id: ${id}}`))).toEqual([
          { path: ['client', 'id'], value: id },
        ]);
      }),
    );
  });

  it('is undefined if it is missing', () => {
    expect(first('client:\n  id:\n').client.id).toBeUndefined();
    expect(first('client:\n').client.id).toBeUndefined();
    expect(first('').client.id).toBeUndefined();
    expect(first('# nothing\n').client.id).toBeUndefined();
  });

  it('that every reader interprets as text is not put in quotes', () => {
    expect(ambiguousIds(parseYaml('/c', 'client: {id: 00000000620A3E4A}\n'))).toEqual([]);
    expect(ambiguousIds(parseYaml('/c', "client: {id: '0017'}\n"))).toEqual([]);
  });
});

describe('profiles', () => {
  const text = [
    'client: {id: top, secret: s}',
    'auth: {refresh_token: mine}',
    'profile: work',
    'profiles:',
    '  work:',
    '    account: me@contoso.com',
    '    tenant: contoso.com',
    '    cloud: us-gov',
    '    scopes: [Files.Read, offline_access]',
    '    drive: 0012',
    '    endpoints: {authority: "http://127.0.0.1:8080/", graph: "http://localhost:8080"}',
    '  other: {client: {id: own}, scopes: Files.Read  User.Read}',
  ].join('\n');

  it('inherit the client from the top level, but no session', () => {
    const { profiles, defaultProfile } = read(text);
    expect(defaultProfile).toBe('work');
    expect(profiles.map(({ name }) => name)).toEqual(['default', 'work', 'other']);
    expect(profiles[1]).toMatchObject({
      client: { id: 'top', secret: 's' },
      session: { refreshToken: undefined },
      account: 'me@contoso.com',
      tenant: 'contoso.com',
      cloud: 'us-gov',
      scopes: ['Files.Read', 'offline_access'],
      drive: '0012',
      endpoints: { authority: 'http://127.0.0.1:8080', graph: 'http://localhost:8080' },
    });
  });

  it('with their own client inherit no secret from the top level', () => {
    expect(read(text).profiles[2]).toMatchObject({
      client: { id: 'own', secret: undefined },
      scopes: ['Files.Read', 'User.Read'],
    });
  });
});

describe('an error has file, line, column and what was expected', () => {
  it.each([
    ['client:\n\tid: a\n', '/home/me/.lcrc:2:1: spaces were expected: YAML allows no tabs for indentation.'],
    [
      'client: a\n',
      '/home/me/.lcrc:1:9: client was expected to be a section (`key: value` lines, indented).',
    ],
    ['- a\n', '/home/me/.lcrc:1:1: the file was expected to be a section (`key: value` lines, indented).'],
    [
      'just words\n',
      '/home/me/.lcrc:1:1: the file was expected to be a section (`key: value` lines, indented).',
    ],
    ['client:\n  id: [1]\n', '/home/me/.lcrc:2:7: client.id was expected to be text.'],
    [
      'auth:\n  access_expires: soon\n',
      '/home/me/.lcrc:2:19: auth.access_expires was expected to be a number: seconds since 1970.',
    ],
    [
      'cloud: mars\n',
      '/home/me/.lcrc:1:8: cloud was expected to be one of global, us-gov, us-gov-dod, china.',
    ],
    [
      'profile: work\nprofiles: {home: {}}\n',
      '/home/me/.lcrc:1:10: profile was expected to be one of default, home.',
    ],
    [
      'client: {id: a}\nclient: {id: b}\n',
      '/home/me/.lcrc:2:1: a key was expected once, but is there twice.',
    ],
    [
      'client: {id: a\n',
      '/home/me/.lcrc:2:1: a closing quote, a bracket, a comma, or a space after a colon was expected.',
    ],
    ['a: 1\n---\nb: 2\n', '/home/me/.lcrc:2:1: one document was expected, but a `---` line starts a second.'],
    [
      'endpoints:\n  graph: http://graph.example.com\n',
      '/home/me/.lcrc:2:10: endpoints.graph was expected to be an https address, or http on 127.0.0.1.',
    ],
    [
      'request:\n  base_headers:\n    "X Y": a\n',
      '/home/me/.lcrc:3:12: request.base_headers.X Y was expected to be one HTTP header on one line.',
    ],
    ['client:\n  id: \uFFFD\n', '/home/me/.lcrc:2:7: UTF-8 text was expected.'],
  ])('%j', (text, message) => {
    expect(fault(text)).toBe(message);
  });

  it('and never quotes the text, which may be a secret', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('', '"', '[', '{', '\t', ': ', '- ', '@', '|x', '&a *b', '%'),
        fc.nat(2),
        (junk, at) => {
          const lines = ['client:', '  secret: hunter2hunter2', 'auth:', '  refresh_token: hunter2hunter2'];
          lines.splice(at + 1, 0, `  x: ${junk} hunter2hunter2 ${junk}`);
          expect(fault(lines.join('\n'))).not.toContain('hunter2');
        },
      ),
    );
  });
});
