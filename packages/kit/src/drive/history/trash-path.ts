/** Where a removed thing was, as the recycle bin of a site tells it, in names of one of the site's drives. Pure. */
import { foldName } from '../address/item-names.ts';

/** SharePoint compares without case. */
const folded = (name: string | undefined) => (name === undefined ? undefined : foldName(name));

/**
 * The names below the root of the drive; undefined for a place in another library. The service writes the place
 * relative to the site (`Shared Documents/a`); relative to the host (`sites/team/Shared Documents/a`) is understood too.
 * @param location with slashes between.
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
