/** Replaces former spellings of options by their names, before the parser reads the words. */
import { globalOptions } from './flags.ts';
import type { OptionSpec } from './option-spec.ts';

/** @param own the options of the command: a spelling that one of them has now is not a former one. */
export function withCurrentNames(words: readonly string[], own: readonly OptionSpec[]): readonly string[] {
  const former = formerSpellings(own);
  if (former.size === 0) return words;
  const takers = new Set(
    [...own, ...globalOptions].flatMap(({ short, value }) => (value === undefined ? [] : (short ?? []))),
  );
  const end = words.indexOf('--');
  return words.flatMap((word, at) => {
    if (!word.startsWith('-') || (end !== -1 && at >= end) || isValue(words[at - 1], own)) return [word];
    return word.startsWith('--') ? [longName(word, former)] : letters(word, former, takers);
  });
}

function formerSpellings(own: readonly OptionSpec[]): ReadonlyMap<string, OptionSpec> {
  const current = new Set(own.flatMap(({ name, short }) => [`--${name}`, `-${short ?? ''}`]));
  return new Map(
    own
      .flatMap((option) => (option.formerly ?? []).map((spelling) => [spelling, option] as const))
      .filter(([spelling]) => !current.has(spelling)),
  );
}

/** Whether the word after `before` is the value of an option. */
function isValue(before: string | undefined, own: readonly OptionSpec[]): boolean {
  return own.some(
    ({ name, short, value, formerly = [] }) =>
      value !== undefined &&
      before !== undefined &&
      [`--${name}`, `-${short ?? ''}`, ...formerly].includes(before),
  );
}

function longName(word: string, former: ReadonlyMap<string, OptionSpec>): string {
  const [name = '', ...value] = word.split('=');
  const option = former.get(name);
  return option === undefined ? word : ['--' + option.name, ...value].join('=');
}

/** `-ac` → `-a`, `--no-create`; `-s5M` → `--size=5M`. */
function letters(
  word: string,
  former: ReadonlyMap<string, OptionSpec>,
  takers: ReadonlySet<string>,
): readonly string[] {
  const all = Array.from(word.slice(1));
  const at = all.findIndex((letter) => former.has(`-${letter}`));
  if (all.slice(0, at).some((letter) => takers.has(letter))) return [word]; // the rest is a value: `-tshared`
  const option = former.get(`-${all[at] ?? ''}`);
  if (option === undefined) return [word];
  const rest = all.slice(at + 1).join('');
  const before = at === 0 ? [] : [`-${all.slice(0, at).join('')}`];
  if (option.value !== undefined) return [...before, `--${option.name}${rest === '' ? '' : `=${rest}`}`];
  return [...before, `--${option.name}`, ...(rest === '' ? [] : letters(`-${rest}`, former, takers))];
}
