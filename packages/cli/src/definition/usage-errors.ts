/** The errors for an invalid command line, each with the command, option or value that was probably meant. */
import type { CommanderError } from 'commander';
import { OneDriveError } from 'onedrive-kit/errors';
import { bareNouns } from './aliases.ts';
import type { Command } from './command.ts';
import { didYouMean } from './did-you-mean.ts';
import { globalOptions } from './flags.ts';
import type { OptionSpec } from './option-spec.ts';
import {
  otherCommands,
  otherGlobalOptions,
  otherOptions,
  otherSubcommands,
  otherValues,
} from './other-tools.ts';
import { commandNames, displayName, familyOf } from './registry.ts';

interface Typed {
  readonly command: Command | undefined;
  readonly words: readonly string[];
}

/** The error for a command line that the parser refuses, with a hint. */
export function usageError(error: CommanderError, { command, words }: Typed): OneDriveError {
  const text = error.message.replace(/^error: /, '').replace(/\.?\s*$/, '.');
  const see = `See: onedrive-cli ${command === undefined ? '--help' : `${displayName(command.name)} --help`}`;
  const wrong = /unknown option '(-[^'=]*)/.exec(text)?.[1];
  const hint = wrong === undefined ? valueHint(text) : optionHint(wrong, command, words);
  return new OneDriveError('usage', capital(text), { hint: hint === undefined ? see : `${hint} ${see}` });
}

function optionHint(
  wrong: string,
  command: Command | undefined,
  words: readonly string[],
): string | undefined {
  const other = otherOption(wrong, command, words);
  if (other !== undefined) return other;
  const known = [...(command?.options ?? []), ...globalOptions].map((option) => `--${option.name}`);
  const meant = wrong.startsWith('--') ? didYouMean(wrong, known) : undefined;
  return meant === undefined ? undefined : `Did you mean ${meant}?`;
}

/** Explains `-rf` letter by letter; letters that the command has are left out. */
function otherOption(
  wrong: string,
  command: Command | undefined,
  words: readonly string[],
): string | undefined {
  const own = otherOptions[command?.name ?? ''] ?? {};
  const explain = (word: string): string | undefined => {
    const use = own[word] ?? otherGlobalOptions[word];
    return use === undefined ? undefined : `${word}: ${use}.`;
  };
  const whole = explain(wrong);
  if (whole !== undefined) return whole;
  // The parser reports only the first unknown letter.
  const cluster =
    words.find((word) => /^-[A-Za-z]{2,}$/.test(word) && word.includes(wrong.slice(1))) ?? wrong;
  if (!/^-[A-Za-z]{2,}$/.test(cluster)) return undefined;
  const taken = new Set([...(command?.options ?? []), ...globalOptions].map(({ short }) => short));
  const letters = Array.from(cluster.slice(1)).filter((letter) => !taken.has(letter));
  const texts = letters.flatMap((letter) => explain(`-${letter}`) ?? []);
  return texts.length === 0 ? undefined : texts.join(' ');
}

/** The hint for `argument 'f' is invalid. Allowed choices are file, folder.` */
function valueHint(text: string): string | undefined {
  const match =
    /option '(?:-\w, )?--([\w-]+)[^']*' argument '([^']*)' is invalid\. Allowed choices are (.*)\.$/.exec(
      text,
    );
  const [, option = '', value = '', choices = ''] = match ?? [];
  if (match === null) return undefined;
  const known = choices.split(', ');
  const starting = known.filter((choice) => value !== '' && choice.startsWith(value.toLowerCase()));
  const other = otherValues[option]?.[value.toLowerCase()];
  const meant = other ?? (starting.length === 1 ? starting[0] : didYouMean(value.toLowerCase(), known));
  return meant === undefined ? undefined : `Did you mean --${option} ${meant}?`;
}

/** The error for `-name`, which the parser would read as `-n ame`; undefined if it is not the long name of an option. */
export function singleDash(word: string, known: readonly OptionSpec[]): OneDriveError | undefined {
  const [, name, rest = ''] = /^-([a-z][a-z-]{2,})(=.*)?$/s.exec(word) ?? [];
  const spec = known.find((option) => option.name === name);
  if (spec === undefined) return undefined;
  return new OneDriveError('usage', `"${word}" is a long option with only one dash.`, {
    hint: `Did you mean --${spec.name}${rest}?`,
  });
}

/** The error for a command that does not exist, or for a missing subcommand. */
export function unknownCommand(typed: string): OneDriveError {
  const family = familyOf(typed);
  if (family.length > 0) {
    return new OneDriveError('usage', `"${typed}" needs a subcommand: ${secondWords(family).join(', ')}.`, {
      hint: `For example: onedrive-cli ${displayName(family[0] ?? typed)}`,
    });
  }
  const name = typed.toLowerCase();
  const other = Object.hasOwn(otherCommands, name) ? otherCommands[name] : undefined;
  const meant = didYouMean(name.replaceAll(/[- ]/g, '_'), [...commandNames, ...Object.keys(bareNouns)]);
  const hint = other === undefined ? meant && `Did you mean ${displayName(meant)}?` : `${capital(other)}.`;
  const see = 'See: onedrive-cli --help';
  return new OneDriveError('usage', `There is no command "${typed}".`, {
    hint: hint === undefined ? see : `${hint} ${see}`,
  });
}

/** The error for an unknown subcommand, such as `versions list`. */
export function unknownSubcommand(head: string, typed: string): OneDriveError {
  const seconds = secondWords(familyOf(head));
  const word = typed.toLowerCase();
  const others = Object.hasOwn(otherSubcommands, word) ? otherSubcommands[word] : undefined;
  const meant = others?.find((other) => seconds.includes(other)) ?? didYouMean(word, seconds);
  return new OneDriveError('usage', `"${head}" has no subcommand "${typed}".`, {
    hint:
      meant === undefined
        ? `Its subcommands: ${seconds.join(', ')}.`
        : `Did you mean ${head} ${meant}? Its subcommands: ${seconds.join(', ')}.`,
  });
}

/** The error for a noun without the object that its list needs: `versions`. */
export function missingAfterNoun(noun: string, argument: string): OneDriveError {
  return new OneDriveError(
    'usage',
    `"${noun}" needs a subcommand (${secondWords(familyOf(noun)).join(', ')}) or, to list, the argument "${argument}".`,
    { hint: `See: onedrive-cli ${noun} list --help` },
  );
}

function secondWords(family: readonly string[]): readonly string[] {
  return family.map((name) => name.slice(name.indexOf('_') + 1));
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
