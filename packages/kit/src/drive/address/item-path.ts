/** The path of an item, as a user types it. Pure. */
import type { DriveItem } from '../../graph/types/index.ts';
import { formatPath } from './drive-path.ts';

/**
 * The path of an item from the root of its drive, from its parent's percent-encoded path; undefined if the
 * response has none (search on some drives, items of other drives).
 */
export function itemPathOf({
  name,
  parentReference,
  root,
}: Pick<DriveItem, 'name' | 'parentReference' | 'root'>): string | undefined {
  if (root !== undefined) return '/';
  const parent = parentReference?.path;
  const colon = parent?.indexOf(':') ?? -1;
  if (parent === undefined || colon === -1) return undefined;
  return formatPath([
    ...parent
      .slice(colon + 1)
      .split('/')
      .filter((one) => one !== '')
      .map(decoded),
    name,
  ]);
}

/** Some servers do not encode a single percent sign. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
