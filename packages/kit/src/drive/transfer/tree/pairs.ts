/**
 * Pairs local names with the items of a folder in the drive: files that exist on both sides while the list of the folder
 * arrives, all others afterwards. Only the local names are held in memory, with a pointer and a byte each, however many
 * items the folder has: for 200,000 names V8 lets garbage grow to four times their size. Names that OneDrive considers
 * equal wait for the end of the list, because an item may have the exact name of one of them.
 */

import type { DriveItem } from '../../../graph/types/index.ts';
import { foldName } from '../../address/item-names.ts';
import { holdsItems } from '../../item-kind.ts';
import { type Resolved, resolveSiblings } from './siblings.ts';

/** A local name, and the item with its name in the drive. */
export type Pair = Resolved;

/** Options of {@link pairs}. */
export interface PairOptions {
  /** Returns the name in the drive of a local name. Default: the same name. */
  readonly driveName?: ((name: string) => string) | undefined;
  /** Whether the file or folder of this name is to be uploaded; called only for names that collide. Default: always. */
  readonly isSelected?: ((name: string) => Promise<boolean>) | undefined;
}

/**
 * Yields each local name once: first the files that exist in the drive, in the order of the list; then all others in the
 * order of their names, so that no list request stays open while another folder is uploaded.
 * @param names sorted in place by their folded names.
 */
export async function* pairs(
  names: string[],
  pages: AsyncIterable<readonly DriveItem[]>,
  { driveName = (name) => name, isSelected = async () => true }: PairOptions = {},
): AsyncGenerator<Pair, void, undefined> {
  if (names.length === 0) return;
  const fold = (name: string) => foldName(driveName(name));
  names.sort((left, right) => compare(fold(left), fold(right)) || compare(left, right));
  const paired = new Uint8Array(names.length);
  const deferred = new Map<string, DriveItem[]>();
  for await (const page of pages) {
    for (const item of page) {
      const key = foldName(item.name);
      const index = lowerBound(names, key, fold);
      const name = names[index];
      if (name === undefined || paired[index] === 1 || fold(name) !== key) continue;
      const next = names[index + 1];
      const collides = next !== undefined && fold(next) === key;
      if (collides || holdsItems(item)) {
        deferred.set(key, [...(deferred.get(key) ?? []), item]);
        continue;
      }
      paired[index] = 1;
      yield { name, item };
    }
  }
  for (let start = 0; start < names.length; ) {
    const end = groupEnd(names, start, fold);
    const group = names.slice(start, end);
    const items = deferred.get(fold(group[0] ?? '')) ?? [];
    if (paired[start] === 0) yield* resolveGroup(group, items, { driveName, isSelected });
    start = end;
  }
}

/** Names that are not uploaded anyway do not collide with others. */
async function* resolveGroup(
  group: readonly string[],
  items: readonly DriveItem[],
  { driveName, isSelected }: Required<{ [K in keyof PairOptions]: NonNullable<PairOptions[K]> }>,
): AsyncGenerator<Pair, void, undefined> {
  const [only] = group;
  if (group.length === 1 && only !== undefined) {
    yield { name: only, item: items.find(({ name }) => name === driveName(only)) ?? items.at(-1) };
    return;
  }
  const selected: string[] = [];
  for (const name of group) {
    if (await isSelected(name)) selected.push(name);
    else yield { name, item: undefined };
  }
  for (const [i, resolution] of resolveSiblings(selected.map(driveName), items).entries())
    yield { ...resolution, name: selected[i] ?? resolution.name };
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** The index of the first sorted name that folds to `key` or to a later key. */
function lowerBound(names: readonly string[], key: string, fold: (name: string) => string): number {
  let low = 0;
  for (let high = names.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (fold(names[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The index after the last name with the same folded name as the one at `start`. */
function groupEnd(names: readonly string[], start: number, fold: (name: string) => string): number {
  const key = fold(names[start] ?? '');
  let end = start + 1;
  for (let next = names[end]; next !== undefined && fold(next) === key; next = names[end]) end += 1;
  return end;
}
