/**
 * Expands wildcards in the object arguments of a command. A pattern of several that matches nothing is reported, and does
 * not stop the others.
 */
import { isItemUrl } from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import { expandWildcards, hasWildcards } from 'onedrive-kit/internal/drive/finding/expand-wildcards';
import { type Failure, reportFailure, statusOf } from '../actions/each.ts';
import type { Context } from '../context.ts';
import type { ArgumentSpec, Command, ParsedArguments } from '../definition/command.ts';

/** The arguments with matching paths in place of patterns. */
export interface ExpandedArguments {
  readonly args: ParsedArguments;
  /** The exit status for patterns that match nothing; 0 if all of them match. */
  readonly status: number;
}

/** Whether the command may expand this word: not an id, and not a URL, which can contain a `?`. Pure. */
export function isWildcardPath(typed: string, as: Context['as']): boolean {
  return as !== 'id' && !isItemUrl(typed) && hasWildcards(typed);
}

/**
 * The matches of one word; the word itself if it has no wildcards.
 * @throws OneDriveError `not-found` if nothing matches.
 */
async function expandOne(
  typed: string,
  context: Context,
  { mayBeNew }: { readonly mayBeNew?: boolean | undefined } = {},
): Promise<readonly string[]> {
  if (!isWildcardPath(typed, context.as)) return [typed];
  const drive = await context.drive();
  return expandWildcards(drive.context, typed, { ...context.call, mayBeNew });
}

/**
 * The one match of a word.
 * @throws OneDriveError `not-found` if nothing matches, `usage` if several objects do.
 */
export async function expandToOne(
  typed: string,
  context: Context,
  options: { readonly mayBeNew?: boolean | undefined } = {},
): Promise<string> {
  const found = await expandOne(typed, context, options);
  const [only, another] = found;
  if (only !== undefined && another === undefined) return only;
  throw new OneDriveError(
    'usage',
    `${JSON.stringify(typed)} matches ${found.length} objects, but only one can be used here: ${found
      .slice(0, 3)
      .join(', ')}${found.length > 3 ? ', …' : ''}.`,
    { hint: 'Use a pattern that matches one object, or its name.' },
  );
}

/** Expands all object arguments of a command. @throws OneDriveError if no word of an argument is left. */
export async function expandArguments(
  command: Command,
  args: ParsedArguments,
  context: Context,
): Promise<ExpandedArguments> {
  const expanded: Record<string, ParsedArguments[string]> = { ...args };
  let status = 0;
  for (const spec of command.arguments.filter(isExpanded)) {
    const value = args[spec.name];
    if (typeof value === 'string') expanded[spec.name] = await expandToOne(value, context, spec);
    else if (value !== undefined) {
      const words = await expandWords(value, context, spec);
      expanded[spec.name] = words.found;
      status ||= words.status;
    }
  }
  return { args: expanded, status };
}

function isExpanded({ names, located, expands }: ArgumentSpec): boolean {
  return (names === 'item' || names === 'folder') && located !== true && expands !== true;
}

/**
 * Expands several words; a pattern that matches nothing is reported, and the others remain.
 * @throws OneDriveError `not-found` if no word is left.
 */
export async function expandWords(
  words: readonly string[],
  context: Context,
  options: { readonly mayBeNew?: boolean | undefined } = {},
): Promise<{ readonly found: readonly string[]; readonly status: number }> {
  if (!words.some((word) => isWildcardPath(word, context.as))) return { found: words, status: 0 };
  const found: string[] = [];
  const failures: Failure[] = [];
  for (const word of words) {
    try {
      found.push(...(await expandOne(word, context, options)));
    } catch (error) {
      if (words.length === 1 || context.signal.aborted) throw error;
      failures.push({ object: word, error });
    }
  }
  const last = failures.at(-1);
  if (found.length === 0 && last !== undefined) throw last.error;
  for (const { error } of failures) await reportFailure(context, error);
  return { found: [...new Set(found)], status: statusOf(context, failures) };
}
