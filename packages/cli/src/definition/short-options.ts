/**
 * The meaning of each letter, the same for all commands, and the exceptions, which are computed from the definitions.
 * The exceptions belong to commands of python-onedrive and of the shell, whose users know them.
 */
import type { Command } from './command.ts';
import { globalOptions } from './flags.ts';

/** The long name that a letter stands for; global options have theirs in {@link globalOptions}. */
const commandLetters: Readonly<Record<string, string>> = {
  a: 'all',
  b: 'byte-range',
  d: 'depth',
  f: 'force',
  l: 'long',
  m: 'metadata',
  n: 'dry-run',
  o: 'objects',
  r: 'recursive',
  s: 'size',
  t: 'type',
};

/** A letter that means something else in one command: `{ command: 'get', letter: 'n', name: 'no-overwrite' }`. */
export interface LetterException {
  readonly command: string;
  readonly letter: string;
  readonly name: string;
}

/** What a letter means everywhere else; undefined for one that only a single command uses. */
export function meaningOf(letter: string): string | undefined {
  return globalOptions.find(({ short }) => short === letter)?.name ?? commandLetters[letter];
}

/** Every letter that has another meaning in a command. */
export function letterExceptions(commands: readonly Command[]): readonly LetterException[] {
  return commands.flatMap((command) =>
    command.options.flatMap(({ short, name }) =>
      short === undefined || meaningOf(short) === name
        ? []
        : [{ command: command.name, letter: short, name }],
    ),
  );
}

/** Letters with their meanings, sorted: for the reference. */
export function letterTable(): readonly (readonly [string, string])[] {
  const pairs = new Map(Object.entries(commandLetters));
  for (const { short, name } of globalOptions) if (short !== undefined) pairs.set(short, name);
  return [...pairs].sort(([a], [b]) => (a.toLowerCase() + a < b.toLowerCase() + b ? -1 : 1));
}
