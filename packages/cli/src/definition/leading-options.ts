/**
 * Options before the command's name are always global. Their letters are replaced by long names here, so that a command
 * can use the same letter itself: `-c FILE hashsum` selects the configuration, `hashsum -c FILE` checks a list.
 */

import { globalOptions } from './flags.ts';
import type { OptionSpec } from './option-spec.ts';

/** Replaces letters of global options before the command's name by long names: `-qc x ls` → `--quiet --config x ls`. */
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

/** `-qc` → `--quiet`, `--config`; `-cx` → `--config=x`; a word with any other letter is left unchanged. */
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

/** The global options for one command, without the letters that the command uses itself. */
export function globalOptionsBeside(own: readonly OptionSpec[]): readonly OptionSpec[] {
  const taken = new Set(own.map(({ short }) => short));
  return globalOptions.map((option) => {
    if (option.short === undefined) return option;
    const { short, ...rest } = option;
    return taken.has(short) ? rest : option;
  });
}
