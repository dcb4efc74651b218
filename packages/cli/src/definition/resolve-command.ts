/**
 * Finds the command for the first words of a command line: `ls`, `trash list`, `trash ls`, `trash`, `trash_ls`.
 * A noun that takes an object when it stands alone (`info OBJECT`) reads the next word as a verb only if more follows,
 * so that an object called "set" can be shown, as in python-onedrive.
 */
import { bareNouns } from './aliases.ts';
import type { Command } from './command.ts';
import { splitCommand } from './parse.ts';
import { canonicalName, findCommand, hasSubcommands, nameOfVerb } from './registry.ts';
import { missingAfterNoun, unknownCommand, unknownSubcommand } from './usage-errors.ts';

/** A command and the words after its name. */
export interface ResolvedCommand {
  readonly command: Command;
  readonly words: readonly string[];
}

/** @param rest the words after `name`, options among them. @throws OneDriveError `usage`. */
export async function resolveCommand(name: string, rest: readonly string[]): Promise<ResolvedCommand> {
  const named = resolveName(name, rest);
  const command = named === undefined ? undefined : await findCommand(named.name);
  const second = hasSubcommands(name) ? splitCommand(rest).name : undefined;
  if (named === undefined || command === undefined)
    throw second === undefined ? unknownCommand(name) : unknownSubcommand(name, second);
  const missing = second === undefined && !requestsHelp(rest) ? missingObject(name, command) : undefined;
  if (missing !== undefined) throw missingAfterNoun(name, missing);
  if (second !== undefined && isMistypedVerb(name, command, named.words))
    throw unknownSubcommand(name, second);
  return { command, words: named.words };
}

/** The canonical name and the words after it; undefined if there is no such command. Loads nothing. */
export function resolveName(
  name: string,
  rest: readonly string[],
): { readonly name: string; readonly words: readonly string[] } | undefined {
  const next = splitCommand(rest);
  const verb = next.name === undefined ? undefined : nameOfVerb(name, next.name);
  if (verb !== undefined && (!readsObject.has(name) || readsVerb(next.rest)))
    return { name: verb, words: next.rest };
  const bare = canonicalName(name);
  return bare === undefined ? undefined : { name: bare, words: rest };
}

/** Nouns of python-onedrive, which are followed by an object there. */
const readsObject: ReadonlySet<string> = new Set(['info', 'comments']);

/** Whether an argument follows the verb, or its help is requested. */
function readsVerb(words: readonly string[]): boolean {
  return splitCommand(words).name !== undefined || requestsHelp(words);
}

const requestsHelp = (words: readonly string[]): boolean => words.includes('--help') || words.includes('-h');

/** The required argument of what a noun without a verb does: `file` of `versions`. */
function missingObject(noun: string, command: Command): string | undefined {
  const [first] = command.arguments;
  return Object.hasOwn(bareNouns, noun) && first?.optional !== true ? first?.name : undefined;
}

/** Whether a noun stands before more words than its bare verb takes: then the first of them was meant as a verb. */
function isMistypedVerb(noun: string, command: Command, words: readonly string[]): boolean {
  if (!Object.hasOwn(bareNouns, noun) || command.name !== `${noun}_${bareNouns[noun] ?? ''}`) return false;
  if (command.arguments.some(({ variadic }) => variadic === true)) return false;
  let count = 0;
  for (let { name, rest } = splitCommand(words); name !== undefined; { name, rest } = splitCommand(rest))
    count += 1;
  return count > command.arguments.length;
}
