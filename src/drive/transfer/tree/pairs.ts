/**
 * Brings local names and the items of a folder of the drive together: what is in both as the list of the folder comes
 * by, the rest afterwards. Nothing is held but the local names, however many items the folder has.
 */

import type { DriveItem } from '../../../graph/types/index.ts';
import { foldName } from '../../address/item-names.ts';
import { holdsItems } from '../../item-kind.ts';

/** A local name, and what has it in the drive. */
export interface Pair {
  readonly name: string;
  readonly there: DriveItem | undefined;
}

/** Local names by what OneDrive takes for the same; mostly one each, and an array for each would be five times as much. */
type LocalNames = Map<string, string | readonly string[]>;

/** In the order of the names. */
export function byFoldedName(names: readonly string[]): LocalNames {
  const by: LocalNames = new Map();
  for (const name of names) {
    const key = foldName(name);
    const others = by.get(key);
    by.set(key, others === undefined ? name : [others, name].flat());
  }
  return by;
}

/**
 * Each local name once. Files that are there come first, in the order of the list; then all others in the order of the
 * names, so that no list stands open while another folder is gone through.
 * @param left is emptied on the way.
 */
export async function* pairs(
  left: LocalNames,
  pages: AsyncIterable<readonly DriveItem[]>,
): AsyncGenerator<Pair, void, undefined> {
  if (left.size === 0) return;
  const folders = new Map<string, DriveItem>();
  for await (const page of pages) {
    for (const there of page) {
      const key = foldName(there.name);
      const names = left.get(key);
      if (names === undefined) continue;
      if (holdsItems(there)) folders.set(key, there);
      else {
        left.delete(key);
        for (const name of [names].flat()) yield { name, there };
      }
    }
  }
  for (const [key, names] of left) for (const name of [names].flat()) yield { name, there: folders.get(key) };
}
