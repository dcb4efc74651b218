import { expect, test } from 'vitest';
import { withCurrentNames } from './former-spellings.ts';
import type { OptionSpec } from './option-spec.ts';

const own: readonly OptionSpec[] = [
  { name: 'since', formerly: ['--newer'], value: 'WHEN', description: '' },
  { name: 'sizes', formerly: ['-s'], description: '' },
  { name: 'limit', formerly: ['-l'], value: 'N', description: '' },
  { name: 'type', short: 't', value: 'TYPE', description: '' },
  { name: 'again', formerly: ['--force', '-f'], description: '' },
  { name: 'force', short: 'f', description: '' },
  { name: 'no-create', formerly: ['-c'], description: '' },
];

test.each([
  ['--newer 7d a', '--since 7d a'],
  ['--newer=7d', '--since=7d'],
  ['-s', '--sizes'],
  ['-as', '-a --sizes'],
  ['-sa', '--sizes -a'],
  ['-l 5', '--limit 5'],
  ['-l5', '--limit=5'],
  ['-sl5', '--sizes --limit=5'],
  ['-c', '--no-create'],
])('%s is read as %s', (typed, expected) => {
  expect(withCurrentNames(typed.split(' '), own).join(' ')).toBe(expected);
});

test.each([
  '-tshared',
  '-t -s',
  '--type -s',
  '-- -s',
  '--since --newer',
  '--force',
  '-f',
  '-k s',
  '-ks',
  'newer',
])('%s stays', (typed) => {
  expect(withCurrentNames(typed.split(' '), own).join(' ')).toBe(typed);
});
