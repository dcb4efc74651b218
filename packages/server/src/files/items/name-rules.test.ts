import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldName } from './name-folding.ts';
import { refuseName } from './name-rules.ts';

const personal = { business: false, atRoot: true };
const business = { business: true, atRoot: true };

test.each([
  'a"b',
  'a*b',
  'a:b',
  'a<b',
  'a>b',
  'a?b',
  'a/b',
  'a\\b',
  'a|b',
  '',
  ' a',
  'a ',
  'a.',
  '.',
  '..',
  'con',
  'CON.txt',
  'Lpt1',
  'com0.x',
  'nul',
  '.lock',
  'Desktop.ini',
  'x_vti_y',
  'a\nb',
  'a\u0000',
  '\ud800',
  'a&#65;',
  'x'.repeat(256),
])('every drive refuses the name %j', (name) => {
  expect(refuseName(name, personal)).toBeTypeOf('string');
  expect(refuseName(name, business)).toBeTypeOf('string');
});

test.each([
  'a#b',
  '100%',
  '.hidden',
  'console',
  'com',
  'lock',
  "it's",
  'ünï',
  '\u{1F600}',
  'a..b',
  'x'.repeat(255),
  'forms.txt',
])('every drive accepts the name %j', (name) => {
  expect(refuseName(name, personal)).toBeUndefined();
  expect(refuseName(name, business)).toBeUndefined();
});

test('a leading tilde, and "forms" at the root, are refused on business drives only', () => {
  for (const name of ['~x', '~$doc.docx', 'Forms']) {
    expect(refuseName(name, personal)).toBeUndefined();
    expect(refuseName(name, business)).toBeTypeOf('string');
  }
  expect(refuseName('forms', { business: true, atRoot: false })).toBeUndefined();
});

test('an accepted name contains no forbidden character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      if (refuseName(name, personal) !== undefined) return;
      expect(name).not.toMatch(/["*:<>?/\\|]|[. ]$|^ /);
      expect(name.isWellFormed()).toBe(true);
    }),
  );
});

test('names that differ only in case or Unicode normalization are equal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      expect(foldName(foldName(name))).toBe(foldName(name));
      expect(foldName(name.normalize('NFD'))).toBe(foldName(name.normalize('NFC')));
    }),
  );
  expect(foldName('STRASSE')).toBe(foldName('straße'));
  expect(foldName('É')).toBe(foldName('e\u0301'));
  expect(foldName('a')).not.toBe(foldName('b'));
});
