/**
 * Pairs local names with the items of a folder of the drive: files that both sides have as the list of the folder
 * arrives, all others afterwards. Only the local names are held, however many items the folder has, and a pointer and a
 * byte for each: V8 lets garbage take four times what 200,000 of them need. Names that OneDrive does not tell apart wait
 * for the end of the list, because an item may have the exact name of one of them.
 */

import type { DriveItem } from '../../../graph/types/index.ts';
import { foldName } from '../../address/item-names.ts';
import { holdsItems } from '../../item-kind.ts';
import { type Resolved, resolveSiblings } from './siblings.ts';

/** A local name, and what has its name in the drive. */
export type Pair = Resolved;

/** How names are paired. */
export interface PairOptions {
  /** The name in the drive of a local name. Default: the same name. */
  readonly driveName?: ((name: string) => string) | undefined;
  /** True if something of this name is to be uploaded; asked only about names that collide. Default: always. */
  readonly isWanted?: ((name: string) => Promise<boolean>) | undefined;
}

/**
 * Returns each local name once. Files that are there come first, in the order of the list; then all others in the order
 * of the names, so that no list stands open while another folder is uploaded.
 * @param names are sorted in place by their folded names.
 */
export async function* pairs(
  names: string[],
  pages: AsyncIterable<readonly DriveItem[]>,
  { driveName = (name) => name, isWanted = async () => true }: PairOptions = {},
): AsyncGenerator<Pair, void, undefined> {
  if (names.length === 0) return;
  const fold = (name: string) => foldName(driveName(name));
  names.sort((left, right) => compare(fold(left), fold(right)) || compare(left, right));
  const met = new Uint8Array(names.length);
  const later = new Map<string, DriveItem[]>();
  for await (const page of pages) {
    for (const there of page) {
      const key = foldName(there.name);
      const at = firstOf(names, key, fold);
      const name = names[at];
      if (name === undefined || met[at] === 1 || fold(name) !== key) continue;
      const next = names[at + 1];
      const collides = next !== undefined && fold(next) === key;
      if (collides || holdsItems(there)) {
        later.set(key, [...(later.get(key) ?? []), there]);
        continue;
      }
      met[at] = 1;
      yield { name, there };
    }
  }
  for (let at = 0; at < names.length; ) {
    const end = endOf(names, at, fold);
    const group = names.slice(at, end);
    const items = later.get(fold(group[0] ?? '')) ?? [];
    if (met[at] === 0) yield* resolved(group, items, { driveName, isWanted });
    at = end;
  }
}

/** The names that are not uploaded anyway take part in no collision. */
async function* resolved(
  group: readonly string[],
  items: readonly DriveItem[],
  { driveName, isWanted }: Required<{ [K in keyof PairOptions]: NonNullable<PairOptions[K]> }>,
): AsyncGenerator<Pair, void, undefined> {
  const [only] = group;
  if (group.length === 1 && only !== undefined) {
    yield { name: only, there: items.find(({ name }) => name === driveName(only)) ?? items.at(-1) };
    return;
  }
  const wanted: string[] = [];
  for (const name of group) {
    if (await isWanted(name)) wanted.push(name);
    else yield { name, there: undefined };
  }
  for (const [i, one] of resolveSiblings(wanted.map(driveName), items).entries())
    yield { ...one, name: wanted[i] ?? one.name };
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** The index of the first of the sorted names that folds to `key` or to what comes after it. */
function firstOf(names: readonly string[], key: string, fold: (name: string) => string): number {
  let low = 0;
  for (let high = names.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (fold(names[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The index after the last name that folds as the one at `at`. */
function endOf(names: readonly string[], at: number, fold: (name: string) => string): number {
  const key = fold(names[at] ?? '');
  let end = at + 1;
  for (let next = names[end]; next !== undefined && fold(next) === key; next = names[end]) end += 1;
  return end;
}
