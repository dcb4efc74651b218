/**
 * Download counts of files and the number of distinct users, for `analytics`. Kept in memory only, because reads should not
 * write; responses include the time when counting started.
 */
export interface Views {
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** Records that `actor` downloaded the item with that key now. */
  note(item: number, actor: string): void;
  /** Downloads of the items with those keys in the half-open span [from, to) of milliseconds since the epoch. */
  count(
    items: readonly number[],
    from: number,
    to: number,
  ): { readonly actions: number; readonly actors: number };
}

/** Maximum number of stored downloads of one item; the oldest are removed first. */
const storedLimit = 10_000;

/** Creates empty counters. */
export function viewCounts(now: () => number): Views {
  const viewsOfItem = new Map<number, { readonly time: number; readonly actor: string }[]>();
  return {
    since: now(),
    note(item, actor) {
      const views = viewsOfItem.get(item) ?? [];
      views.push({ time: now(), actor });
      if (views.length > 2 * storedLimit) views.splice(0, views.length - storedLimit);
      viewsOfItem.set(item, views);
    },
    count(items, from, to) {
      const views = items
        .flatMap((item) => viewsOfItem.get(item) ?? [])
        .filter(({ time }) => time >= from && time < to);
      return { actions: views.length, actors: new Set(views.map(({ actor }) => actor)).size };
    },
  };
}
