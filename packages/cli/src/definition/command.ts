/**
 * A command as a value: what it is called, what it takes, how it is explained, and what it does. The help text, the
 * parser and the table of commands are all read off this one value, so they cannot disagree.
 */
import type { Access } from 'onedrive-kit/auth';
import type { Context } from '../context.ts';
import type { OptionSpec } from './option-spec.ts';

/** A positional argument. Optional ones come after required ones; only the last may be variadic. */
export interface ArgumentSpec {
  /** As shown in the usage line and as the key in `args`: `folder`. */
  readonly name: string;
  readonly description: string;
  readonly optional?: true;
  /** Takes all that remains; the value is an array. */
  readonly variadic?: true;
  /**
   * What it names: an object or a folder of the drive, for which a URL or a sharing link may be given and which a
   * shell completes from the drive; or a local file. Anything else where it is not said.
   */
  readonly names?: 'item' | 'folder' | 'local';
  /** The command reads URLs by itself, because its arguments may be of several drives. */
  readonly located?: true;
}

/** An option that chooses the form of the output, beside `--json`. */
export type FormatName = 'ndjson' | 'csv' | 'table' | 'columns' | 'null' | 'query' | 'object-key';

/** The formats of a command that does not have all. */
export interface Formats {
  readonly has: readonly FormatName[];
  /** What to use for the others: a sentence. */
  readonly instead: string;
}

/** A line to try, with a word on what it does. */
export interface Example {
  readonly line: string;
  readonly note: string;
}

type ArgumentValue<A> = A extends { variadic: true }
  ? readonly string[]
  : A extends { optional: true }
    ? string | undefined
    : string;

type OptionValue<O> = O extends { value: string }
  ? O extends { repeat: true }
    ? readonly string[]
    : O extends { default: string }
      ? string
      : string | undefined
  : boolean;

/** `{ folder: string | undefined, object: readonly string[] }`, from the specs. */
export type ArgumentsOf<A extends readonly ArgumentSpec[]> = {
  readonly [K in A[number] as K['name']]: ArgumentValue<K>;
};

/** `{ 'no-overwrite': boolean, range: string | undefined }`, from the specs. */
export type OptionsOf<O extends readonly OptionSpec[]> = {
  readonly [K in O[number] as K['name']]: OptionValue<K>;
};

/** The sections of the top-level help. */
export type CommandGroup = 'account' | 'browse' | 'change' | 'more';

/** A command, as the author writes it. */
export interface CommandDefinition<A extends readonly ArgumentSpec[], O extends readonly OptionSpec[]> {
  /** With underscores, as the older tool wrote it: `info_set`. Dashes work without being named. */
  readonly name: string;
  readonly group: CommandGroup;
  /** One line, no full stop. */
  readonly summary: string;
  /** Paragraphs for `--help`, at most 78 columns wide, without a trailing newline. */
  readonly description?: string;
  readonly arguments?: A;
  readonly options?: O;
  readonly examples: readonly Example[];
  /** Output formats besides text and `--json`, where the command does not have all. */
  readonly formats?: Formats;
  /**
   * The least that the command has to be allowed in the drive; a sign-in that allows less is stepped up, and a
   * read-only profile refuses `write` before anything is sent. Default: `none`.
   */
  readonly access?: Access;
  /**
   * Does the work; prints with `context.print`. A thrown OneDriveError becomes the message and the exit code.
   * @returns an exit code where it is not 0.
   */
  run(
    context: Context,
    args: ArgumentsOf<A>,
    options: OptionsOf<O>,
  ): Promise<number | undefined> | Promise<void>;
}

/** Values as the parser hands them over, before the types of one command are known. */
export interface ParsedArguments {
  readonly [name: string]: string | readonly string[] | undefined;
}

/** See {@link ParsedArguments}. */
export interface ParsedOptions {
  readonly [name: string]: string | readonly string[] | boolean | undefined;
}

/** A command of any shape, as the registry and the parser see it. */
export interface Command {
  readonly name: string;
  readonly group: CommandGroup;
  readonly summary: string;
  readonly description: string | undefined;
  readonly arguments: readonly ArgumentSpec[];
  readonly options: readonly OptionSpec[];
  readonly examples: readonly Example[];
  readonly formats: Formats | undefined;
  readonly access: Access;
  run(
    context: Context,
    args: ParsedArguments,
    options: ParsedOptions,
  ): Promise<number | undefined> | Promise<void>;
}

/**
 * Makes a command; the types of `args` and `options` in `run` follow from the specs. A command file's only export is
 * `command`:
 *
 * ```ts
 * export const command = defineCommand({
 *   name: 'ls', group: 'browse', summary: 'List a folder',
 *   arguments: [{ name: 'folder', description: 'Folder to list', optional: true }],
 *   options: [{ name: 'range', short: 'r', value: 'RANGE', description: '…' }],
 *   examples: [{ line: 'ls Documents', note: 'names in Documents' }],
 *   async run(context, args, options) { … },
 * });
 * ```
 */
export function defineCommand<
  const A extends readonly ArgumentSpec[] = readonly [],
  const O extends readonly OptionSpec[] = readonly [],
>(definition: CommandDefinition<A, O>): Command {
  return {
    name: definition.name,
    group: definition.group,
    summary: definition.summary,
    description: definition.description,
    arguments: definition.arguments ?? [],
    options: definition.options ?? [],
    examples: definition.examples,
    formats: definition.formats,
    access: definition.access ?? 'none',
    // The parser fills `args` and `options` from the same specs that their types were inferred from.
    run: (context, args, options) => definition.run(context, args as ArgumentsOf<A>, options as OptionsOf<O>),
  };
}
