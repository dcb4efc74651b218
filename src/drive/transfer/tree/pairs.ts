/**
 * Brings local names and the items of a folder of the drive together: what is in both as the list of the folder comes
 * by, the rest afterwards. Nothing is held but the local names, however many items the folder has, and of each name a
 * pointer and a bit: what 200,000 of them take, V8 lets garbage take four times.
 */

import type { DriveItem } from '../../../graph/types/index.ts';
import { foldName } from '../../address/item-names.ts';
import { holdsItems } from '../../item-kind.ts';

/** A local name, and what has it in the drive. */
export interface Pair {
  readonly name: string;
  readonly there: DriveItem | undefined;
}

/**
 * Each local name once. Files that are there come first, in the order of the list; then all others in the order of the
 * names, so that no list stands open while another folder is gone through.
 * @param names are sorted in their place, those together that OneDrive takes for the same.
 */
export async function* pairs(
  names: string[],
  pages: AsyncIterable<readonly DriveItem[]>,
): AsyncGenerator<Pair, void, undefined> {
  if (names.length === 0) return;
  names.sort(byFoldedName);
  const met = new Uint8Array(names.length);
  const folders = new Map<string, DriveItem>();
  for await (const page of pages) {
    for (const there of page) {
      const key = foldName(there.name);
      const isFolder = holdsItems(there);
      for (let at = firstOf(names, key); ; at++) {
        const name = names[at];
        if (name === undefined || met[at] === 1 || foldName(name) !== key) break;
        if (isFolder) folders.set(key, there);
        else {
          met[at] = 1;
          yield { name, there };
        }
      }
    }
  }
  for (const [at, name] of names.entries())
    if (met[at] === 0) yield { name, there: folders.get(foldName(name)) };
}

function byFoldedName(left: string, right: string): number {
  return compare(foldName(left), foldName(right)) || compare(left, right);
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** The index of the first of the sorted names that is `key` or comes after it. */
function firstOf(names: readonly string[], key: string): number {
  let low = 0;
  for (let high = names.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (foldName(names[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
