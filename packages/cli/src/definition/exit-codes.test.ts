import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { exitCodeFor, exitCodes, exitCodeTable } from './exit-codes.ts';

test('the guide lists every exit status with the text of the program', () => {
  const guide = readFileSync(new URL('../../../../docs/guide/exit-codes.md', import.meta.url), 'utf8');
  const rows = [...guide.matchAll(/^\| (\d+) \| (.*) \|$/gm)].map(([, status, meaning]) => [
    Number(status),
    meaning,
  ]);
  expect(rows).toEqual(exitCodeTable);
});

test('every exit status is explained once', () => {
  expect(exitCodeTable.map(([status]) => status).sort()).toEqual(Object.values(exitCodes).sort());
});

test('an unknown error code is a failure', () => {
  expect(exitCodeFor('of-tomorrow')).toBe(1);
  expect(exitCodeFor('not-found')).toBe(4);
});
