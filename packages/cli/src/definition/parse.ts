/**
 * Parses the command line into a command, its arguments and flags. Global options may stand before or after the
 * command's name; commander parses the rest, one command at a time, so that only the requested one is loaded.
 */
import { CommanderError, Option, Command as Parser } from 'commander';
import { splitTarget } from 'onedrive-kit/internal/drive/address/target-rule';
import type { ArgumentSpec, Command, ParsedArguments, ParsedOptions } from './command.ts';
import { type GlobalFlags, globalOptions } from './flags.ts';
import { withCurrentNames } from './former-spellings.ts';
import { globalOptionsBeside } from './leading-options.ts';
import type { OptionSpec } from './option-spec.ts';
import { checkValue } from './option-values.ts';
import { singleDash, usageError } from './usage-errors.ts';

/** The command's name and the other words in their order. */
export interface SplitWords {
  readonly name: string | undefined;
  readonly rest: readonly string[];
}

/** Finds the first word that is neither a global option nor the value of one. */
export function splitCommand(words: readonly string[]): SplitWords {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!word.startsWith('-') || word === '-') return { name: word, rest: words.toSpliced(at, 1) };
    if (word === '--') return { name: words[at + 1], rest: words.toSpliced(at, 2) };
    if (takesNext(word)) at++;
  }
  return { name: undefined, rest: words };
}

/** Whether the next word is a value, as after `-c`, `--config` and `-qc`; `--config=x` and `-cx` contain theirs. */
function takesNext(word: string): boolean {
  if (word.startsWith('--'))
    return globalOptions.some((o) => o.value !== undefined && word === `--${o.name}`);
  const letters = Array.from(word.slice(1));
  const taker = letters.findIndex((letter) =>
    globalOptions.some((o) => o.short === letter && o.value !== undefined),
  );
  return taker !== -1 && taker === letters.length - 1;
}

export interface ParsedCommand {
  readonly flags: GlobalFlags;
  readonly args: ParsedArguments;
  readonly options: ParsedOptions;
  readonly help: boolean;
  readonly version: boolean;
}

/**
 * Parses everything except the command's name. Without a command, only global options are accepted.
 * @throws OneDriveError `usage`.
 */
export function parseCommand(command: Command | undefined, typed: readonly string[]): ParsedCommand {
  const own = command?.options ?? [];
  const words = withCurrentNames(typed, own);
  const known = [...own, ...globalOptionsBeside(own)];
  const wantsHelp = requestsHelp(words, known);
  const specs = wantsHelp ? [] : (command?.arguments ?? []);
  const parser = makeParser(command?.name ?? '', specs, known);
  if (wantsHelp) parser.allowExcessArguments(true);
  const short = optionsAt(words, known).find((word) => singleDash(word, known) !== undefined);
  if (short !== undefined) throw singleDash(short, known);
  try {
    parser.parse([...words], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) throw usageError(error, { command, words });
    throw error;
  }
  const values: Readonly<Record<string, unknown>> = parser.opts();
  const value = (name: string): unknown => values[attribute(name)];
  for (const spec of known) checkValue(spec, value(spec.name));
  return {
    flags: globalFlags(value),
    args: argumentValues(specs, parser.processedArgs),
    options: Object.fromEntries(own.map((spec) => [spec.name, optionValue(spec, value(spec.name))])),
    help: value('help') === true,
    version: value('version') === true,
  };
}

/** `get --help` must not complain about missing arguments. */
function requestsHelp(words: readonly string[], known: readonly OptionSpec[]): boolean {
  return optionsAt(words, known).some((word) => word === '--help' || word === '-h');
}

/** The words that are options: before `--`, and not the value of another option. */
function optionsAt(words: readonly string[], known: readonly OptionSpec[]): readonly string[] {
  const end = words.indexOf('--');
  const takers = known.filter(({ value }) => value !== undefined);
  const isValue = (at: number): boolean =>
    takers.some(
      ({ name, short }) =>
        words[at - 1] === `--${name}` || (short !== undefined && words[at - 1] === `-${short}`),
    );
  return words.filter(
    (word, at) => word.startsWith('-') && word !== '-' && (end === -1 || at < end) && !isValue(at),
  );
}

