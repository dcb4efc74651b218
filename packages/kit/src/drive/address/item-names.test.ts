import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeSegment } from '../../graph/path.ts';
import { checkName, nameProblem } from './item-names.ts';

it.each([
  ['', 'empty'],
  ['.', 'folder itself'],
  ['..', 'folder itself'],
  ['a:b', 'one of'],
  ['a/b', 'one of'],
  ['tab\t', 'control'],
  ['\ud800', 'Unicode'],
  [' a', 'space'],
  ['a ', 'space'],
  ['a.', 'period'],
  ['&#39;', 'character reference'],
  ['CON', 'device'],
  ['nul.txt', 'device'],
  ['com1', 'device'],
  ['.lock', 'is reserved by the service'],
  ['Desktop.ini', 'is reserved by the service'],
  ['x_vti_y', '_vti_'],
  ['x'.repeat(256), 'longer'],
])('%j is rejected with its reason', (name, reason) => {
  expect(nameProblem(name)).toContain(reason);
  expect(() => checkName(name)).toThrow(expect.objectContaining({ code: 'invalid-name' }));
});

it.each([
  'a',
  '#1',
  '100%',
  'com10',
  'console',
  'a&b',
  "it's",
  '~a',
  'ü',
  '.hidden',
  'a.b.c',
  '  x'.trim(),
  'x'.repeat(255),
])('%j is valid', (name) => {
  expect(nameProblem(name)).toBeUndefined();
});

it('every valid name can be part of a URL', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (name) => {
      fc.pre(nameProblem(name) === undefined);
      expect(decodeURIComponent(encodeSegment(name))).toBe(name);
    }),
  );
});
