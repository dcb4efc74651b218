/**
 * Brings local names and the items of a folder of the drive together: what is in both as the list of the folder comes
 * by, the rest afterwards. Nothing is held but the local names, however many items the folder has.
 */
import type { DriveItem } from '../../../graph/types/index.ts';
import { holdsItems } from '../../item-kind.ts';

/** A local name, and what has it in the drive. */
export interface Pair {
  readonly name: string;
  readonly there: DriveItem | undefined;
}

/** OneDrive takes names that differ only in case for the same. */
const folded = (name: string) => name.normalize('NFC').toLowerCase();

/**
 * Each local name once. Files that are there come first, in the order of the list; then all others in the order of the
 * names, so that no list stands open while another folder is gone through.
 */
export async function* pairs(
  names: readonly string[],
  pages: AsyncIterable<readonly DriveItem[]>,
): AsyncGenerator<Pair, void, undefined> {
  if (names.length === 0) return;
  const left = byFoldedName(names);
  const folders = new Map<string, DriveItem>();
  for await (const page of pages) {
    for (const there of page) {
      const key = folded(there.name);
      if (!left.has(key)) continue;
      if (holdsItems(there)) folders.set(key, there);
      else {
        for (const name of [left.get(key) ?? []].flat()) yield { name, there };
        left.delete(key);
      }
    }
  }
  for (const name of names) {
    const key = folded(name);
    if (left.has(key)) yield { name, there: folders.get(key) };
  }
}

/** Mostly one name each: an array for every one would take five times the memory. */
function byFoldedName(names: readonly string[]): Map<string, string | readonly string[]> {
  const by = new Map<string, string | readonly string[]>();
  for (const name of names) {
    const key = folded(name);
    const others = by.get(key);
    by.set(key, others === undefined ? name : [others, name].flat());
  }
  return by;
}
