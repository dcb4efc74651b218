import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { below, itemAt, itemById, rootItem } from './item-ref-forms.ts';
import { drivePath, encodeFunctionArgument, encodeSegment, itemPath, queryString } from './path.ts';

const me = { kind: 'me' } as const;
const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((text) => !/[/:]|\p{Surrogate}/u.test(text) && text !== '.' && text !== '..');

describe('item paths', () => {
  it.each([
    [rootItem, undefined, '/me/drive/root'],
    [rootItem, 'children', '/me/drive/root/children'],
    [itemAt('a b', '#1'), undefined, '/me/drive/root:/a%20b/%231'],
    [itemAt('a'), 'content', '/me/drive/root:/a:/content'],
    [itemById('CID!12'), 'children', '/me/drive/items/CID!12/children'],
    [below(itemById('01X'), 'n%'), 'content', '/me/drive/items/01X:/n%25:/content'],
    [{ anchor: { kind: 'special', name: 'photos' }, path: ['x'] }, undefined, '/me/drive/special/photos:/x'],
  ] as const)('%j with %s is %s', (item, sub, expected) => {
    expect(itemPath(me, item, sub)).toBe(expected);
  });

  it('every valid name is unchanged after encoding and decoding', () => {
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (names) => {
        const url = new URL(`https://graph.microsoft.com/v1.0${itemPath(me, itemAt(...names), 'content')}`);
        const address = /root:\/(.*):\/content$/.exec(url.pathname)?.[1] ?? '';
        expect(address.split('/').map(decodeURIComponent)).toEqual(names);
        expect([url.search, url.hash]).toEqual(['', '']);
      }),
    );
  });

  it.each(['', '.', '..', 'a/b', 'a:b', ':', '\ud800'])('rejects %j, which would change the URL', (bad) => {
    expect(() => encodeSegment(bad)).toThrow(expect.objectContaining({ code: 'invalid-name' }));
    expect(() => itemPath(me, itemAt('ok', bad))).toThrow(expect.objectContaining({ code: 'invalid-name' }));
  });
});

it.each([
  [{ kind: 'drive', id: 'b!x' }, '/drives/b!x'],
  [{ kind: 'user', id: 'a@b.c' }, '/users/a%40b.c/drive'],
  [{ kind: 'group', id: 'g' }, '/groups/g/drive'],
  [{ kind: 'site', id: 'h,1,2' }, '/sites/h%2C1%2C2/drive'],
] as const)('the path of the drive %j is %s', (drive, expected) => {
  expect(drivePath(drive)).toBe(expected);
});

it('doubles quotes in function arguments, so that nothing can end the argument', () => {
  expect(encodeFunctionArgument("it's")).toBe('it%27%27s');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const encoded = encodeFunctionArgument(text);
      expect(encoded).not.toMatch(/['/?#]/);
      expect(decodeURIComponent(encoded).replaceAll("''", "'")).toBe(text);
    }),
  );
});

it('omits undefined query parameters and escapes the others', () => {
  expect(queryString({ $top: 5, $select: undefined, token: 'a b&c' })).toBe('?$top=5&token=a%20b%26c');
  expect(queryString({})).toBe('');
});
