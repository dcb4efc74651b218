/** `complete`: prints candidates for the completion scripts, one per line; `:local` stands for local files. */

import { type Next, nextCommand, nextInCommand, splitTyped } from '../completion/next-words.ts';
import { remoteNames } from '../completion/remote-names.ts';
import type { Context } from '../context.ts';
import { defineCommand } from '../definition/command.ts';
import { parseCommand, splitCommand } from '../definition/parse.ts';
import { commandNames, familyOf, findCommand, nameOfVerb } from '../definition/registry.ts';
import { resolveName } from '../definition/resolve-command.ts';
import { openContext } from '../open-context.ts';
import { printable } from '../output/printable.ts';

export const command = defineCommand({
  name: 'complete',
  group: 'more',
  summary: 'Print completion candidates for a command line (used by completion scripts)',
  arguments: [
    {
      name: 'word',
      description: 'words typed so far, including the unfinished last one',
      variadic: true,
      optional: true,
    },
  ],
  examples: [{ line: 'complete -- ls Docu', note: 'list folders that begin with Docu' }],
  async run(context, { word }) {
    const { next, flags } = await nextOf(word);
    const lines = await linesOf(next, flags, context);
    // A name with a line break would become two candidates.
    const safe = lines.filter((line) => printable(line) === line);
    if (safe.length > 0) await context.streams.stdout.write(`${safe.join('\n')}\n`);
  },
});

interface Completion {
  readonly next: Next;
  /** The global options typed so far, which select the account. */
  readonly flags: Context['flags'] | undefined;
}

/** What PowerShell passes for an empty last word. Names cannot contain a quotation mark. */
const emptyWord = '""';

async function nextOf(words: readonly string[]): Promise<Completion> {
  const last = words.at(-1);
  const current = last === undefined || last === emptyWord ? '' : last;
  const before = words.slice(0, -1);
  const { name, rest } = splitCommand(before);
  if (name === undefined) return { next: nextCommand(firstWords(), [...before, current]), flags: undefined };
  const second = splitCommand(rest);
  const named = resolveName(name, rest);
  const verbs = familyOf(name).map((one) => one.slice(name.length + 1));
  if (second.name === undefined && verbs.length > 0) return afterNoun(named?.name, verbs, [...rest, current]);
  const verb = nameOfVerb(name, second.name ?? '');
  const command = await findCommand(verb ?? named?.name ?? '');
  if (command === undefined) return { next: nextCommand(verbs, [...rest, current]), flags: undefined };
  const own = verb === undefined ? (named?.words ?? rest) : second.rest;
  return { next: nextInCommand(command, [...own, current]), flags: flagsOf(own) };
}

/** Verbs; and what the noun alone takes, if no verb begins like this: `versions Docu`. */
async function afterNoun(
  bare: string | undefined,
  verbs: readonly string[],
  words: readonly string[],
): Promise<Completion> {
  const next = nextCommand(verbs, words);
  const none = next.kind === 'words' && next.words.length === 0;
  const command = none && bare !== undefined ? await findCommand(bare) : undefined;
  if (command === undefined) return { next, flags: undefined };
  return { next: nextInCommand(command, words), flags: flagsOf(words.slice(0, -1)) };
}

/** Commands, and the first word of those with subcommands once. */
function firstWords(): readonly string[] {
  return [...new Set(commandNames.map((name) => name.split('_')[0] ?? name))];
}

/** The global options; words that cannot be parsed yet are ignored. */
function flagsOf(words: readonly string[]): Context['flags'] | undefined {
  const options = words.filter((word, at) => word.startsWith('-') || (words[at - 1] ?? '').startsWith('--'));
  for (const some of [words, options, options.filter((word) => word === '--local')]) {
    try {
      return parseCommand(undefined, some).flags;
    } catch {
      continue;
    }
  }
  return undefined;
}

async function linesOf(
  next: Next,
  flags: Context['flags'] | undefined,
  context: Context,
): Promise<readonly string[]> {
  switch (next.kind) {
    case 'words':
      return next.words;
    case 'local':
      return [':local'];
    case 'nothing':
      return [];
    case 'remote': {
      const { folder, start } = splitTyped(next.typed);
      const other = flags === undefined ? undefined : openContext(flags, context, context.job);
      try {
        const names = await remoteNames(folder, other?.context ?? context);
        const matching = names.filter((name) => name.toLowerCase().startsWith(start.toLowerCase()));
        return matching
          .filter((name) => !next.foldersOnly || name.endsWith('/'))
          .map((name) => folder + name);
      } catch {
        return []; // completion must not print errors into the command line
      } finally {
        await other?.close();
      }
    }
  }
}
