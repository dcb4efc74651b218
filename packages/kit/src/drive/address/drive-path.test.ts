import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatPath, normalisePath, parsePath } from './drive-path.ts';

it.each([
  ['', []],
  ['/', []],
  ['a/b', ['a', 'b']],
  ['/a/b/', ['a', 'b']],
  ['//a///b', ['a', 'b']],
  ['./a/./b', ['a', 'b']],
  ['a/../b', ['b']],
  ['a b/ü', ['a b', 'ü']],
])('%j has the names %j', (text, names) => {
  expect(parsePath(text)).toEqual(names);
});

it.each(['..', 'a/../..', '/../a'])('%j leads above the root and is rejected', (text) => {
  expect(() => parsePath(text)).toThrow(expect.objectContaining({ code: 'invalid-name' }));
});

it('a normalized path is unchanged, and contains no dot segment', () => {
  const part = fc.oneof(fc.constantFrom('.', '', 'a', 'b c'), fc.string());
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      fc.pre(!parts.join('/').split('/').includes('..'));
      const normal = normalisePath(parts.join('/'));
      expect(normalisePath(normal)).toBe(normal);
      expect(normal.split('/').slice(1)).not.toContain('.');
      expect(formatPath(parsePath(normal))).toBe(normal);
    }),
  );
});
