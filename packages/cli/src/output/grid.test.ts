import fc from 'fast-check';
import { expect, it } from 'vitest';
import { displayWidth } from './display-width.ts';
import { gridText } from './grid.ts';
import { noTerminal, styled } from './styled.ts';

const grid = (names: readonly string[], width: number) =>
  gridText(
    names.map((name) => styled(name, 'plain')),
    { width, terminal: noTerminal },
  );

it('fills columns from top to bottom, with wide characters measured', () => {
  expect(grid(['a', 'b', 'cc', 'd', 'e'], 8)).toBe('a  cc  e\nb  d\n');
  expect(grid(['日本', 'b', 'c'], 10)).toBe('日本  b  c\n');
});

it('holds every name once and keeps within the width, if each name does', () => {
  const name = fc.stringMatching(/^[a-z]{1,12}$/);
  fc.assert(
    fc.property(fc.array(name, { maxLength: 40 }), fc.integer({ min: 12, max: 120 }), (names, width) => {
      const lines = grid(names, width).split('\n').slice(0, -1);
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      expect(lines.flatMap((line) => line.split(/ +/)).sort()).toEqual([...names].sort());
    }),
  );
});
