import { expect, test } from 'vitest';
import { globalOptions } from './flags.ts';
import { allCommands } from './registry.ts';
import { letterExceptions, letterTable, meaningOf } from './short-options.ts';

const commands = await allCommands();
const exceptions = letterExceptions(commands);

/** Commands of python-onedrive with their letters, and habits of the shell. A new exception needs a reason. */
const allowed = [
  'find -n --name',
  'get -n --no-overwrite',
  'hashsum -c --check',
  'head -n --lines',
  'ls -r --range',
  'mkdir -p --parents',
  'put -b --bits',
  'put -d --no-downsize',
  'put -n --no-overwrite',
];

/** `ls` has the letters that it has in a shell. */
const shellLetters = new Set(['1', 'C', 'R', 'S', 't']);

test('a letter means the same in every command, except in a list of commands', () => {
  const found = exceptions
    .filter(({ command, letter }) => !(command === 'ls' && shellLetters.has(letter)))
    .map(({ command, letter, name }) => `${command} -${letter} --${name}`);
  expect(found.sort()).toEqual(allowed);
});

test('-h is help in every command', () => {
  expect(meaningOf('h')).toBe('help');
  expect(commands.flatMap(({ options }) => options.filter(({ short }) => short === 'h'))).toEqual([]);
});

test('-n is --dry-run wherever there is a dry run, except in get and put', () => {
  const without = commands.filter(({ options }) =>
    options.some(({ name, short }) => name === 'dry-run' && short !== 'n'),
  );
  expect(without.map(({ name }) => name).sort()).toEqual(['get', 'put']);
});

test('--force never means to transfer again, and never stands beside another letter than -f', () => {
  const forced = commands.flatMap(({ options }) => options.filter(({ name }) => name === 'force'));
  for (const { short, description } of forced) {
    expect(short === undefined || short === 'f').toBe(true);
    expect(description).toMatch(/overwrite|replace/);
  }
});

test('times are bounded by --since and --until, access is --role read or write', () => {
  for (const { name, options } of commands) {
    const names = options.map((option) => option.name);
    for (const old of ['newer', 'older', 'older-than', 'newer-than', 'before', 'after'])
      expect(names, name).not.toContain(old);
    const role = options.find((option) => option.name === 'role');
    if (role !== undefined) expect(role.choices).toEqual(['read', 'write']);
  }
});

test('a former spelling is not also a current one of the same command or of all', () => {
  for (const { name, options } of commands) {
    const current = new Set(
      [...options, ...globalOptions.filter(({ short }) => short === undefined)].map(
        (option) => `--${option.name}`,
      ),
    );
    const former = options.flatMap(({ formerly = [] }) => formerly);
    expect(
      former.filter((word) => current.has(word) && word !== '--force'),
      name,
    ).toEqual([]);
    expect(new Set(former).size, name).toBe(former.length);
  }
});

test('the table of letters has each once', () => {
  const letters = letterTable().map(([letter]) => letter);
  expect(new Set(letters).size).toBe(letters.length);
});