function makeParser(name: string, specs: readonly ArgumentSpec[], options: readonly OptionSpec[]): Parser {
  const parser = new Parser(name)
    .exitOverride()
    .configureOutput({ writeOut: () => {}, writeErr: () => {} })
    .helpOption(false)
    .allowExcessArguments(false)
    .showSuggestionAfterError(false);
  for (const spec of options) parser.addOption(toOption(spec));
  for (const spec of withoutTarget(specs)) parser.argument(toArgument(spec));
  return parser;
}

/** An optional argument after a variadic one is the target; commander gets it as the last of the words. */
function withoutTarget(specs: readonly ArgumentSpec[]): readonly ArgumentSpec[] {
  const variadic = specs.findIndex((spec) => spec.variadic === true);
  return variadic === -1 ? specs : specs.slice(0, variadic + 1);
}

function argumentValues(specs: readonly ArgumentSpec[], parsed: readonly unknown[]): ParsedArguments {
  const own = withoutTarget(specs);
  const values = own.map((spec, at) => [spec.name, argumentValue(spec, parsed[at])] as const);
  const target = specs[own.length];
  const last = values.at(-1);
  if (target === undefined || last === undefined || typeof last[1] !== 'object')
    return Object.fromEntries(values);
  const { sources, target: word } = splitTarget(last[1]);
  return Object.fromEntries([...values.slice(0, -1), [last[0], sources], [target.name, word]]);
}

function toArgument(spec: ArgumentSpec): string {
  const word = spec.variadic === true ? `${spec.name}...` : spec.name;
  return spec.optional === true ? `[${word}]` : `<${word}>`;
}

function toOption(spec: OptionSpec): Option {
  const short = spec.short === undefined ? '' : `-${spec.short}, `;
  const value = spec.value === undefined ? '' : ` <${spec.value}>`;
  const option = new Option(`${short}--${spec.name}${value}`, spec.description);
  // `--no-overwrite` is a flag here, not the negation of `--overwrite`, which does not exist.
  option.negate = false;
  if (spec.choices !== undefined) option.choices([...spec.choices]);
  if (spec.default !== undefined) option.default(spec.default);
  if (spec.repeat === true)
    option.argParser((value, before: readonly string[] | undefined) => [...(before ?? []), value]);
  return option;
}

/** The key of an option in commander's result: `object-key` → `objectKey`. */
function attribute(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function argumentValue(spec: ArgumentSpec, value: unknown): string | readonly string[] | undefined {
  if (spec.variadic === true) return (value as string[] | undefined) ?? [];
  return value as string | undefined;
}

function optionValue(spec: OptionSpec, value: unknown): string | readonly string[] | boolean | undefined {
  if (spec.repeat === true) return (value as readonly string[] | undefined) ?? [];
  return spec.value === undefined ? value === true : (value as string | undefined);
}

function globalFlags(value: (name: string) => unknown): GlobalFlags {
  const text = (name: string): string | undefined => value(name) as string | undefined;
  const flag = (name: string): boolean => value(name) === true;
  return {
    config: text('config'),
    path: flag('path'),
    id: flag('id'),
    objectKey: text('object-key'),
    encoding: text('encoding') ?? 'utf-8',
    json: flag('json'),
    ndjson: flag('ndjson'),
    csv: flag('csv'),
    table: flag('table'),
    columns: text('columns'),
    plain: flag('plain'),
    nul: flag('null'),
    yes: flag('yes'),
    noInput: flag('no-input'),
    query: text('query'),
    profile: text('profile'),
    drive: text('drive'),
    api: text('api') as GlobalFlags['api'],
    local: flag('local'),
    data: text('data'),
    readOnly: flag('read-only'),
    caCert: text('ca-cert'),
    bwlimit: text('bwlimit'),
    timeout: text('timeout'),
    verbose: flag('verbose'),
    debug: flag('debug'),
    quiet: flag('quiet'),
  };
}
