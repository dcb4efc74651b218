import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDeltaToken, writeDeltaToken } from '../../files/delta/delta-token.ts';
import { quotaOf } from '../../files/drives/quota.ts';
import { base32, base64urlOfText, textOfBase64url } from '../base-encodings.ts';
import { parseTimestamp, timestamp } from '../timestamps.ts';
import { readSkipToken, writeSkipToken } from './skip-token.ts';

test('a skip token decodes to its values and needs no escaping in a URL', () => {
  const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.nat());
  fc.assert(
    fc.property(value, fc.boolean(), fc.nat(), (value_, descending, key) => {
      const token = { order: 'wire', descending, after: { rank: 1, value: value_, key } } as const;
      const text = writeSkipToken(token);
      expect(readSkipToken(text)).toEqual(token);
      expect(encodeURIComponent(text)).toBe(text);
    }),
  );
});

test('a delta token decodes to its values', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.nat(), fc.array(fc.string()), (since, cursor, began, names) => {
      const select = names.length === 0 ? undefined : names;
      const token = { drive: 1, scope: 2, since, began, cursor, select, top: undefined };
      expect(readDeltaToken(writeDeltaToken(token))).toEqual(token);
    }),
  );
});

test('a token that the server did not create is refused', () => {
  const junk = fc.oneof(
    fc.string(),
    fc.json().map(base64urlOfText),
    fc
      .array(fc.oneof(fc.integer(), fc.string()))
      .map((parts) => base64urlOfText(JSON.stringify([1, ...parts]))),
  );
  fc.assert(
    fc.property(junk, (text) => {
      for (const read of [readDeltaToken, readSkipToken]) {
        try {
          read(text);
        } catch (error) {
          expect(error).toMatchObject({ status: 400 });
        }
      }
    }),
  );
  expect(() => readDeltaToken('zzz')).toThrow();
  expect(() => readSkipToken('')).toThrow();
});

test('base64url round-trips text, and base32 follows RFC 4648', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      fc.pre(text.isWellFormed());
      expect(textOfBase64url(base64urlOfText(text))).toBe(text);
    }),
  );
  expect(base32(new TextEncoder().encode('foobar'))).toBe('MZXW6YTBOI');
});

test('times are UTC with a Z, in whole seconds on business drives, and round-trip', () => {
  const ms = Date.parse('2024-05-06T07:08:09.123Z');
  expect(timestamp(ms, 'business')).toBe('2024-05-06T07:08:09Z');
  expect(timestamp(ms, 'personal')).toBe('2024-05-06T07:08:09.123Z');
  expect(parseTimestamp('2024-05-06T07:08:09.123456789Z')).toBe(ms);
  expect(parseTimestamp('2024-05-06T09:08:09.123+02:00')).toBe(ms);
  expect(parseTimestamp('2024-05-06T07:08:09')).toBe(ms - 123);
  for (const text of ['', 'now', '2024', '2024-13-01T00:00:00Z', 'latest', '1'])
    expect(parseTimestamp(text)).toBeUndefined();
});

test('the state of a quota depends on the remaining space', () => {
  expect(quotaOf(1000, 0, 5)).toEqual({ total: 1000, used: 0, remaining: 1000, deleted: 5, state: 'normal' });
  expect(quotaOf(1000, 900, 0).state).toBe('normal');
  expect(quotaOf(1000, 901, 0).state).toBe('nearing');
  expect(quotaOf(1000, 991, 0).state).toBe('critical');
  expect(quotaOf(1000, 1000, 0)).toMatchObject({ state: 'exceeded', remaining: 0 });
  expect(quotaOf(1000, 1100, 0)).toMatchObject({ state: 'exceeded', remaining: 0 });
});
