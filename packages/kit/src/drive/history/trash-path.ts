/**
 * Converts the original location of a deleted item, as the recycle bin of a site returns it, to names in one
 * of the site's drives. Pure.
 */
import { foldName } from '../address/item-names.ts';

/** SharePoint compares names case-insensitively. */
const folded = (name: string | undefined) => (name === undefined ? undefined : foldName(name));

/**
 * The names below the root of the drive; undefined for a location in another library. The service returns the
 * location relative to the site (`Shared Documents/a`); relative to the host (`sites/team/Shared
 * Documents/a`) is accepted too.
 * @param location with slashes as separators.
 * @param library names of the library on its host, the library's own last.
 */
export function pathInDrive(location: string, library: readonly string[]): readonly string[] | undefined {
  const names = location.split('/').filter((name) => name !== '');
  for (let from = 0; from < library.length; from++) {
    const start = library.slice(from);
    if (start.every((name, at) => folded(names[at]) === folded(name))) return names.slice(start.length);
  }
  return undefined;
}
