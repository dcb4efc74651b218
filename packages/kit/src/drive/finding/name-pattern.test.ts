import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namePattern, pathPattern } from './name-pattern.ts';

describe('a name pattern', () => {
  it.each([
    ['*.jpg', 'A.JPG', true],
    ['*.jpg', 'a.jpg.txt', false],
    ['IMG_????.*', 'IMG_0001.png', true],
    ['IMG_????.*', 'IMG_1.png', false],
    ['[a-c]*', 'Beta', true],
    ['[!a-c]*', 'Beta', false],
    ['[]]', ']', true],
    ['\\*', '*', true],
    ['\\*', 'x', false],
    ['*', '', true],
    ['?', '😀', true],
    ['caf\u0065\u0301', 'Café', true],
    ['a.c', 'abc', false],
  ])('%s and %s: %s', (pattern, name, expected) => {
    expect(namePattern(pattern)(name)).toBe(expected);
  });

  it('matches every name that it was created from, with any part replaced by a star', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), fc.nat(), fc.nat(), (name, a, b) => {
        const letters = Array.from(name);
        const [from, to] = [a % (letters.length + 1), b % (letters.length + 1)].sort((x, y) => x - y) as [
          number,
          number,
        ];
        const literal = (part: string[]) => part.map((one) => `\\${one}`).join('');
        expect(namePattern(`${literal(letters.slice(0, from))}*${literal(letters.slice(to))}`)(name)).toBe(
          true,
        );
      }),
    );
  });

  it('takes no longer than pattern times text, however many stars it has', () => {
    expect(namePattern(`${'*a'.repeat(120)}b`)('a'.repeat(255))).toBe(false);
  });

  it('is rejected if a bracket is not closed', () => {
    expect(() => namePattern('[a')).toThrow(expect.objectContaining({ code: 'usage' }));
    expect(() => namePattern('')).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it.each([
    ['Photos/**/*.jpg', 'Photos/a.jpg', true],
    ['Photos/**/*.jpg', 'Photos/2026/May/a.jpg', true],
    ['Photos/*.jpg', 'Photos/2026/a.jpg', false],
    ['**', 'a/b/c', true],
    ['**/b/**', 'a/b/c', true],
    ['a/b', 'a/b/c', false],
  ])('for a path: %s and %s: %s', (pattern, path, expected) => {
    expect(pathPattern(pattern)(path.split('/'))).toBe(expected);
  });
});
