/**
 * A command as a value: its name, arguments, options, help text and action. The help, the parser and the reference are
 * derived from this one value, so they cannot disagree.
 */
import type { Access } from 'onedrive-kit/auth';
import type { Context } from '../context.ts';
import type { ListForm } from './list-form.ts';
import type { OptionSpec } from './option-spec.ts';

/**
 * A positional argument. Optional ones come after required ones. A variadic one is the last, except for an optional target
 * after it: the last of several words.
 */
export interface ArgumentSpec {
  /** The name in the usage line and the key in `args`: `folder`. */
  readonly name: string;
  readonly description: string;
  readonly optional?: true;
  /** Takes all remaining words; the value is an array. */
  readonly variadic?: true;
  /**
   * What the value names: an item or a folder of the drive (URLs and sharing links are accepted, and shells complete
   * names from the drive), or a local file. Default: any other text.
   */
  readonly names?: 'item' | 'folder' | 'local';
  /** The command resolves URLs and wildcards itself, because its arguments may belong to several drives. */
  readonly located?: true;
  /** The item may not exist yet: a path with brackets that matches nothing is taken literally. */
  readonly mayBeNew?: true;
  /** The command expands wildcards itself. */
  readonly expands?: true;
}

/** An option that selects the output format, besides `--json`. */
export type FormatName = 'ndjson' | 'csv' | 'table' | 'columns' | 'null' | 'query' | 'object-key';

/** The formats of a command that does not support all of them. */
export interface Formats {
  readonly has: readonly FormatName[];
  /** A hint, as a sentence: what to use in place of the others. */
  readonly instead: string;
}

/** An example command line with a short note on what it does. */
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

/** The argument of {@link defineCommand}. */
export interface CommandDefinition<A extends readonly ArgumentSpec[], O extends readonly OptionSpec[]> {
  /** One word, or noun and verb with an underscore: `trash_list`. */
  readonly name: string;
  readonly group: CommandGroup;
  /** One line in the imperative, without a full stop. */
  readonly summary: string;
  /** Paragraphs for `--help`, at most 78 columns wide, without a trailing newline. */
  readonly description?: string;
  readonly arguments?: A;
  readonly options?: O;
  readonly examples: readonly Example[];
  /** Output formats besides text and `--json`. Default: all. */
  readonly formats?: Formats;
  /**
   * How lists are printed as text: `lines` for one entry per line, `rows` for one line of columns per object. Default:
   * with bullets, as in python-onedrive; its commands keep this form.
   */
  readonly lists?: ListForm;
  /**
   * The access to the drive that the command needs. A sign-in that allows less is stepped up; a read-only profile
   * refuses `write` before any request. Default: `none`.
   */
  readonly access?: Access;
  /**
   * Runs the command and prints with `context.print`. A thrown OneDriveError becomes the message and the exit code.
   * @returns the exit code. Default: 0.
   */
  run(
    context: Context,
    args: ArgumentsOf<A>,
    options: OptionsOf<O>,
  ): Promise<number | undefined> | Promise<void>;
}

/** Argument values as the parser returns them, before they get the types of one command. */
export interface ParsedArguments {
  readonly [name: string]: string | readonly string[] | undefined;
}

/** Option values, see {@link ParsedArguments}. */
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
  readonly lists: ListForm | undefined;
  readonly access: Access;
  run(
    context: Context,
    args: ParsedArguments,
    options: ParsedOptions,
  ): Promise<number | undefined> | Promise<void>;
}

/**
 * Defines a command; the types of `args` and `options` in `run` are inferred from the specs. The only export of a command
 * file is `command`:
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
    lists: definition.lists,
    access: definition.access ?? 'none',
    // Safe: the parser fills `args` and `options` from the specs that their types are inferred from.
    run: (context, args, options) => definition.run(context, args as ArgumentsOf<A>, options as OptionsOf<O>),
  };
}
