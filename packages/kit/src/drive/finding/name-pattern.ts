/**
 * Patterns for names and paths, like those of shells: `*` for any characters of one name, `?` for one,
 * `[a-z]` and `[!a-z]` for a character set, and, in a path, `**` for any number of folders. Matching is
 * case-insensitive, like OneDrive. It uses no regular expressions, so that no pattern takes longer than
 * pattern times text. Pure.
 */

import { OneDriveError } from '../../errors/index.ts';
import { foldName } from '../address/item-names.ts';

type Part =
  | { readonly kind: 'letter'; readonly letter: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'many' }
  | {
      readonly kind: 'choice';
      readonly not: boolean;
      readonly ranges: readonly (readonly [string, string])[];
    };

/** Whether a name matches. */
export type NamePattern = (name: string) => boolean;

/**
 * Parses a pattern for one name. A backslash escapes the next character.
 * @throws OneDriveError `usage` for an empty pattern, or a bracket that is not closed.
 */
export function namePattern(pattern: string): NamePattern {
  if (pattern === '') throw new OneDriveError('usage', 'The name pattern is empty.');
  const parts = parse(pattern);
  return (name) => matches(parts, Array.from(foldName(name)));
}

/**
 * Parses a pattern for a path below the start, `Photos/**\/*.jpg`.
 * @throws OneDriveError `usage`.
 */
export function pathPattern(pattern: string): (path: readonly string[]) => boolean {
  const steps = pattern
    .split('/')
    .filter((step) => step !== '')
    .map((step) => (step === '**' ? 'folders' : namePattern(step)));
  if (steps.length === 0) throw new OneDriveError('usage', 'The path pattern is empty.');
  return (path) => pathMatches(steps, path);
}

/** The steps that may match next, after each name: all alternatives at once, so nothing is tried twice. */
function pathMatches(steps: readonly (NamePattern | 'folders')[], path: readonly string[]): boolean {
  let reached = skipFolders(steps, new Set([0]));
  for (const name of path) {
    const next = new Set<number>();
    for (const at of reached) {
      const step = steps[at];
      if (step === 'folders') next.add(at);
      else if (step?.(name) === true) next.add(at + 1);
    }
    reached = skipFolders(steps, next);
  }
  return reached.has(steps.length);
}

/** `**` matches no folder too. */
function skipFolders(steps: readonly (NamePattern | 'folders')[], reached: Set<number>): Set<number> {
  for (const at of reached) if (steps[at] === 'folders') reached.add(at + 1);
  return reached;
}

function parse(pattern: string): readonly Part[] {
  const letters = Array.from(foldName(pattern));
  const parts: Part[] = [];
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at] ?? '';
    if (letter === '*') parts.push({ kind: 'many' });
    else if (letter === '?') parts.push({ kind: 'any' });
    else if (letter === '[') at = readChoice(letters, at, parts, pattern);
    else if (letter === '\\' && at + 1 < letters.length)
      parts.push({ kind: 'letter', letter: letters[++at] ?? '' });
    else parts.push({ kind: 'letter', letter });
  }
  return parts;
}

/** @returns the position of the closing bracket. */
function readChoice(letters: readonly string[], start: number, parts: Part[], pattern: string): number {
  const not = letters[start + 1] === '!' || letters[start + 1] === '^';
  const first = start + (not ? 2 : 1);
  const end = letters.indexOf(']', first + 1);
  if (end === -1) {
    throw new OneDriveError('usage', `The pattern ${JSON.stringify(pattern)} has a [ without a ].`, {
      hint: 'Use \\[ for the character itself.',
    });
  }
  const ranges: (readonly [string, string])[] = [];
  for (let at = first; at < end; at++) {
    const from = letters[at] ?? '';
    const isRange = letters[at + 1] === '-' && at + 2 < end;
    ranges.push([from, isRange ? (letters[at + 2] ?? '') : from]);
    if (isRange) at += 2;
  }
  parts.push({ kind: 'choice', not, ranges });
  return end;
}

/** Backtracks to the last `*` only: earlier ones need not be tried again. */
function matches(parts: readonly Part[], letters: readonly string[]): boolean {
  let part = 0;
  let letter = 0;
  let star = -1;
  let resume = 0;
  while (letter < letters.length) {
    const wanted = parts[part];
    if (wanted?.kind === 'many') {
      star = part++;
      resume = letter;
    } else if (wanted !== undefined && fits(wanted, letters[letter] ?? '')) {
      part++;
      letter++;
    } else if (star >= 0) {
      part = star + 1;
      letter = ++resume;
    } else return false;
  }
  while (parts[part]?.kind === 'many') part++;
  return part === parts.length;
}

function fits(part: Part, letter: string): boolean {
  switch (part.kind) {
    case 'letter':
      return part.letter === letter;
    case 'choice':
      return part.ranges.some(([from, to]) => from <= letter && letter <= to) !== part.not;
    default:
      return true;
  }
}
