/** Determines completion candidates for an unfinished command line from the command definitions. Pure. */
import type { ArgumentSpec, Command } from '../definition/command.ts';
import { globalOptions } from '../definition/flags.ts';
import { globalOptionsBeside } from '../definition/leading-options.ts';
import type { OptionSpec } from '../definition/option-spec.ts';

/** The candidates, or where to get them. */
export type Next =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'remote'; readonly typed: string; readonly foldersOnly: boolean }
  | { readonly kind: 'local' }
  | { readonly kind: 'nothing' };

/** @param words after the command's name; the last one is unfinished, '' if it is empty. */
export function nextInCommand(command: Command, words: readonly string[]): Next {
  const options = [...command.options, ...globalOptionsBeside(command.options)];
  const current = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const ended = before.includes('--');
  const taker = ended ? undefined : takerOf(options, before.at(-1));
  if (taker !== undefined) return valueOf(taker, current);
  if (!ended && current.startsWith('-')) {
    return optionNext(options, current);
  }
  return argumentNext(command.arguments, countArguments(options, before), current);
}

/** Candidates for a command or subcommand; global options may stand before it. */
export function nextCommand(names: readonly string[], words: readonly string[]): Next {
  const current = words.at(-1) ?? '';
  const taker = takerOf(globalOptions, words.at(-2));
  if (taker !== undefined) return valueOf(taker, current);
  return current.startsWith('-') ? optionNext(globalOptions, current) : starting(names, current);
}

/** Candidates for `--na`, and for `--name=val` of an option with choices. */
function optionNext(options: readonly OptionSpec[], current: string): Next {
  const [name, value] = current.split('=', 2);
  if (value === undefined)
    return starting(
      options.map((option) => `--${option.name}`),
      current,
    );
  const choices = takerOf(options, name)?.choices ?? [];
  return starting(
    choices.map((choice) => `${name}=${choice}`),
    current,
  );
}

function starting(all: readonly string[], typed: string): Next {
  return { kind: 'words', words: all.filter((word) => word.startsWith(typed)) };
}

function takerOf(options: readonly OptionSpec[], word: string | undefined): OptionSpec | undefined {
  return options.find(
    ({ name, short, value }) =>
      value !== undefined && (word === `--${name}` || (short !== undefined && word === `-${short}`)),
  );
}

function valueOf({ choices, value }: OptionSpec, current: string): Next {
  if (choices !== undefined) return starting(choices, current);
  return value === 'FILE' || value === 'DIR' ? { kind: 'local' } : { kind: 'nothing' };
}

function countArguments(options: readonly OptionSpec[], words: readonly string[]): number {
  let count = 0;
  for (const [at, word] of words.entries()) {
    if (takerOf(options, words[at - 1]) !== undefined) continue;
    if (!word.startsWith('-') || word === '-') count += 1;
  }
  return count;
}

function argumentNext(specs: readonly ArgumentSpec[], at: number, typed: string): Next {
  const isOpen = specs.some(({ variadic }) => variadic === true);
  const spec = specs[at] ?? (isOpen ? specs.at(-1) : undefined);
  switch (spec?.names) {
    case 'item':
      return { kind: 'remote', typed, foldersOnly: false };
    case 'folder':
      return { kind: 'remote', typed, foldersOnly: true };
    case 'local':
      return { kind: 'local' };
    default:
      return { kind: 'nothing' };
  }
}

/** Splits a path into the complete folder and the beginning of a name. */
export function splitTyped(typed: string): { readonly folder: string; readonly start: string } {
  const slash = typed.lastIndexOf('/') + 1;
  return { folder: typed.slice(0, slash), start: typed.slice(slash) };
}
