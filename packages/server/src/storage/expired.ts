/** Finds what has expired, in a collection with the look-up `expires:` (see `sortable` in collection.ts). */
import type { Collection, Entry } from './collection.ts';
import type { Records } from './storage.ts';

/** The documents that expire at `now` or before. */
export function expired<T extends { readonly expires: number }>(
  records: Records,
  collection: Collection<T>,
  now: number,
): readonly Entry<T>[] {
  const found: Entry<T>[] = [];
  for (const entry of collection.each(records, 'expires:')) {
    if (entry.value.expires > now) break;
    found.push(entry);
  }
  return found;
}
