/** Which files of a tree are meant: rules as gitignore writes them, and lists of paths. */

/** A choice among paths that are relative, with `/` between names. */
export interface Selection {
  /** What it was read from; a selection without it cannot be written down, nor the tree gone on with later. */
  readonly rules?: SelectionRules | undefined;
  /** Is this file meant? */
  file(path: string): boolean;
  /** May there be something below this folder? */
  folder(path: string): boolean;
}

/** Which files of a tree are meant: those that meet all of this. Letter case does not count, as it does not in a drive. */
export interface SelectionRules {
  /** Only files that one of these matches; rules of gitignore. */
  readonly include?: readonly string[] | undefined;
  /** No file or folder that these match; rules of gitignore, in their order, `!` takes one back. */
  readonly exclude?: readonly string[] | undefined;
  /** Only these files. */
  readonly only?: readonly string[] | undefined;
  /** Only what these wildcards match, as {@link splitGlob} gives them; a folder with all that is in it. */
  readonly glob?: string | undefined;
}

type Part = Pick<Selection, 'file' | 'folder'>;

/** Everything is meant. */
export const everything: Selection = { rules: {}, file: () => true, folder: () => true };

/** Reads the rules. Source of their meaning: https://git-scm.com/docs/gitignore */
export async function selectionOf(rules: SelectionRules): Promise<Selection> {
  const { include = [], exclude = [], only, glob } = rules;
  const parts: Part[] = [];
  if (only !== undefined) parts.push(listed(only));
  if (glob !== undefined) parts.push(await matched(glob));
  if (include.length > 0) parts.push({ file: await ignoring(include), folder: () => true });
  if (exclude.length > 0) parts.push(await without(exclude));
  if (parts.length === 0) return everything;
  return {
    rules,
    file: (path) => parts.every((part) => part.file(path)),
    folder: (path) => parts.every((part) => part.folder(path)),
  };
}

/** What these rules would have git ignore. */
async function ignoring(rules: readonly string[]): Promise<(path: string) => boolean> {
  const { default: ignore } = await import('ignore');
  const matcher = ignore().add([...rules]);
  return (path) => matcher.ignores(path);
}

async function without(rules: readonly string[]): Promise<Part> {
  const unwanted = await ignoring(rules);
  return { file: (path) => !unwanted(path), folder: (path) => !unwanted(`${path}/`) };
}

/** Folders are gone into only on the way to what matches. */
async function matched(glob: string): Promise<Part> {
  const names = glob.split('/').slice(1);
  const file = await ignoring([glob]);
  const above = await Promise.all(names.map((_, at) => ignoring([`/${names.slice(0, at + 1).join('/')}`])));
  const deep = names.indexOf('**');
  const known = deep < 0 ? names.length : deep;
  const folder = (path: string) => {
    const begin = path.split('/').slice(0, known);
    return begin.length === 0 || above[begin.length - 1]?.(begin.join('/')) === true;
  };
  return { file, folder };
}

/** The paths of a list, as they are compared. */
export function listedPaths(paths: readonly string[]): string[] {
  return paths.map((path) => namesOf(path).join('/'));
}

const namesOf = (path: string) => path.split('/').filter((name) => name !== '' && name !== '.');

function listed(paths: readonly string[]): Part {
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
