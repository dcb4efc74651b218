import fc from 'fast-check';
import { expect, it } from 'vitest';
import { allows, covers, parseScopes, resourceScopes } from './scopes.ts';

const names = [
  'openid',
  'offline_access',
  'User.Read',
  'Files.Read',
  'Files.ReadWrite.All',
  'Sites.Read.All',
] as const;
const recased = fc
  .tuple(fc.constantFrom(...names), fc.infiniteStream(fc.boolean()))
  .map(([name, flips]) =>
    Array.from(name, (char) => (flips.next().value ? char.toUpperCase() : char.toLowerCase())).join(''),
  );

it('case, order, spaces and repetition do not matter', () => {
  fc.assert(
    fc.property(
      fc.array(recased, { minLength: 1 }),
      fc.array(fc.constantFrom(' ', '  ', '\t')),
      (words, gaps) => {
        const text = words.map((word, at) => word + (gaps[at] ?? ' ')).join('');
        const { names: read } = parseScopes(text, 'here');
        const wanted = new Set(words.map((word) => word.toLowerCase()));
        expect(new Set(read.map((name) => name.toLowerCase()))).toEqual(wanted);
        expect(read).toHaveLength(wanted.size);
        for (const name of read) expect(names).toContain(name);
      },
    ),
  );
});

it("Graph's address, or this server's own, may precede a scope; other addresses are refused, and so are two different ones", () => {
  expect(parseScopes('https://graph.microsoft.com/files.read', 'here')).toEqual({
    names: ['Files.Read'],
    written: ['https://graph.microsoft.com/Files.Read'],
  });
  expect(parseScopes('http://127.0.0.1:8080/Files.Read', '127.0.0.1:8080').names).toEqual(['Files.Read']);
  expect(() => parseScopes('https://vault.azure.net/.default', 'here')).toThrow(/not valid/);
  expect(() => parseScopes('https://graph.microsoft.com/Files.Read http://here/User.Read', 'here')).toThrow(
    /more than one/,
  );
});

it('.default stands for every scope that the server supports', () => {
  const { names: read, written } = parseScopes('https://graph.microsoft.com/.default offline_access', 'here');
  expect(allows(read, 'files.write')).toBe(true);
  expect(written).toEqual(['https://graph.microsoft.com/.default', 'offline_access']);
});

it('unknown scopes are refused', () => {
  for (const word of ['<b>', 'Files.Read;', '..', 'Files.', '.Read', '"', 'Fïles.Read']) {
    expect(() => parseScopes(word, 'here'), word).toThrow(/not valid/);
  }
});

it('a scope to write allows reading; a scope to read does not allow writing', () => {
  for (const scope of [
    'Files.ReadWrite',
    'files.readwrite.all',
    'Sites.ReadWrite.All',
    'onedrive.readwrite',
  ]) {
    expect(allows([scope], 'files.write'), scope).toBe(true);
    expect(allows([scope], 'files.read'), scope).toBe(true);
  }
  for (const scope of ['Files.Read', 'FILES.READ.ALL', 'Sites.Read.All', 'onedrive.readonly']) {
    expect(allows([scope], 'files.write'), scope).toBe(false);
    expect(allows([scope], 'files.read'), scope).toBe(true);
  }
  expect(allows(['User.Read', 'openid'], 'files.read')).toBe(false);
});

it('covers compares without case', () => {
  expect(covers(['Files.Read', 'openid'], ['FILES.READ'])).toBe(true);
  expect(covers(['Files.Read'], ['Files.Read', 'User.Read'])).toBe(false);
  expect(resourceScopes(['openid', 'Profile', 'offline_access', 'email', 'User.Read'])).toEqual([
    'User.Read',
  ]);
});
