/** The help of a command names an option only by what it means to that command. */
import { describe, expect, test } from 'vitest';
import { splitWords } from '../../../../test/transcripts/script.ts';
import type { Command } from './command.ts';
import { globalOptions } from './flags.ts';
import { withLongGlobals } from './leading-options.ts';
import { parseCommand, splitCommand } from './parse.ts';
import { allCommands } from './registry.ts';
import { resolveCommand } from './resolve-command.ts';

const commands = await allCommands();

/** Options of other commands and programs that a help text names together with whose they are. */
const elsewhere = [
  /delta --token latest/g,
  /auth --scope/g,
  /sha1sum -c/g,
  /xargs -0/g,
  /serve --(replay|tls)/g,
  /doctor --bundle/g,
  /put -r|get -r/g,
  /'[^']*'/g,
];

const proseOf = ({ summary, description = '', options, arguments: args }: Command): string =>
  elsewhere.reduce(
    (text, pattern) => text.replace(pattern, ''),
    [summary, description, ...[...options, ...args].map((one) => one.description)].join('\n'),
  );

describe.each(commands)('$name', (command) => {
  test('letters in its help are options of its own; global ones are named in full', () => {
    const letters = [...proseOf(command).matchAll(/(?<![\w-])-([A-Za-z])(?![\w-])/g)].map(
      ([, letter]) => letter,
    );
    const own = command.options.map(({ short }) => short);
    const wrong = letters.filter((letter) => !own.includes(letter));
    expect(wrong).toEqual([]);
  });

  test('long options in its help are its own or global', () => {
    const named = [...proseOf(command).matchAll(/(?<![\w-])--([a-z][a-z0-9-]*)/g)].map(([, name]) => name);
    const known = [...command.options, ...globalOptions].map(({ name }) => name);
    expect(named.filter((name) => !known.includes(name ?? ''))).toEqual([]);
  });

  test('its examples can be parsed', async () => {
    for (const { line } of command.examples) {
      const [typed = ''] = line.split(/ [|<>]+ | >> /);
      const { name = '', rest } = splitCommand(
        withLongGlobals(splitWords(typed.replaceAll('"$TOKEN"', 'token'))),
      );
      const resolved = await resolveCommand(name, rest);
      expect(resolved.command.name.split('_')[0], line).toBe(command.name.split('_')[0]);
      expect(() => parseCommand(resolved.command, resolved.words), line).not.toThrow();
    }
  });
});
