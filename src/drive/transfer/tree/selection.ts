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

/** Which files of a tree are meant. */
export interface SelectionRules {
  /** Only files that one of these matches; rules of gitignore. */
  readonly include?: readonly string[] | undefined;
  /** No file or folder that these match; rules of gitignore, in their order, `!` takes one back. */
  readonly exclude?: readonly string[] | undefined;
  /** Only these files. */
  readonly only?: readonly string[] | undefined;
}

/** Everything is meant. */
export const everything: Selection = { rules: {}, file: () => true, folder: () => true };

/** Reads the rules. Source of their meaning: https://git-scm.com/docs/gitignore */
export async function selectionOf({ include = [], exclude = [], only }: SelectionRules): Promise<Selection> {
  const listed = only === undefined ? everything : listedOnly(only);
  if (include.length === 0 && exclude.length === 0) return listed;
  const { default: ignore } = await import('ignore');
  const wanted = include.length === 0 ? undefined : ignore().add([...include]);
  const unwanted = ignore().add([...exclude]);
  return {
    rules: { include, exclude, only },
    file: (path) =>
      listed.file(path) && !unwanted.ignores(path) && (wanted === undefined || wanted.ignores(path)),
    folder: (path) => listed.folder(path) && !unwanted.ignores(`${path}/`),
  };
}

function listedOnly(paths: readonly string[]): Selection {
  const files = new Set<string>();
  const folders = new Set<string>();
  for (const path of paths) {
    const names = path.split('/').filter((name) => name !== '' && name !== '.');
    files.add(names.join('/'));
    for (let depth = 1; depth < names.length; depth++) folders.add(names.slice(0, depth).join('/'));
  }
  return {
    rules: { only: paths },
    file: (path) => files.has(path),
    folder: (path) => folders.has(path),
  };
}

/** `Pics/2024/*.jpg` → the folder `Pics/2024` and the rule `/*.jpg`; undefined for a path without wildcards. */
export function splitGlob(text: string): { readonly folder: string; readonly rule: string } | undefined {
  const names = text.split('/');
  const first = names.findIndex((name) => /[*?[]/.test(name));
  if (first < 0) return undefined;
  return { folder: names.slice(0, first).join('/'), rule: `/${names.slice(first).join('/')}` };
}
