import { expect, test } from 'vitest';
import { defineCommand } from './command.ts';
import { globalOptionsBeside, withLongGlobals } from './leading-options.ts';
import { parseCommand, splitCommand } from './parse.ts';

const check = defineCommand({
  name: 'check_it',
  group: 'browse',
  summary: 'Check it',
  arguments: [{ name: 'object', description: 'object', optional: true }],
  options: [{ name: 'check', short: 'c', value: 'FILE', description: 'list to check' }],
  examples: [],
  run: async () => {},
});

const parsed = (...words: string[]) => parseCommand(check, splitCommand(withLongGlobals(words)).rest);

test.each([
  [
    ['-c', 'x', 'ls', '-c', 'y'],
    ['--config', 'x', 'ls', '-c', 'y'],
  ],
  [
    ['-qc', 'x', 'ls'],
    ['--quiet', '--config', 'x', 'ls'],
  ],
  [
    ['-cx', '-V'],
    ['--config=x', '--version'],
  ],
  [
    ['-c', '-p', 'ls', '-p'],
    ['--config', '-p', 'ls', '-p'],
  ],
  [
    ['-n', 'put', 'x'],
    ['-n', 'put', 'x'],
  ],
  [
    ['--config', '-q', '--', '-p'],
    ['--config', '-q', '--', '-p'],
  ],
  [['-c'], ['--config']],
])('%j is read as %j', (words, expected) => {
  expect(withLongGlobals(words)).toEqual(expected);
});

test('a letter of the command is its own after its name and global before it', () => {
  expect(parsed('-c', 'conf.yaml', 'check_it', '-c', 'list', 'x')).toMatchObject({
    flags: { config: 'conf.yaml' },
    options: { check: 'list' },
    args: { object: 'x' },
  });
  expect(parsed('check_it', '-clist', '--config=conf.yaml')).toMatchObject({
    flags: { config: 'conf.yaml' },
    options: { check: 'list' },
  });
});

test('a command keeps the global letters that it does not use', () => {
  const letters = globalOptionsBeside(check.options).map(({ short }) => short);
  expect(letters).not.toContain('c');
  expect(letters).toEqual(expect.arrayContaining(['p', 'i', 'q', 'k']));
});
