import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileIdOf, formatObjectId, looksLikeObjectId, parseObjectId } from './object-id.ts';

const hex = (digits: string, min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(...digits.split('')), minLength: min, maxLength: max });
const user = hex('0123456789abcdef', 16, 16);
const item = fc
  .tuple(hex('0123456789ABCDEF', 1, 16), fc.nat({ max: 1e9 }))
  .map(([owner, number]) => `${owner}!${number}`);
const id = fc.oneof(
  fc.record({
    kind: fc.constantFrom('file', 'folder'),
    user,
    item,
  }) as fc.Arbitrary<{ kind: 'file' | 'folder'; user: string; item: string | undefined }>,
  fc.record({ kind: fc.constant('folder' as const), user, item: fc.constant(undefined) }),
);

test('formatting and parsing an id gives the same parts', () => {
  fc.assert(
    fc.property(id, (value) => {
      expect(parseObjectId(formatObjectId(value))).toEqual(value);
    }),
  );
});

test('an id looks like one only if its case is that of the service', () => {
  fc.assert(
    fc.property(id, (value) => {
      const text = formatObjectId(value);
      expect(looksLikeObjectId(text)).toBe(true);
      const shouted = text.toUpperCase();
      expect(looksLikeObjectId(shouted)).toBe(false);
      expect(parseObjectId(shouted)?.user).toBe(value.user);
    }),
  );
});

test('the parser accepts any text without throwing, and a parsed id can be formatted again', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((tail) => `file.${tail}`),
      ),
      (text) => {
        const parsed = parseObjectId(text);
        if (parsed) expect(formatObjectId(parsed).toLowerCase()).toBe(text.toLowerCase());
      },
    ),
  );
});

test('the recorded ids of the service are parsed, without leading zeros in their third part', () => {
  expect(parseObjectId('file.0bee3874468ef5b6.BEE3874468EF5B6!759')).toEqual({
    kind: 'file',
    user: '0bee3874468ef5b6',
    item: 'BEE3874468EF5B6!759',
  });
  expect(parseObjectId('folder.a6b2a7e8f2515e5e')?.item).toBeUndefined();
});

test.each([
  'file.a6b2a7e8f2515e5e',
  'me/skydrive',
  'file.txt',
  'folder.a6b2',
  'comment.a6b2a7e8f2515e5e.A6B2A7E8F2515E5E!1',
  'file.a6b2a7e8f2515e5e.A6B2A7E8F2515E5E!',
])('%s is not an id of a file or folder', (text) => {
  expect(parseObjectId(text)).toBeUndefined();
});

test('the full id of an upload consists of the user id and the short id', () => {
  expect(fileIdOf('A6B2A7E8F2515E5E', 'A6B2A7E8F2515E5E!126')).toBe(
    'file.a6b2a7e8f2515e5e.A6B2A7E8F2515E5E!126',
  );
});
