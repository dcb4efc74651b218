import { OneDriveError } from 'onedrive-kit/errors';
import { describe, expect, test } from 'vitest';
import { globalOptions } from './flags.ts';
import { otherCommands, otherGlobalOptions, otherOptions } from './other-tools.ts';
import { parseCommand, splitCommand } from './parse.ts';
import { findCommand, hasSubcommands } from './registry.ts';
import { unknownCommand, unknownSubcommand } from './usage-errors.ts';

async function refusal(name: string, ...words: string[]): Promise<string> {
  const command = await findCommand(name);
  try {
    parseCommand(command, words);
  } catch (error) {
    if (error instanceof OneDriveError) return `${error.message} ${error.hint ?? ''}`;
    throw error;
  }
  return 'accepted';
}

describe('commands of other tools', () => {
  test.each(Object.entries(otherCommands))(
    '%s is explained, and is not a command here',
    async (typed, use) => {
      expect(await findCommand(typed)).toBeUndefined();
      expect(hasSubcommands(typed)).toBe(false);
      expect(unknownCommand(typed).hint).toContain(use.slice(1));
      const [, named = ''] = /^use ([a-z_]+)/.exec(use) ?? [];
      const exists = (await findCommand(named)) !== undefined || hasSubcommands(named);
      expect(exists || /^use (--version|--help|the|full)/.test(use)).toBe(true);
    },
  );

  test('letter case does not matter', () => {
    expect(unknownCommand('Signin').hint).toContain('Use auth.');
  });
});

describe('options of other tools', () => {
  test.each(Object.entries(otherOptions))('of %s: each is unknown and explained', async (name, options) => {
    for (const [typed, use] of Object.entries(options))
      expect(await refusal(name, typed), typed).toContain(use);
  });

  test('options that no command has are explained by every command', async () => {
    for (const [typed, use] of Object.entries(otherGlobalOptions))
      expect(await refusal('quota', typed), typed).toContain(use);
  });

  test('options that the hints name exist', async () => {
    for (const [name, options] of Object.entries(otherOptions)) {
      const command = await findCommand(name);
      const known = [...(command?.options ?? []), ...globalOptions].flatMap((option) => [
        `--${option.name}`,
        ...(option.short === undefined ? [] : [`-${option.short}`]),
      ]);
      for (const use of Object.values(options))
        for (const [, word] of use.matchAll(/(?:use|and) (--?[a-z0-9-]+)/g))
          expect(known, `${name}: ${use}`).toContain(word);
    }
  });

  test('letters that are typed together are explained one by one', async () => {
    const refused = await refusal('rm', '-rf', 'x');
    expect(refused).toContain('-r: omit it');
    expect(refused).toContain('-f: omit it');
    expect(await refusal('get', '-rf', 'x')).toContain('-f: omit it');
    expect(await refusal('get', '-rf', 'x')).not.toContain('-r: ');
  });

  test('a long name with one dash is not read as letters', async () => {
    expect(await refusal('find', '.', '-name', '*.txt')).toContain('Did you mean --name?');
    expect(await refusal('find', '-type', 'f')).toContain('Did you mean --type?');
    expect(await refusal('ls', '-json')).toContain('Did you mean --json?');
    expect(await refusal('get', '-n', '--', '-name')).toBe('accepted');
    expect(await refusal('find', '-n', '-name')).toBe('accepted');
  });
});

test.each([
  ['find', '--type', 'f', '--type file'],
  ['find', '--type', 'd', '--type folder'],
  ['find', '-t', 'DIR', '--type folder'],
  ['cp', '--conflict', 'overwrite', undefined],
  ['cp', '--conflict', 'repl', '--conflict replace'],
  ['link', '--type', 'View', '--type view'],
])('%s %s %s: the intended value is suggested', async (name, option, value, meant) => {
  const refused = await refusal(name, option, value, 'x');
  if (meant === undefined) expect(refused).toContain('Allowed choices are');
  else expect(refused).toContain(`Did you mean ${meant}?`);
});

test('a missing or wrong subcommand lists the subcommands', () => {
  expect(unknownCommand('versions').message).toBe(
    '"versions" needs a subcommand: list, get, restore, prune.',
  );
  expect(unknownSubcommand('versions', 'show').hint).toContain('Did you mean versions list?');
  expect(unknownSubcommand('trash', 'restroe').hint).toContain('Did you mean trash restore?');
  expect(unknownSubcommand('permissions', 'remove').hint).toContain('Did you mean permissions delete?');
  expect(unknownSubcommand('links', 'zzz').hint).toBe('Its subcommands: list, delete.');
});

test('words before the command keep their order', () => {
  expect(splitCommand(['--json', 'ls', '-r', '1']).rest).toEqual(['--json', '-r', '1']);
});
