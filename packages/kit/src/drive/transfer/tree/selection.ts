/** Selects files of a tree: by gitignore rules, and by lists of paths. */

/** A selection of relative paths, with `/` between names. */
export interface Selection {
  /** The rules it was created from; without them the selection cannot be stored, nor the transfer resumed. */
  readonly rules?: SelectionRules | undefined;
  /** Whether this file is selected. */
  file(path: string): boolean;
  /** Whether this folder may contain selected files. */
  folder(path: string): boolean;
}

/** Rules of a selection: a file is selected if all of them accept it. Letter case is ignored, as in a drive. */
export interface SelectionRules {
  /** Only files that match one of these gitignore rules. */
  readonly include?: readonly string[] | undefined;
  /** No file or folder that matches these gitignore rules; the order matters, and `!` includes again. */
  readonly exclude?: readonly string[] | undefined;
  /** Only files with these paths. */
  readonly only?: readonly string[] | undefined;
  /** Only what this pattern matches, as returned by {@link splitGlob}; a matching folder includes its content. */
  readonly glob?: string | undefined;
}

type PathFilter = Pick<Selection, 'file' | 'folder'>;

/** Selects everything. */
export const everything: Selection = { rules: {}, file: () => true, folder: () => true };

/** Creates a selection from rules. Source of their meaning: https://git-scm.com/docs/gitignore */
export async function selectionOf(rules: SelectionRules): Promise<Selection> {
  const { include = [], exclude = [], only, glob } = rules;
  const filters: PathFilter[] = [];
  if (only !== undefined) filters.push(listFilter(only));
  if (glob !== undefined) filters.push(await globFilter(glob));
  if (include.length > 0) filters.push({ file: await ignoreMatcher(include), folder: () => true });
  if (exclude.length > 0) filters.push(await excludeFilter(exclude));
  if (filters.length === 0) return everything;
  return {
    rules,
    file: (path) => filters.every((filter) => filter.file(path)),
    folder: (path) => filters.every((filter) => filter.folder(path)),
  };
}

/** Returns whether git would ignore a path under these rules. */
async function ignoreMatcher(rules: readonly string[]): Promise<(path: string) => boolean> {
  const { default: ignore } = await import('ignore');
  const matcher = ignore().add([...rules]);
  return (path) => matcher.ignores(path);
}

async function excludeFilter(rules: readonly string[]): Promise<PathFilter> {
  const isExcluded = await ignoreMatcher(rules);
  return { file: (path) => !isExcluded(path), folder: (path) => !isExcluded(`${path}/`) };
}

/** Only folders on the way to possible matches are entered. */
async function globFilter(glob: string): Promise<PathFilter> {
  const names = glob.split('/').slice(1);
  const isMatch = await ignoreMatcher([glob]);
  const folderMatchers = await Promise.all(
    names.map((_, index) => ignoreMatcher([`/${names.slice(0, index + 1).join('/')}`])),
  );
  const globstar = names.indexOf('**');
  const fixedDepth = globstar < 0 ? names.length : globstar;
  const folder = (path: string) => {
    const prefix = path.split('/').slice(0, fixedDepth);
    return prefix.length === 0 || folderMatchers[prefix.length - 1]?.(prefix.join('/')) === true;
  };
  return { file: isMatch, folder };
}

/** The paths of a list in the form in which they are compared. */
export function listedPaths(paths: readonly string[]): string[] {
  return paths.map((path) => namesOf(path).join('/'));
}

const namesOf = (path: string) => path.split('/').filter((name) => name !== '' && name !== '.');

function listFilter(paths: readonly string[]): PathFilter {
  const files = new Set(listedPaths(paths));
  const folders = new Set<string>();
  for (const names of paths.map(namesOf))
    for (let depth = 1; depth < names.length; depth++) folders.add(names.slice(0, depth).join('/'));
  return { file: (path) => files.has(path), folder: (path) => folders.has(path) };
}

/** `Pics/2024/*.jpg` → the folder `Pics/2024` and the rule `/*.jpg`; undefined for a path without wildcards. */
export function splitGlob(text: string): { readonly folder: string; readonly rule: string } | undefined {
  const names = text.split('/');
  const first = names.findIndex((name) => /[*?[]/.test(name));
  if (first < 0) return undefined;
  return { folder: names.slice(0, first).join('/'), rule: `/${names.slice(first).join('/')}` };
}
