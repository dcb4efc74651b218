import { expect, test } from 'vitest';
import { defineCommand } from './command.ts';
import { didYouMean, editDistance } from './did-you-mean.ts';
import { parseCommand, splitCommand } from './parse.ts';
import { unknownCommand } from './usage-errors.ts';

const command = defineCommand({
  name: 'put_it',
  group: 'change',
  summary: 'Put it',
  arguments: [
    { name: 'file', description: 'what' },
    { name: 'rest', description: 'more', optional: true, variadic: true },
  ],
  options: [
    { name: 'no-overwrite', short: 'n', description: 'keep' },
    { name: 'byte-range', short: 'b', value: 'RANGE', description: 'part' },
    { name: 'rule', value: 'RULE', repeat: true, description: 'many' },
    { name: 'kind', value: 'KIND', choices: ['a', 'b'], default: 'a', description: 'kind' },
  ],
  examples: [],
  run: async () => {},
});

test('the command is the first word that is neither an option nor a value of one', () => {
  expect(splitCommand(['-c', 'file', '--json', 'ls', 'x'])).toEqual({
    name: 'ls',
    rest: ['-c', 'file', '--json', 'x'],
  });
  expect(splitCommand(['-qc', 'file', 'ls'])).toEqual({ name: 'ls', rest: ['-qc', 'file'] });
  expect(splitCommand(['-cfile', '--profile=x', 'ls'])).toEqual({
    name: 'ls',
    rest: ['-cfile', '--profile=x'],
  });
  expect(splitCommand(['--json'])).toEqual({ name: undefined, rest: ['--json'] });
  expect(splitCommand(['--', 'ls', '--', '-x'])).toEqual({ name: 'ls', rest: ['--', '-x'] });
});

test('global options count before and after the command', () => {
  const { rest } = splitCommand(['--json', '-c', 'x.yaml', 'put_it', 'a', '--local', '-k', '{name}']);
  expect(parseCommand(command, rest).flags).toMatchObject({
    json: true,
    config: 'x.yaml',
    local: true,
    objectKey: '{name}',
  });
});

test('--no-overwrite is a flag of its own, false when absent', () => {
  expect(parseCommand(command, ['a']).options).toMatchObject({ 'no-overwrite': false, kind: 'a' });
  expect(parseCommand(command, ['-n', 'a']).options).toMatchObject({ 'no-overwrite': true });
});

test('a value may begin with a dash, and "-" is an argument', () => {
  const parsed = parseCommand(command, ['-', '-b', '-500']);
  expect(parsed.args).toEqual({ file: '-', rest: [] });
  expect(parsed.options['byte-range']).toBe('-500');
});

test('what follows -- is never an option', () => {
  expect(parseCommand(command, ['--', '-n', '--json']).args).toEqual({ file: '-n', rest: ['--json'] });
});

test('--help asks for nothing else, unless it is the value of an option', () => {
  expect(parseCommand(command, ['--help']).help).toBe(true);
  expect(() => parseCommand(command, ['a', '-b', '-h'])).toThrow('Invalid --byte-range "-h"');
  expect(parseCommand(command, ['a', '--rule', '-h']).help).toBe(false);
});

test.each([
  [['--no-overwritte', 'a'], /unknown option '--no-overwritte'/i, /Did you mean --no-overwrite\?/],
  [[], /missing required argument 'file'/i, /put it --help/],
  [['a', '--kind', 'c'], /allowed choices are a, b/i, /put it --help/],
  [['a', '-b'], /argument missing/i, /put it --help/],
])('%j is refused as a wrong command line with a hint', (words, message, hint) => {
  expect(() => parseCommand(command, words)).toThrow(
    expect.objectContaining({
      code: 'usage',
      message: expect.stringMatching(message) as string,
      hint: expect.stringMatching(hint) as string,
    }),
  );
});

test('a command that is nearly right is suggested, one that is nothing alike is not', () => {
  expect(unknownCommand('tre').hint).toMatch(/Did you mean tree\?/);
  expect(unknownCommand('info-sett').hint).toMatch(/Did you mean info set\?/);
  expect(unknownCommand('frobnicate').hint).not.toMatch(/Did you mean/);
  expect(didYouMean('', ['ls'])).toBeUndefined();
});

test('a swap of neighbours is one edit', () => {
  expect(editDistance('tere', 'tree')).toBe(1);
  expect(editDistance('', 'abc')).toBe(3);
  expect(editDistance('kitten', 'sitting')).toBe(3);
});

test('an option that may be repeated is a list, in its order', () => {
  const of = (...words: string[]) => parseCommand(command, ['a', ...words]).options['rule'];
  expect(of()).toEqual([]);
  expect(of('--rule', '*.a,b', '--rule=!x')).toEqual(['*.a,b', '!x']);
});
