import { expect, it } from 'vitest';
import { serviceText } from './service-text.ts';

const jwt = 'eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0.eyJhdWQiOiJ4In0.c2ln';

it.each([
  ['a bearer token', `Authorization: Bearer ${jwt} refused`, jwt],
  ['a token alone', `token ${jwt} expired`, jwt],
  ['an opaque token', `EwC${'a1B/'.repeat(40)} expired`, 'a1B/a1B/'],
  ['the query of a URL', 'see https://x.example/up?tempauth=SECRET now', 'SECRET'],
  ['a URL that is a secret by its path', `see https://x.example/up/${'s3cret'.repeat(8)} now`, 's3cret'],
  ['a download URL', 'https://public.bn.files.1drv.com/y4mSECRET', 'SECRET'],
])('hides %s', (_, text, secret) => {
  expect(serviceText(text)).not.toContain(secret);
});

it('keeps helpful text: words, ids and addresses without secrets', () => {
  const text = 'Item 01YNDLPYMPMSZLODGFDZG3XGM4DXGV4N5O is gone, see https://aka.ms/errors for more.';
  expect(serviceText(text)).toBe(text);
});

it('removes control characters, direction marks and line breaks', () => {
  expect(serviceText('a\u001b[31m\u0007b\r\nc\u202ed\u009be')).toBe('a [31m b c d e');
});

it('limits the length', () => {
  expect(serviceText('word '.repeat(500)).length).toBeLessThanOrEqual(300);
});
