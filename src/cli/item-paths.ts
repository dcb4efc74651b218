/** Paths inside the drive, as text: joining what was typed. */

/** `Documents` + `a/b` → `Documents/a/b`; an empty folder is the root. */
export function joinItemPath(folder: string, ...names: readonly string[]): string {
  return [folder.replace(/\/+$/, ''), ...names].filter((part) => part !== '').join('/');
}
