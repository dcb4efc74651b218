import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideConflict, freeName, numberedName, readConflictBehavior } from './conflict.ts';

test.each([
  ['file', undefined, 'fail', 'create'],
  ['file', 'file', 'fail', 'fail'],
  ['file', 'file', 'replace', 'replace'],
  ['file', 'file', 'rename', 'rename'],
  ['file', 'folder', 'replace', 'fail'],
  ['file', 'folder', 'rename', 'rename'],
  ['file', 'package', 'replace', 'fail'],
  ['folder', 'folder', 'replace', 'merge'],
  ['folder', 'folder', 'fail', 'fail'],
  ['folder', 'file', 'replace', 'fail'],
  ['folder', 'file', 'rename', 'rename'],
] as const)('a %s where a %s is, with %s: %s', (incoming, existing, behavior, outcome) => {
  expect(decideConflict(incoming, existing, behavior)).toBe(outcome);
});

test('the number is inserted before the extension of a file, and appended to the name of a folder', () => {
  expect(numberedName('a.b.txt', 1, 'file')).toBe('a.b 1.txt');
  expect(numberedName('.profile', 2, 'file')).toBe('.profile 2');
  expect(numberedName('v1.0', 3, 'folder')).toBe('v1.0 3');
  expect(numberedName('plain', 4, 'file')).toBe('plain 4');
});

test('the free name has the lowest number that is not taken', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(20)), fc.constantFrom('x.txt', 'x', '.x'), (numbers, name) => {
      const taken = new Set(
        numbers.map((number) => (number === 0 ? name : numberedName(name, number, 'file'))),
      );
      const free = freeName(name, 'file', (candidate) => taken.has(candidate));
      expect(taken.has(free)).toBe(false);
      let lowest = 0;
      while (numbers.includes(lowest)) lowest++;
      expect(free).toBe(lowest === 0 ? name : numberedName(name, lowest, 'file'));
    }),
  );
});

test('the behavior is read from the body or the query, under both names, and anything else is refused', () => {
  const none = new URLSearchParams();
  expect(readConflictBehavior({ '@microsoft.graph.conflictBehavior': 'rename' }, none)).toBe('rename');
  expect(readConflictBehavior({ '@name.conflictBehavior': 'fail' }, none)).toBe('fail');
  expect(readConflictBehavior({}, new URLSearchParams('@microsoft.graph.conflictBehavior=replace'))).toBe(
    'replace',
  );
  expect(readConflictBehavior({}, none)).toBeUndefined();
  expect(() => readConflictBehavior({ '@name.conflictBehavior': 'maybe' }, none)).toThrow(
    /fail, replace or rename/,
  );
  expect(() => readConflictBehavior({ '@name.conflictBehavior': 7 }, none)).toThrow();
});
