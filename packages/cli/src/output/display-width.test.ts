import { expect, test } from 'vitest';
import { displayWidth, fitted } from './display-width.ts';

test.each([
  ['report', 6],
  ['日本', 4],
  ['e\u0301', 1],
  ['👩‍👩‍👧', 2],
  ['한', 2],
  ['🇩🇪', 2],
  ['', 0],
])('%s is as wide as a terminal shows it', (text, width) => {
  expect(displayWidth(text)).toBe(width);
});

test.each([
  ['abc', 5, 'abc  '],
  ['abcdef', 4, '…def'],
  ['日本語', 4, '…語 '],
  ['日本語', 5, '…本語'],
  ['a👩‍👩‍👧b', 3, '… b'.replace(' ', '') + ' '],
  ['abc', 1, '…'],
])('%s in %i columns', (text, columns, expected) => {
  expect(fitted(text, columns)).toBe(expected);
  expect(displayWidth(fitted(text, columns))).toBe(columns);
});
