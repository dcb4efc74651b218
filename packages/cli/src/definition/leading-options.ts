/**
 * Options before the command's name are always global ones. They are written out here, so that a command may use the
 * same letter for an option of its own: `-c FILE hashsum` chooses the configuration, `hashsum -c FILE` checks a list.
 */

import { globalOptions } from './flags.ts';
import type { OptionSpec } from './option-spec.ts';

/** The words with each global letter before the command's name as its long name: `-qc x ls` → `--quiet --config x ls`. */
export function withLongGlobals(words: readonly string[]): readonly string[] {
  const result: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!word.startsWith('-') || word === '-' || word === '--') return [...result, ...words.slice(at)];
    const long = word.startsWith('--') ? [word] : longNames(word);
    result.push(...long);
    const value = words[at + 1];
    if (takesNext(long.at(-1) ?? '') && value !== undefined) {
      result.push(value);
      at += 1;
    }
  }
  return result;
}

/** `-qc` → `--quiet`, `--config`; `-cx` → `--config=x`; a word with any other letter stays as it is. */
function longNames(word: string): readonly string[] {
  const letters = Array.from(word.slice(1));
  const options = letters.map((letter) => globalOptions.find(({ short }) => short === letter));
  const taker = options.findIndex((option) => option?.value !== undefined);
  const flags = taker === -1 ? options : options.slice(0, taker);
  const named = flags.filter((option): option is OptionSpec => option !== undefined);
  if (named.length < flags.length) return [word];
  const long = named.map(({ name }) => `--${name}`);
  if (taker === -1) return long;
  const value = letters.slice(taker + 1).join('');
  return [...long, `--${options[taker]?.name ?? ''}${value === '' ? '' : `=${value}`}`];
}

const takesNext = (word: string): boolean =>
  globalOptions.some(({ name, value }) => value !== undefined && word === `--${name}`);

/** The global options for one command: a letter that the command uses itself is not global after its name. */
export function globalOptionsBeside(own: readonly OptionSpec[]): readonly OptionSpec[] {
  const taken = new Set(own.map(({ short }) => short));
  return globalOptions.map((option) => {
    if (option.short === undefined) return option;
    const { short, ...rest } = option;
    return taken.has(short) ? rest : option;
  });
}
