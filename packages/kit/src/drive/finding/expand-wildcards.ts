/**
 * Expands wildcards in paths of the drive, like a shell does with local paths: `*`, `?` and `[a-z]` within a name, `**`
 * for any number of folders. Letter case is ignored, as in a drive. An item with exactly the typed name wins.
 */
import { isOneDriveError, OneDriveError } from '../../errors/index.ts';
import type { ItemRef } from '../../graph/item-ref.ts';
import { parsePath } from '../address/drive-path.ts';
import { friendlyRef } from '../address/friendly-path.ts';
import { foldName, nameProblem } from '../address/item-names.ts';
import { looksLikeId } from '../address/looks-like-id.ts';
import { type DriveOptions, resolve } from '../address/target.ts';
import { holdsItems } from '../item-kind.ts';
import { list } from '../listing/list.ts';
import { subtree } from '../listing/subtree.ts';
import { stat } from '../stat.ts';
import type { DriveContext } from '../world.ts';
import { namePattern, pathPattern } from './name-pattern.ts';

/** Options of {@link expandWildcards}. */
export interface WildcardOptions extends DriveOptions {
  /** Return the typed path if nothing matches and it is a valid name: for paths that may not exist yet. Default: false. */
  readonly mayBeNew?: boolean | undefined;
}

/** Whether a path contains wildcards. A `[` without a `]` is an ordinary character. Pure. */
export function hasWildcards(path: string): boolean {
  return parts(path).some(isPattern);
}

const parts = (path: string) => path.split('/');
const isPattern = (name: string): boolean => /[*?]|\[.+\]/.test(name);

/**
 * The paths that a typed path with wildcards matches, in alphabetical order, in the form in which it was typed.
 * @throws OneDriveError `not-found` if nothing matches, or if the folder in front of the wildcards does not exist.
 */
export async function expandWildcards(
  context: DriveContext,
  typed: string,
  options: WildcardOptions = {},
): Promise<readonly string[]> {
  const { as = 'auto' } = options;
  if (as === 'id' || !hasWildcards(typed)) return [typed];
  const names = parsePath(typed);
  const isValid = names.every((name) => nameProblem(name) === undefined);
  if (isValid && (await exists(context, typed, options))) return [typed];
  const top = names.findIndex(isPattern);
  const found = await matches(context, names, { ...options, top, typed });
  if (found.length > 0) return found.map((path) => spelled(path, typed)).sort(byCodeUnit);
  if (isValid && options.mayBeNew === true) return [typed];
  throw new OneDriveError('not-found', `No object of the drive matches ${JSON.stringify(typed)}.`, {
    hint: `List ${top === 0 ? 'the root folder' : names.slice(0, top).join('/')} to see what is there.`,
  });
}

const byCodeUnit = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

async function exists(context: DriveContext, path: string, { signal, as }: DriveOptions): Promise<boolean> {
  try {
    await stat(context, path, { signal, as });
    return true;
  } catch (error) {
    if (isOneDriveError(error) && (error.code === 'not-found' || error.code === 'invalid-request'))
      return false;
    throw error;
  }
}

interface Search extends WildcardOptions {
  readonly typed: string;
  /** The index of the first name with wildcards. */
  readonly top: number;
}

/** The matching paths, as names from the root. Lists one level after the other, or the whole subtree for `**`. */
async function matches(
  context: DriveContext,
  names: readonly string[],
  search: Search,
): Promise<readonly (readonly string[])[]> {
  const foldersOnly = search.typed.endsWith('/');
  let places: readonly (readonly string[])[] = [names.slice(0, search.top)];
  for (let at = search.top; at < names.length; at++) {
    const isLast = at === names.length - 1;
    if (names[at] === '**') return await below(context, places, names.slice(at), search);
    const next: (readonly string[])[] = [];
    for (const place of places)
      next.push(
        ...(await children(context, place, names[at] ?? '', {
          ...search,
          foldersOnly: foldersOnly || !isLast,
        })),
      );
    places = next;
  }
  return places;
}

/** The children of a folder that match one name or pattern. */
async function children(
  context: DriveContext,
  place: readonly string[],
  name: string,
  { signal, foldersOnly, ...search }: Search & { readonly foldersOnly: boolean },
): Promise<readonly (readonly string[])[]> {
  const test = isPattern(name) ? namePattern(name) : (other: string) => foldName(other) === foldName(name);
  const found: (readonly string[])[] = [];
  for await (const item of list(context, refAt(place, search), { signal }))
    if (test(item.name) && (!foldersOnly || holdsItems(item))) found.push([...place, item.name]);
  return found;
}

/** Everything below the folders that matches a pattern starting with `**`. */
async function below(
  context: DriveContext,
  places: readonly (readonly string[])[],
  pattern: readonly string[],
  search: Search,
): Promise<readonly (readonly string[])[]> {
  const test = pathPattern(pattern.join('/'));
  const foldersOnly = search.typed.endsWith('/');
  const found: (readonly string[])[] = [];
  for (const place of places) {
    const entries = subtree(context, refAt(place, search), { signal: search.signal, select: [] });
    for await (const { item, path } of entries)
      if (test(path) && (!foldersOnly || holdsItems(item))) found.push([...place, ...path]);
  }
  return found;
}

/** The ref of names that were typed, or found below them. */
function refAt(names: readonly string[], { typed }: Pick<Search, 'typed'>): ItemRef {
  const path = names.join('/');
  return resolve(typed.startsWith('/') ? `/${path}` : path, 'path');
}

/** A found path in the form of the typed one, but never in the form of an id or a special name. */
function spelled(names: readonly string[], typed: string): string {
  const path = names.join('/');
  const text = typed.endsWith('/') ? `${path}/` : path;
  const isSpecial = looksLikeId(text) || (friendlyRef(text, names) !== undefined && !typed.startsWith('me/'));
  return typed.startsWith('/') || isSpecial ? `/${text}` : text;
}
