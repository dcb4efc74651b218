/**
 * How often files were fetched, and by how many, for `analytics`. Kept in memory only: counting must not make a reader
 * write, and an answer says since when it counts.
 */
export interface Views {
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** `actor` fetched the item of that key, now. */
  note(item: number, actor: string): void;
  /** Fetches of the items of those keys in the half-open span [from, to) of milliseconds since the epoch. */
  count(
    items: readonly number[],
    from: number,
    to: number,
  ): { readonly actions: number; readonly actors: number };
}

/** Fetches remembered of one item; the oldest go first. */
const most = 10_000;

/** Counters that begin now. */
export function viewCounts(now: () => number): Views {
  const kept = new Map<number, { readonly time: number; readonly actor: string }[]>();
  return {
    since: now(),
    note(item, actor) {
      const views = kept.get(item) ?? [];
      views.push({ time: now(), actor });
      if (views.length > 2 * most) views.splice(0, views.length - most);
      kept.set(item, views);
    },
    count(items, from, to) {
      const found = items
        .flatMap((item) => kept.get(item) ?? [])
        .filter(({ time }) => time >= from && time < to);
      return { actions: found.length, actors: new Set(found.map(({ actor }) => actor)).size };
    },
  };
}
