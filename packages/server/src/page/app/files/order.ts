/** Sorting and filtering the items of a folder. */
import { kindOfFile } from '../kit/file-kind.ts';
import type { SortKey } from './address.ts';
import { type Item, isFolder, modifiedOf } from './item.ts';

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

type Comparison = (left: Item, right: Item) => number;

const byName: Comparison = (left, right) => collator.compare(left.name, right.name);
const time = (item: Item): string => modifiedOf(item) ?? '';

const comparisons: Readonly<Record<SortKey, Comparison>> = {
  name: byName,
  size: (left, right) => left.size - right.size || byName(left, right),
  modified: (left, right) =>
    time(left) < time(right) ? -1 : time(left) > time(right) ? 1 : byName(left, right),
  kind: (left, right) => (kind(left) < kind(right) ? -1 : kind(left) > kind(right) ? 1 : byName(left, right)),
};

const kind = (item: Item): string => kindOfFile(item.name, item.file?.mimeType);

/** Folders come first in either direction. */
function comparison(key: SortKey, descending: boolean): Comparison {
  const compare = comparisons[key];
  const sign = descending ? -1 : 1;
  return (left, right) => Number(isFolder(right)) - Number(isFolder(left)) || sign * compare(left, right);
}

/** A new array in order. */
export function sorted(items: readonly Item[], key: SortKey, descending: boolean): readonly Item[] {
  return items.toSorted(comparison(key, descending));
}

/** A new array in order, of one that is in order and a few more items. Sorting all again would compare far more often. */
export function merged(
  items: readonly Item[],
  added: readonly Item[],
  key: SortKey,
  descending: boolean,
): readonly Item[] {
  const compare = comparison(key, descending);
  const result: Item[] = [];
  let from = 0;
  for (const item of added.toSorted(compare)) {
    const to = firstAfter(items, item, compare, from);
    for (; from < to; from++) result.push(items[from] as Item);
    result.push(item);
  }
  for (; from < items.length; from++) result.push(items[from] as Item);
  return result;
}

/** Index of the first item, from `low` on, that belongs behind `item`. */
function firstAfter(items: readonly Item[], item: Item, compare: Comparison, low: number): number {
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(items[middle] as Item, item) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The items whose name contains every word of the filter; `*` and `?` make a word a pattern for the whole name. */
export function filtered(items: readonly Item[], filter: string): readonly Item[] {
  const words = filter.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return items;
  const tests = words.map(wordTest);
  return items.filter(({ name }) => {
    const lower = name.toLowerCase();
    return tests.every((test) => test(lower));
  });
}

function wordTest(word: string): (name: string) => boolean {
  if (!/[*?]/.test(word)) return (name) => name.includes(word);
  const source = word
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  const pattern = new RegExp(`^${source}$`, 's');
  return (name) => pattern.test(name);
}
